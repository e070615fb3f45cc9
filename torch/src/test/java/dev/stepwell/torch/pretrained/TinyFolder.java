package dev.stepwell.torch.pretrained;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A model of the reference with a tokenizer of as few ids as it has.
public final class TinyFolder {
    static final int END_OF_TEXT = 1;
    static final int IM_END = 3;

    private TinyFolder() {}

    /// Copies the model into `folder` and puts a tokenizer beside it: four control tokens and the printable characters
    /// of ASCII up to `y`, which are as many as fit.
    ///
    /// @return `folder`
    public static Path of(Golden golden, Path folder) throws IOException {
        try (var files = Files.list(golden.folder())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(file.getFileName().toString()));
            }
        }
        String vocabulary = IntStream.range(0, 89)
                .mapToObj(i -> "%s: %d".formatted(quoted((char) ('!' + i)), 4 + i))
                .collect(Collectors.joining(", "));
        String added = IntStream.range(0, 4)
                .mapToObj(i ->
                        """
                        {"id": %d, "content": "%s", "single_word": false, "lstrip": false, "rstrip": false,
                         "normalized": false, "special": true}""".formatted(i, new String[] {"<|pad|>", "<|endoftext|>", "<|im_start|>", "<|im_end|>"}[i]))
                .collect(Collectors.joining(",\n"));
        Files.writeString(folder.resolve("tokenizer.json"), """
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [%s],
                 "normalizer": null,
                 "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true},
                 "post_processor": null,
                 "decoder": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true},
                 "model": {"type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": null,
                           "end_of_word_suffix": null, "fuse_unk": false, "byte_fallback": false,
                           "vocab": {%s}, "merges": []}}
                """.formatted(added, vocabulary));
        return folder;
    }

    private static String quoted(char c) {
        return c == '"' || c == '\\' ? "\"\\" + c + "\"" : "\"" + c + "\"";
    }
}
