package dev.stepwell.data.tokens.bpe;

import dev.stepwell.core.io.AtomicFiles;
import dev.stepwell.data.rows.FieldMapping;
import dev.stepwell.data.rows.FileRow;
import dev.stepwell.data.rows.Row;
import dev.stepwell.data.rows.RowFile;
import dev.stepwell.data.tokens.SpecialTokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Makes the tokenizer that is shipped: `BuildDefaultTokenizer OUT_DIRECTORY FILE.jsonl…`. Writes `tokenizer.json` and
/// `tokenizer_config.json`. The same files in the same order give the same bytes; docs/tokenizer.md says which files
/// were used.
public final class BuildDefaultTokenizer {
    private static final int VOCAB_SIZE = 2_048;
    private static final int PUZZLES = 20_000;
    private static final long SEED = 22;

    private BuildDefaultTokenizer() {}

    /// Reads, learns, writes.
    ///
    /// @throws IOException if a file cannot be read or written
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2) {
            System.err.println("usage: BuildDefaultTokenizer OUT_DIRECTORY FILE.jsonl...");
            System.exit(2);
        }
        List<Path> paths = Arrays.stream(arguments).map(Path::of).toList();
        WordCounts words = new WordCounts();
        for (Path file : paths.subList(1, paths.size())) {
            countRows(file, words);
        }
        SyllablePuzzles puzzles = new SyllablePuzzles(SEED);
        for (int i = 0; i < PUZZLES; i++) {
            puzzles.next().forEach(words::add);
        }
        BpeVocabulary vocabulary = new BpeTrainer(VOCAB_SIZE, SpecialTokens.ALL).train(words);
        write(paths.getFirst().resolve("tokenizer.json"), new TokenizerJson().write(vocabulary));
        write(paths.getFirst().resolve("tokenizer_config.json"), new TokenizerConfigJson().write());
        System.out.printf(
                "%d tokens, %d merges%n",
                vocabulary.tokens().size(), vocabulary.merges().size());
    }

    private static void countRows(Path file, WordCounts words) throws IOException {
        try (RowFile rows = RowFile.open(file, FieldMapping.NONE)) {
            for (FileRow next = rows.next(); next != null; next = rows.next()) {
                if (next instanceof FileRow.Usable(long _, int _, Row row)) {
                    row.texts().forEach(words::add);
                }
            }
        }
    }

    private static void write(Path file, String content) throws IOException {
        AtomicFiles.write(file, content.getBytes(StandardCharsets.UTF_8));
    }
}
