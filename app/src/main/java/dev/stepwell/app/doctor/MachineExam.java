package dev.stepwell.app.doctor;

import dev.stepwell.core.training.TrainerUnavailableException;
import dev.stepwell.torch.TorchRuntime;
import dev.stepwell.torch.model.Hardware;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The JDK, the native libraries and the variables that decide how fast they are.
final class MachineExam {
    /// Variables that the launcher sets where the user has not, each with what happens otherwise.
    private static final List<Map.Entry<String, String>> TUNING = List.of(
            Map.entry("OPENBLAS_NUM_THREADS", "OpenBLAS's threads and OpenMP's fight"),
            Map.entry("OMP_WAIT_POLICY", "threads burn the processor while they wait"));

    private MachineExam() {}

    static List<Observation> of(Map<String, String> environment, Hardware hardware) {
        List<Observation> seen = new ArrayList<>();
        seen.add(Observation.fine("JDK %s on %s, %d processors, %,d MB for the heap"
                .formatted(
                        Runtime.version(),
                        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.getRuntime().maxMemory() >> 20)));
        try {
            TorchRuntime torch = TorchRuntime.start(TorchRuntime.load(), 0);
            seen.add(Observation.fine("libtorch %s for %s loads".formatted(torch.version(), torch.platform())));
            TorchRuntime.require(hardware);
            if (!hardware.equals(Hardware.CPU)) {
                seen.add(Observation.fine("libtorch finds the device \"%s\"".formatted(hardware.name())));
            }
        } catch (TrainerUnavailableException e) {
            seen.add(Observation.finding(String.valueOf(e.getMessage())));
        }
        String coreType = environment.getOrDefault("OPENBLAS_CORETYPE", "");
        if (!coreType.isEmpty()) {
            seen.add(Observation.note(
                    "OPENBLAS_CORETYPE is %s: OpenBLAS does not choose by this processor, which can halve the speed in f32; unset it unless you know why it is set"
                            .formatted(coreType)));
        }
        TUNING.stream()
                .filter(variable ->
                        environment.getOrDefault(variable.getKey(), "").isEmpty())
                .map(variable -> "%s is not set, and so %s; ./stepwell sets it"
                        .formatted(variable.getKey(), variable.getValue()))
                .forEach(line -> seen.add(Observation.note(line)));
        return seen;
    }
}
