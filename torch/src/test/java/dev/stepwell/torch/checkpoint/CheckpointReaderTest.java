package dev.stepwell.torch.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.torch.testing.Tiny;
import dev.stepwell.torch.testing.Trainers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Checkpoints 2, 4, 6 and 7 of a file.
class CheckpointReaderTest {
    @TempDir
    private Path root;

    private final List<String> passedOver = new ArrayList<>();

    @BeforeEach
    void train() {
        Trainers.trainAll(root, new Tiny.Settings().saveSteps(2).build(), 1);
    }

    @Test
    void theNewestIsUsedThoughItsOptimizerIsDamaged() throws IOException {
        Files.writeString(root.resolve("checkpoint-7/optimizer.safetensors"), "?");
        assertThat(newestStep()).contains(7L);
        assertThat(passedOver).isEmpty();
        assertThat(new CheckpointReader(root).names())
                .containsExactly("checkpoint-7", "checkpoint-6", "checkpoint-4", "checkpoint-2");
    }

    @Test
    void oneThatIsNotAsItWasWrittenIsPassedOverByNameAndStaysWhereItIs() throws IOException {
        Files.writeString(root.resolve("checkpoint-7/model.safetensors"), "?");
        Files.delete(root.resolve("checkpoint-6/manifest.json"));
        assertThat(newestStep()).contains(4L);
        assertThat(passedOver)
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("checkpoint-7: model.safetensors: 1 bytes instead of"),
                        line -> assertThat(line).startsWith("checkpoint-6: manifest.json: missing"));
        assertThat(root.resolve("checkpoint-7")).isDirectory();
        assertThatThrownBy(() -> CheckpointReader.verified(root.resolve("checkpoint-7")))
                .hasMessageContaining("model.safetensors");
    }

    @Test
    void aFolderOfAnotherStepIsNotWhatItsNameSays() throws IOException {
        Files.move(root.resolve("checkpoint-7"), root.resolve("checkpoint-9"));
        assertThat(newestStep()).contains(6L);
        assertThat(passedOver).singleElement().asString().contains("it is of step 7");
    }

    @Test
    void oneThatIsDeletedWhileItIsReadIsNoFault() throws IOException {
        AtomicBoolean first = new AtomicBoolean(true);
        var step = new CheckpointReader(root).withNewest(passedOver, valid -> {
            if (first.getAndSet(false)) {
                delete(valid.directory());
                throw new NoSuchFileException(valid.directory().toString());
            }
            return valid.step();
        });
        assertThat(step).contains(6L);
        assertThat(passedOver).isEmpty();
    }

    @Test
    void aFaultOfOneThatIsStillThereIsToldAndWhereThereIsNoneNothingIsUsed() throws IOException {
        assertThatThrownBy(() -> new CheckpointReader(root).withNewest(passedOver, _ -> {
                    throw new IOException("odd");
                }))
                .hasMessage("odd");
        assertThat(new CheckpointReader(root.resolve("none"))
                        .<Long>withNewest(passedOver, CheckpointReader.Valid::step))
                .isEmpty();
        assertThat(new CheckpointReader(root.resolve("none")).names()).isEmpty();
    }

    /// A store that saves the same step again and again moves the folder away each time.
    @Test
    void besideAStoreThatReplacesItTheNewestIsAlwaysFound() throws Exception {
        CheckpointStore store = new CheckpointStore(root);
        Path kept = Files.createDirectory(root.resolve("kept"));
        copy(root.resolve("checkpoint-7"), kept);
        AtomicBoolean over = new AtomicBoolean();
        Thread saving = Thread.ofPlatform().start(() -> {
            try {
                while (!over.get()) {
                    store.save(7, (aside, _) -> copy(kept, aside));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try {
            for (int i = 0; i < 50; i++) {
                assertThat(newestStep()).isPresent();
                assertThat(passedOver).isEmpty();
            }
        } finally {
            over.set(true);
            saving.join();
        }
    }

    private Optional<Long> newestStep() throws IOException {
        return new CheckpointReader(root).withNewest(passedOver, CheckpointReader.Valid::step);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                if (!file.endsWith(Manifest.FILE)) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
