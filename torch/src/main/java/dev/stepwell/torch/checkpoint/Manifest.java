package dev.stepwell.torch.checkpoint;

import dev.stepwell.torch.safetensors.CorruptFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// `manifest.json`: every other file of a checkpoint with its size and SHA-256. Written last, so that a checkpoint
/// which has one was written to its end.
///
/// @param schemaVersion [#SCHEMA_VERSION]
/// @param globalStep    step of the weights, the same as in the folder's name
/// @param files         by name
record Manifest(int schemaVersion, long globalStep, Map<String, FileDigest> files) {
    static final String FILE = "manifest.json";
    static final int SCHEMA_VERSION = 1;

    private static final int BUFFER = 1 << 16;

    /// @param size   in bytes
    /// @param sha256 in lower-case hexadecimal
    record FileDigest(long size, String sha256) {}

    /// Describes the files in `directory`.
    static Manifest of(Path directory, long globalStep) throws IOException {
        Map<String, FileDigest> files = new TreeMap<>();
        try (var entries = Files.list(directory)) {
            for (Path file : entries.toList()) {
                files.put(file.getFileName().toString(), digest(file));
            }
        }
        return new Manifest(SCHEMA_VERSION, globalStep, files);
    }

    /// Checks every file of the checkpoint in `directory` against its manifest.
    ///
    /// @throws CorruptFileException naming the first file that is not as it was written
    static void verify(Path directory, long globalStep) throws IOException {
        Manifest manifest = read(directory);
        if (manifest.globalStep != globalStep) {
            throw new CorruptFileException(directory.resolve(FILE), "it is of step " + manifest.globalStep);
        }
        manifest.verify(directory, _ -> true);
    }

    /// Checks the files of the checkpoint in `directory` that its model is made of, the optimizer's left aside.
    ///
    /// @return what it says of them
    /// @throws CorruptFileException naming the first file that is not as it was written
    static Manifest verifyModel(Path directory) throws IOException {
        Manifest manifest = read(directory);
        manifest.verify(directory, name -> !name.equals(CheckpointFiles.OPTIMIZER));
        return manifest;
    }

    private static Manifest read(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            throw new CorruptFileException(file, "missing, so the checkpoint was not written to its end");
        }
        Manifest manifest = Json.read(file, Manifest.class);
        if (manifest.schemaVersion != SCHEMA_VERSION) {
            throw new CorruptFileException(
                    file, "version %d, this program reads %d".formatted(manifest.schemaVersion, SCHEMA_VERSION));
        }
        return manifest;
    }

    private void verify(Path directory, Predicate<String> examined) throws IOException {
        for (String name : CheckpointFiles.required(files.keySet())) {
            if (!files.containsKey(name)) {
                throw new CorruptFileException(directory.resolve(FILE), "it does not list " + name);
            }
        }
        for (Map.Entry<String, FileDigest> listed : files.entrySet()) {
            if (examined.test(listed.getKey())) {
                verify(directory, listed.getKey(), listed.getValue());
            }
        }
    }

    private static void verify(Path directory, String name, FileDigest listed) throws IOException {
        Path file = directory.resolve(name);
        if (!directory.equals(file.getParent())) {
            throw new CorruptFileException(directory.resolve(FILE), "it lists " + name + ", which lies elsewhere");
        }
        if (!Files.isRegularFile(file)) {
            throw new CorruptFileException(file, "missing");
        }
        long size = Files.size(file);
        if (size != listed.size()) {
            throw new CorruptFileException(file, "%d bytes instead of %d".formatted(size, listed.size()));
        }
        if (!digest(file).sha256().equals(listed.sha256())) {
            throw new CorruptFileException(file, "its SHA-256 is not the one it was written with");
        }
    }

    private static FileDigest digest(Path file) throws IOException {
        MessageDigest sha256 = sha256();
        long size = 0;
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                size += read;
            }
        }
        return new FileDigest(size, HexFormat.of().formatHex(sha256.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
