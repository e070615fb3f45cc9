package dev.stepwell.data;

import dev.stepwell.core.io.AtomicFiles;
import dev.stepwell.data.chat.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Rows of files, kept to be asked again when others are trained.
///
/// ```
///  kept/12.json    {"version": 1, "file": "animals.jsonl", "rows": [{"ids": […], "targets": […],
///                   "promptLength": …, "systemPrompt": …, "prompt": …, "goldenAnswer": …}, …]}
/// ```
///
/// Rows are kept as the tokens in which they were, or would have been, taught: so they are asked in these, whatever
/// becomes of templates, names of fields and the file itself. Written as a whole, aside, flushed and renamed.
///
/// @param folder where they are; made when it is needed
public record KeptRows(Path folder) {
    private static final int VERSION = 1;
    private static final String SUFFIX = ".json";

    /// The rows of one file.
    ///
    /// @param fileId the file's identity in the queue
    /// @param name   as the user dropped it
    /// @param rows   in the order of the file
    public record Kept(long fileId, String name, List<ExamRow> rows) {
        public Kept {
            rows = List.copyOf(rows);
        }
    }

    private record Document(int version, String file, List<Line> rows) {}

    @SuppressWarnings("ArrayRecordComponent") // For Jackson, compared by nobody.
    private record Line(
            int[] ids,
            int[] targets,
            int promptLength,
            @Nullable String systemPrompt,
            @Nullable String prompt,
            @Nullable String goldenAnswer) {}

    /// Keeps rows of a file; nothing happens if there are none, or if it was done before.
    ///
    /// @throws IOException if they cannot be written
    public void keep(Kept kept) throws IOException {
        Path file = file(kept.fileId());
        if (!kept.rows().isEmpty() && !Files.exists(file)) {
            write(kept, file);
        }
    }

    /// Makes `kept` all that is kept of its file, whatever was before: nothing, if it has no rows.
    ///
    /// @throws IOException if that cannot be written
    public void replace(Kept kept) throws IOException {
        Path file = file(kept.fileId());
        if (!kept.rows().isEmpty()) {
            write(kept, file);
        } else if (Files.deleteIfExists(file)) {
            AtomicFiles.syncDirectory(folder);
        }
    }

    private void write(Kept kept, Path file) throws IOException {
        Files.createDirectories(folder);
        Document document = new Document(
                VERSION, kept.name(), kept.rows().stream().map(KeptRows::line).toList());
        AtomicFiles.write(file, JsonMapper.shared().writeValueAsBytes(document));
    }

    /// The ids of all files of which rows are kept, ascending.
    ///
    /// @throws IOException if the folder cannot be read
    public List<Long> files() throws IOException {
        try (Stream<Path> names = Files.list(folder)) {
            return names.map(path -> path.getFileName().toString())
                    .filter(name -> name.matches("\\d{1,18}\\" + SUFFIX))
                    .map(name -> Long.parseLong(name.substring(0, name.length() - SUFFIX.length())))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        } catch (NoSuchFileException _) {
            return List.of();
        }
    }

    /// What is kept of a file.
    ///
    /// @throws IOException if it cannot be read, or is not what was written
    public Kept of(long fileId) throws IOException {
        Path file = file(fileId);
        try {
            Document document = JsonMapper.shared().readValue(Files.readAllBytes(file), Document.class);
            if (document.version() != VERSION) {
                throw new IOException("%s has version %d, and not %d".formatted(file, document.version(), VERSION));
            }
            List<ExamRow> rows = new ArrayList<>();
            for (Line line : document.rows()) {
                rows.add(row(line));
            }
            return new Kept(fileId, document.file(), rows);
        } catch (JacksonException | NullPointerException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("%s is damaged: %s. It can be deleted".formatted(file, e.getMessage()), e);
        }
    }

    private Path file(long fileId) {
        return folder.resolve(fileId + SUFFIX);
    }

    private static Line line(ExamRow row) {
        PreviewRow question = row.question();
        return new Line(
                row.example().ids(),
                row.example().targets().stream().toArray(),
                question == null ? 0 : question.promptIds().length,
                question == null ? null : question.systemPrompt(),
                question == null ? null : question.prompt(),
                question == null ? null : question.goldenAnswer());
    }

    private static ExamRow row(Line line) {
        BitSet targets = new BitSet();
        for (int target : line.targets()) {
            targets.set(target);
        }
        if (targets.isEmpty() || targets.get(0) || targets.length() > line.ids().length) {
            throw new IllegalArgumentException("a row without targets, or with one that it does not have");
        }
        Example example = new Example(line.ids(), targets);
        if (line.prompt() == null || line.goldenAnswer() == null) {
            return new ExamRow(example, null);
        }
        int[] prompt = Arrays.copyOf(line.ids(), line.promptLength());
        return new ExamRow(example, new PreviewRow(line.systemPrompt(), line.prompt(), line.goldenAnswer(), prompt));
    }
}
