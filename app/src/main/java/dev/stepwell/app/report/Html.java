package dev.stepwell.app.report;

import dev.stepwell.app.text.Printable;
import java.io.StringWriter;
import java.util.function.Consumer;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// An HTML page as it is written, element by element. Every text and every attribute goes through the JDK's writer of
/// XML, which escapes it; so nothing that comes from data can become an element. What has no glyph or would change the
/// order of a line is shown as an escape.
final class Html {
    private final XMLStreamWriter xml;

    private Html(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /// The page that `content` writes.
    static String page(Consumer<Html> content) {
        StringWriter page = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(page);
            xml.writeDTD("<!DOCTYPE html>");
            content.accept(new Html(xml));
            xml.flush();
        } catch (XMLStreamException e) {
            throw impossible(e);
        }
        return page.append('\n').toString();
    }

    /// An element with `content` in it.
    ///
    /// @param attributes names and values in turn
    Html element(String tag, Consumer<Html> content, Object... attributes) {
        try {
            xml.writeStartElement(tag);
            attributes(attributes);
            content.accept(this);
            xml.writeEndElement();
        } catch (XMLStreamException e) {
            throw impossible(e);
        }
        return this;
    }

    /// An element with a text in it.
    Html element(String tag, String text, Object... attributes) {
        return element(tag, html -> html.text(text), attributes);
    }

    /// An element that has nothing in it and no end, such as `meta`.
    Html single(String tag, Object... attributes) {
        try {
            xml.writeEmptyElement(tag);
            attributes(attributes);
        } catch (XMLStreamException e) {
            throw impossible(e);
        }
        return this;
    }

    /// A text, on as many lines as it has.
    Html text(String text) {
        try {
            xml.writeCharacters(Printable.text(text));
        } catch (XMLStreamException e) {
            throw impossible(e);
        }
        return this;
    }

    /// A style sheet of ours: without characters that are escaped, because browsers read it as it is.
    ///
    /// @throws IllegalArgumentException if it has any
    Html style(String css) {
        if (css.chars().anyMatch(c -> c == '<' || c == '>' || c == '&')) {
            throw new IllegalArgumentException("a style sheet with a character that is escaped");
        }
        return element("style", css);
    }

    private void attributes(Object... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            xml.writeAttribute(attributes[i].toString(), Printable.line(attributes[i + 1].toString()));
        }
    }

    private static IllegalStateException impossible(XMLStreamException e) {
        return new IllegalStateException("a page that is written into memory failed", e);
    }
}
