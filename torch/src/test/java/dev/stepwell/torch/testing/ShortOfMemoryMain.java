package dev.stepwell.torch.testing;

import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.TrainingEvent;
import dev.stepwell.core.training.TrainingOutcome;
import dev.stepwell.data.TrainingData;
import dev.stepwell.data.chat.Example;
import dev.stepwell.torch.ModelConfig;
import dev.stepwell.torch.TorchTrainer;
import dev.stepwell.torch.TrainerConfig;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// A process that trains a file of long rows in as much memory as it is told, and says what happens.
///
/// Arguments: where the model is; bytes that it may take beyond what a light file takes, 0 for no limit; rows at
/// once; threads.
public final class ShortOfMemoryMain {
    private static final int LIGHT = 64;
    private static final int HEAVY = 256;
    private static final int ROWS = 16;
    /// Much memory for little computing.
    private static final ModelConfig SHAPE =
            ModelConfig.llama(CopyTask.VOCABULARY, 8, 1_024, 8, 2, 1, HEAVY, 10_000, 1e-5, true, 0.02);
    /// `RLIMIT_AS` of Linux.
    private static final int ADDRESS_SPACE = 9;

    private ShortOfMemoryMain() {}

    public static void main(String[] args) throws Throwable {
        Path model = Path.of(args[0]);
        long room = Long.parseLong(args[1]);
        TrainerConfig config = new Tiny.Settings()
                .batchSize(Integer.parseInt(args[2]), 1)
                .maxLength(HEAVY)
                .threads(Integer.parseInt(args[3]))
                .build();
        try (TorchTrainer trainer = Trainers.reading(SHAPE, model, config, ShortOfMemoryMain::rows)) {
            trainer.open(_ -> {});
            // OpenBLAS ends the process if it cannot have its own buffers, which it takes at the first use.
            trainer.train(Trainers.job(LIGHT), _ -> {}, Trainers.GO_ON);
            if (room > 0) {
                limitAddressSpace(addressSpace() + room);
            }
            TrainingOutcome outcome = trainer.train(Trainers.job(HEAVY), ShortOfMemoryMain::say, Trainers.GO_ON);
            System.out.println(
                    switch (outcome) {
                        case TrainingOutcome.Completed completed -> "completed " + completed.globalStep();
                        case TrainingOutcome.Failed failed -> "failed " + failed.type();
                        case TrainingOutcome.Interrupted _, TrainingOutcome.Skipped _, TrainingOutcome.Aborted _ ->
                            "ended";
                    });
        }
    }

    private static void say(TrainingEvent event) {
        if (event instanceof TrainingEvent.StepCompleted step) {
            System.out.println("loss " + step.loss());
        } else if (event instanceof TrainingEvent.MicroBatchHalved halved) {
            System.out.println("halved " + halved.rowsBefore() + " " + halved.rows());
        }
    }

    /// A file is named for the length of its rows.
    private static TrainingData rows(Path file) {
        int length = Integer.parseInt(file.getFileName().toString());
        Random random = new Random(1);
        List<Example> rows = IntStream.range(0, ROWS)
                .mapToObj(_ -> {
                    BitSet targets = new BitSet();
                    targets.set(length - 4, length);
                    return new Example(
                            random.ints(length, 0, CopyTask.VOCABULARY).toArray(), targets);
                })
                .toList();
        return new TrainingData(rows, List.of(), List.of(), new RowLedger(ROWS, 0, 0, 0, List.of()));
    }

    private static long addressSpace() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmSize:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }

    /// What `ulimit -v` does, from here on.
    @SuppressWarnings("restricted") // Native access is what this is for.
    private static void limitAddressSpace(long bytes) throws Throwable {
        Linker linker = Linker.nativeLinker();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment limit = arena.allocate(ValueLayout.JAVA_LONG, 2);
            limit.setAtIndex(ValueLayout.JAVA_LONG, 0, bytes);
            limit.setAtIndex(ValueLayout.JAVA_LONG, 1, bytes);
            int result = (int) linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("setrlimit"),
                            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS))
                    .invokeExact(ADDRESS_SPACE, limit);
            if (result != 0) {
                throw new IllegalStateException("setrlimit refused " + bytes);
            }
        }
    }
}
