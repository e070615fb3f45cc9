package dev.stepwell.app.faults;

import static dev.stepwell.app.faults.HostileCase.file;
import static dev.stepwell.app.faults.HostileCase.good;
import static dev.stepwell.app.faults.HostileCase.join;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stepwell.app.faults.HostileCase.End;
import dev.stepwell.app.faults.HostileCase.GivenUp;
import dev.stepwell.app.faults.HostileCase.Stays;
import dev.stepwell.app.faults.HostileCase.Trained;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Every hostile case there is.
final class HostileCases {
    private static final int MEGABYTE = 1 << 20;

    private HostileCases() {}

    static List<HostileCase> all() {
        List<HostileCase> all = new ArrayList<>(bytes());
        all.addAll(json());
        all.addAll(formats());
        all.addAll(names());
        all.addAll(notFiles());
        return all;
    }

    /// One refused line, then a good one.
    private static HostileCase line(String what, String name, String bad, String reason) {
        return file(what, name, bad + "\n" + good(name), new Trained(1, 1, 1, reason));
    }

    private static End trained(int rows) {
        return new Trained(rows, 0, 0, "");
    }

    private static End unusable(String why) {
        return new GivenUp("has no row that can be trained", why);
    }

    private static List<HostileCase> bytes() {
        byte[] bom = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
        byte[] longLine = new byte[100 * MEGABYTE];
        Arrays.fill(longLine, (byte) 'a');
        return List.of(
                file(
                        "invalid UTF-8",
                        "latin1.jsonl",
                        join(
                                "{\"text\": \"caf\u00e9\"}\n".getBytes(ISO_8859_1),
                                good("latin1").getBytes(UTF_8)),
                        new Trained(1, 1, 1, "not valid UTF-8: byte 0xE9")),
                file(
                        "overlong UTF-8 (a slash in two bytes)",
                        "overlong.jsonl",
                        join(
                                "{\"text\": \"".getBytes(UTF_8),
                                new byte[] {(byte) 0xc0, (byte) 0xaf},
                                "\"}\n".getBytes(UTF_8),
                                good("overlong").getBytes(UTF_8)),
                        new Trained(1, 1, 1, "not valid UTF-8: byte 0xC0")),
                file("a byte order mark", "bom.jsonl", join(bom, good("bom").getBytes(UTF_8)), trained(1)),
                file(
                        "CRLF line ends",
                        "crlf.jsonl",
                        good("crlf a").strip() + "\r\n" + good("crlf b").strip() + "\r\n",
                        trained(2)),
                file(
                        "CR line ends",
                        "cr.jsonl",
                        good("cr a").strip() + "\r" + good("cr b").strip() + "\n",
                        unusable("something follows the object")),
                line("a NUL byte", "nul.jsonl", "{\"text\": \"a\0b\"}", "NUL byte"),
                file(
                        "only NUL bytes, as a crashed file system leaves them",
                        "nuls.jsonl",
                        new byte[4096],
                        unusable("NUL byte")),
                file(
                        "a line of 100 MB",
                        "long_line.jsonl",
                        join(
                                "{\"text\": \"".getBytes(UTF_8),
                                longLine,
                                "\"}\n".getBytes(UTF_8),
                                good("long line").getBytes(UTF_8)),
                        new Trained(1, 1, 1, "the line is longer than 67108864 bytes")),
                file("an empty file", "empty.jsonl", "", new GivenUp("is empty", "")),
                file("only blank lines", "blank.jsonl", "\n \n\t\n\r\n", unusable("empty line")),
                file("no line end at the end", "no_end.jsonl", good("no end").strip(), trained(1)),
                file(
                        "a prompt of 1 MB",
                        "long_prompt.jsonl",
                        "{\"prompt\": \"%s\", \"completion\": \"yes\"}\n".formatted("why ".repeat(MEGABYTE / 4)),
                        trained(1)),
                file(
                        "10,000 lines that are no rows",
                        "ten_thousand.jsonl",
                        "no row\n".repeat(10_000) + good("ten thousand"),
                        new Trained(1, 10_000, 1_000, "not valid JSON")));
    }

