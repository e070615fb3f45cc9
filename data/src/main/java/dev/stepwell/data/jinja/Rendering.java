package dev.stepwell.data.jinja;

import java.util.List;

/// What a template made of a conversation.
///
/// @param text      all of it
/// @param generated what `{% generation %}` blocks wrote, in order, without overlap: positions in `text`, in chars
public record Rendering(String text, List<Span> generated) {
    public Rendering {
        generated = List.copyOf(generated);
    }
}
