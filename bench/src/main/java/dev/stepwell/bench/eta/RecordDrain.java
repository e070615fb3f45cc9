package dev.stepwell.bench.eta;

import dev.stepwell.app.daemon.DaemonProcess;
import dev.stepwell.bench.BenchPlace;
import dev.stepwell.core.daemon.DaemonExit;
import dev.stepwell.core.training.Trainer;
import dev.stepwell.data.JsonlDataReader;
import dev.stepwell.torch.TorchTrainer;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A real daemon whose drain is written down: `bench/record-drains.sh` runs it.
public final class RecordDrain implements DaemonProcess.Extension, AutoCloseable {
    private final BenchPlace place;
    private final DrainTape tape;
    private @Nullable ArrivalWatch arrivals;

    private RecordDrain(BenchPlace place, DrainTape tape) {
        this.place = place;
        this.tape = tape;
    }

    /// Runs until inbox and queue are empty or somebody stops it.
    ///
    /// @param args a base directory, and the file to write, at whose end it goes on if it is there
    public static void main(String[] args) throws IOException {
        DaemonExit exit;
        try (BenchPlace place = new BenchPlace(Path.of(args[0]));
                DrainTape tape = DrainTape.append(Path.of(args[1]));
                RecordDrain drain = new RecordDrain(place, tape)) {
            exit = new DaemonProcess(place.place()).run(true, drain);
        }
        if (exit instanceof DaemonExit.Crashed(Throwable cause)) {
            throw new IllegalStateException("the daemon crashed", cause);
        }
    }

    @Override
    public Trainer around(TorchTrainer trainer, JsonlDataReader reader) {
        arrivals = ArrivalWatch.start(place.base(), tape);
        return new RecordedTrainer(trainer, tape, arrivals);
    }

    @Override
    public void close() {
        if (arrivals != null) {
            arrivals.close();
        }
    }
}