    private static List<HostileCase> json() {
        return List.of(
                line(
                        "100,000 lists within each other",
                        "deep.jsonl",
                        "{\"text\": \"x\", \"more\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}",
                        "nested deeper than 200 levels"),
                line(
                        "100,000 objects within each other, not closed",
                        "deep_open.jsonl",
                        "{\"a\":".repeat(100_000),
                        "nested deeper than 200 levels"),
                line("a key twice", "twice.jsonl", "{\"text\": \"a\", \"text\": \"b\"}", "occurs twice in one object"),
                line(
                        "a number as content",
                        "number.jsonl",
                        "{\"messages\": [{\"role\": \"user\", \"content\": 5},"
                                + " {\"role\": \"assistant\", \"content\": \"five\"}]}",
                        "messages[0].content is a number"),
                line(
                        "a picture among the parts of the content",
                        "parts.jsonl",
                        "{\"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"image_url\"}]},"
                                + " {\"role\": \"assistant\", \"content\": \"x\"}]}",
                        "messages[0].content[0].type is \"image_url\""),
                line("half a surrogate pair", "surrogate.jsonl", "{\"text\": \"a\\ud800b\"}", "half a surrogate pair"),
                line(
                        "a completion that is null",
                        "null.jsonl",
                        "{\"prompt\": \"a\", \"completion\": null}",
                        "the row has a prompt but no completion"),
                line(
                        "an empty completion",
                        "void.jsonl",
                        "{\"prompt\": \"a\", \"completion\": \" \"}",
                        "the completion is empty"),
                line(
                        "an unknown role",
                        "role.jsonl",
                        "{\"messages\": [{\"role\": \"robot\", \"content\": \"x\"}]}",
                        "messages[0].role is \"robot\""),
                line(
                        "two shapes in one row",
                        "shapes.jsonl",
                        "{\"text\": \"a\", \"prompt\": \"b\", \"completion\": \"c\"}",
                        "more than one shape"),
                file(
                        "rows of two formats",
                        "formats.jsonl",
                        good("first of a format") + "{\"instruction\": \"a\", \"output\": \"b\"}\n"
                                + good("second of a format"),
                        new Trained(2, 1, 2, "this row is Alpaca")),
                file(
                        "one JSON list over several lines",
                        "array.jsonl",
                        "[\n{\"text\": \"list a\"},\n{\"text\": \"list b\"}\n]\n",
                        trained(2)),
                file(
                        "lists in a list",
                        "lists.json",
                        "[\n{\"text\": \"lists\"},\n[[\"text\"], [[]]]]",
                        new Trained(1, 1, 3, "expected an object, found a list")),
                file(
                        "a list that does not end",
                        "open.json",
                        "[\n{\"text\": \"open\"},\n{\"text\": \"cut sho",
                        new Trained(1, 1, 3, "the file ends in the middle of the element that begins in line 3")),
                file(
                        "something behind a list",
                        "behind.json",
                        "[\n{\"text\": \"behind\"}]\n{\"text\": \"not read\"}\n",
                        new Trained(1, 1, 3, "something follows the list")),
                line(
                        "two objects in a line",
                        "two.jsonl",
                        "{\"text\": \"a\"} {\"text\": \"b\"}",
                        "something follows the object"),
                line("a trailing comma", "comma.jsonl", "{\"text\": \"a\",}", "not valid JSON"),
                line("a comment", "comment.jsonl", "{\"text\": \"a\" /* why not */}", "not valid JSON"),
                line("single quotes", "quotes.jsonl", "{'text': 'a'}", "not valid JSON"),
                line("NaN", "nan.jsonl", "{\"text\": \"a\", \"loss\": NaN}", "not valid JSON"),
                line(
                        "a number of 5,000 digits",
                        "digits.jsonl",
                        "{\"text\": " + "9".repeat(5_000) + "}",
                        "a key or number is too long"),
                line("a row cut short", "cut.jsonl", "{\"text\": \"a", "the line ends in the middle of it"),
                file(
                        "numbers beyond any range in keys that are not used",
                        "huge.jsonl",
                        "{\"text\": \"huge numbers\", \"n\": 1e999999999, \"m\": -1e-999999999}\n",
                        trained(1)),
                file(
                        "special tokens written out in messages",
                        "special.jsonl",
                        "{\"messages\": [{\"role\": \"user\", \"content\": \"<|im_end|><|im_start|>system\"},"
                                + " {\"role\": \"assistant\", \"content\": \"<|endoftext|>\"}]}\n",
                        trained(1)),
                file(
                        "special tokens written out in a prompt",
                        "special_prompt.jsonl",
                        "{\"prompt\": \"<|im_end|>\", \"completion\": \"<|im_end|>x<|im_start|>\"}\n",
                        trained(1)),
                file(
                        "escape sequences in the content",
                        "ansi.jsonl",
                        "{\"prompt\": \"\\u001b[2J\\u001b]0;owned\\u0007\", \"completion\": \"\\u001b[31mred\"}\n",
                        trained(1)),
                file(
                        "line separators inside a text",
                        "separators.jsonl",
                        "{\"text\": \"one\u2028two\u2029three\u0085four\"}\n",
                        trained(1)));
    }

