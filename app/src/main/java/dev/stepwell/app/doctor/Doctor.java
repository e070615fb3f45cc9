package dev.stepwell.app.doctor;

import dev.stepwell.app.config.ConfigException;
import dev.stepwell.app.config.ConfigFile;
import dev.stepwell.app.config.TrainerSettings;
import dev.stepwell.app.text.Printable;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.io.InstanceLock;
import dev.stepwell.torch.model.Hardware;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Examines a base directory and the machine, and changes nothing.
///
/// Beside a working daemon it looks at everything that daemon does not move under its eyes, and says what it
/// left out.
public final class Doctor {
    private final BaseDirectory base;
    private final Map<String, String> environment;
    private final InstantSource clock;

    /// @param environment variables of the process
    public Doctor(BaseDirectory base, Map<String, String> environment, InstantSource clock) {
        this.base = base;
        this.environment = environment;
        this.clock = clock;
    }

    /// What the configuration says to compute on, if it can be read; that it cannot is another's finding.
    private Hardware hardware() {
        try {
            return TrainerSettings.trainer(ConfigFile.load(base.config()))
                    .compute()
                    .hardware();
        } catch (ConfigException _) {
            return Hardware.CPU;
        }
    }

    /// Prints a line for each thing it looks at, and a last one that counts the findings.
    ///
    /// @return whether there are none
    /// @throws IOException if the base directory cannot be read at all
    public boolean print(PrintWriter out) throws IOException {
        Optional<String> daemon = InstanceLock.holder(base);
        List<Observation> all = new ArrayList<>();
        all.add(daemon.map(holder -> Observation.note("a daemon is at work here (%s)".formatted(holder)))
                .orElse(Observation.fine("no daemon is at work here")));
        boolean working = daemon.isPresent();
        all.addAll(QueueExam.of(base, working, clock));
        all.addAll(ModelExam.of(base, working));
        all.addAll(PlaceExam.of(base));
        all.addAll(MachineExam.of(environment, hardware()));
        out.println("base directory " + Printable.line(base.root().toString()));
        all.forEach(out::println);
        long findings = all.stream().filter(Observation::isFinding).count();
        out.println(
                switch ((int) findings) {
                    case 0 -> "nothing is wrong";
                    case 1 -> "1 finding";
                    default -> findings + " findings";
                });
        out.flush();
        return findings == 0;
    }
}