    private static List<HostileCase> formats() {
        return List.of(
                file("gzip", "gzip.jsonl", gzip(good("gzip")), unusable("the file is gzip-compressed")),
                file("ZIP", "zip.jsonl", zip(good("zip")), unusable("the file is a ZIP archive")),
                file("Parquet", "parquet.jsonl", "PAR1\u0015\u0004\u0015PAR1", unusable("the file is Parquet")),
                file(
                        "UTF-16 with a byte order mark",
                        "utf16.jsonl",
                        good("utf16").getBytes(UTF_16),
                        unusable("the file is UTF-16")),
                file("UTF-16 without one", "utf16le.jsonl", good("utf16le").getBytes(UTF_16LE), unusable("NUL byte")),
                file(
                        "an HTML page",
                        "page.jsonl",
                        "<!DOCTYPE html>\n<title>404</title>\n",
                        unusable("not valid JSON")));
    }

    private static List<HostileCase> names() {
        return List.of(
                file("a name with a line break", "new\nline.jsonl", good("a line break"), trained(1)),
                file("a name with quotes and blanks", "it's \"quoted\" .jsonl", good("quotes"), trained(1)),
                file("a name that climbs", "up\\..\\..\\etc.jsonl", good("climbing"), trained(1)),
                file("a name like an option", "-rf.jsonl", good("an option"), trained(1)),
                file("a name of 255 bytes", "n".repeat(249) + ".jsonl", good("255 bytes"), trained(1)),
                file(
                        "a name of 255 bytes in letters of three",
                        "\u6c34".repeat(83) + ".jsonl",
                        good("255 bytes of three"),
                        trained(1)),
                file("a name in emoji", "\ud83d\udc7e.jsonl", good("emoji"), trained(1)),
                file(
                        "a name that is no UTF-8",
                        join(new byte[] {(byte) 0xff, (byte) 0xfe}, ".jsonl".getBytes(UTF_8)),
                        good("a name that is no UTF-8").getBytes(UTF_8),
                        trained(1)),
                file(
                        "a name that repaints the screen",
                        "\u001b[2J\u001b]0;owned\u0007.jsonl",
                        good("escape sequences"),
                        trained(1)),
                file("a name that reverses what follows", "\u202elnosj.jsonl", good("right to left"), trained(1)),
                file("capital letters in the ending", "LOUD.JSONL", good("capitals"), trained(1)),
                folder("the same name in two folders, here", "one/twin.jsonl", "twin one"),
                folder("the same name in two folders, there", "two/twin.jsonl", "twin two"),
                file("lines in a file named for a list", "data.json", good("another ending"), trained(1)),
                file("another ending", "data.csv", "a,b\n", new Stays("is not named *.jsonl or *.json")),
                file("a name that says it is being written", "writing.jsonl.part", good("writing"), new Stays("")),
                file("a hidden file", ".hidden.jsonl", good("hidden"), new Stays("")));
    }

    private static HostileCase folder(String what, String name, String row) {
        return new HostileCase(
                what,
                name.getBytes(UTF_8),
                (shell, inbox, path) -> shell.run(
                        inbox,
                        "mkdir -p one two; cat > \"$(printf '%b' \"$1\")\"",
                        path,
                        good(row).getBytes(UTF_8)),
                trained(1));
    }

    private static List<HostileCase> notFiles() {
        return List.of(
                made(
                        "a folder named like a file",
                        "folder.jsonl",
                        "mkdir folder.jsonl",
                        "is a directory named like a data file"),
                made(
                        "a link out of the inbox",
                        "out.jsonl",
                        "echo secret > ../secret; ln -s ../secret out.jsonl",
                        "is a symbolic link"),
                made("a link to nowhere", "nowhere.jsonl", "ln -s nothing nowhere.jsonl", "is a symbolic link"),
                made("a link to itself", "loop.jsonl", "ln -s loop.jsonl loop.jsonl", "is a symbolic link"),
                made(
                        "a FIFO, which would block who reads it",
                        "fifo.jsonl",
                        "mkfifo fifo.jsonl",
                        "is not a regular file"),
                made(
                        "a socket",
                        "socket.jsonl",
                        "python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"socket.jsonl\")'"
                                + " || mkfifo socket.jsonl",
                        "is not a regular file"));
    }

    private static HostileCase made(String what, String name, String line, String reason) {
        return new HostileCase(
                what,
                name.getBytes(UTF_8),
                (shell, inbox, path) -> shell.run(inbox, line, path, new byte[0]),
                new Stays(reason));
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("a.jsonl"));
            zip.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
