package dev.stepwell.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.status.StatusReader;
import dev.stepwell.core.status.StatusReading;
import dev.stepwell.monitor.web.DaemonFile;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What viewers cost training: steps a second of a daemon that trains, with and without browsers that follow its
/// events, in turns, so that whatever else changes over the minutes changes for both. `bench/viewers.sh` starts it.
///
/// The viewers are on the same machine, and what they take for reading is in the result, too.
public final class ViewerCost {
    private static final long SETTLE_MILLIS = 3_000;

    private final BaseDirectory base;
    private final DaemonFile daemon;

    private ViewerCost(BaseDirectory base) throws IOException {
        this.base = base;
        this.daemon = DaemonFile.read(base).orElseThrow(() -> new IllegalStateException("no daemon runs there"));
    }

    /// Measures and prints.
    ///
    /// @param args the base directory of a daemon, the number of viewers, the seconds and the number of
    ///             turns
    public static void main(String[] args) throws IOException, InterruptedException {
        ViewerCost cost = new ViewerCost(new BaseDirectory(Path.of(args[0])));
        cost.measure(Integer.parseInt(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
    }

    private void measure(int viewers, int seconds, int turns) throws IOException, InterruptedException {
        double alone = 0;
        double watched = 0;
        for (int turn = 0; turn < turns; turn++) {
            double without = stepsPerSecond(seconds);
            List<Socket> open = connect(viewers);
            long cpu = cpuNanos();
            long began = System.nanoTime();
            double with = stepsPerSecond(seconds);
            for (Socket socket : open) {
                socket.close();
            }
            double own = 100.0
                    * (cpuNanos() - cpu)
                    / (System.nanoTime() - began)
                    / Runtime.getRuntime().availableProcessors();
            System.out.printf(
                    "%.3f steps/s alone, %.3f with %,d viewers, which take %.1f %% of the machine for themselves%n",
                    without, with, viewers, own);
            alone += without;
            watched += with;
        }
        System.out.printf(
                "mean: %.3f and %.3f steps/s, %+.2f %%%n", alone / turns, watched / turns, 100 * (watched / alone - 1));
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private double stepsPerSecond(int seconds) throws InterruptedException {
        Thread.sleep(SETTLE_MILLIS);
        long from = step();
        long began = System.nanoTime();
        Thread.sleep(seconds * 1_000L);
        return (step() - from) / ((System.nanoTime() - began) / 1e9);
    }

    private long step() {
        return switch (StatusReader.read(base.statusFile())) {
            case StatusReading.Present(var document)
            when document.cumulative().currentStep() != null ->
                document.cumulative().currentStep();
            case StatusReading other -> throw new IllegalStateException("no step to be read: " + other);
        };
    }

    private List<Socket> connect(int viewers) throws IOException {
        List<Socket> open = new ArrayList<>();
        for (int i = 0; i < viewers; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), daemon.port());
            socket.getOutputStream()
                    .write("GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\n\r\n"
                            .formatted(daemon.port(), daemon.token())
                            .getBytes(StandardCharsets.US_ASCII));
            open.add(socket);
            Thread.startVirtualThread(() -> discard(socket));
        }
        return open;
    }

    private static void discard(Socket socket) {
        byte[] buffer = new byte[16 << 10];
        try (InputStream in = socket.getInputStream()) {
            while (in.read(buffer) >= 0) {}
        } catch (SocketException _) {
            // The turn is over: this socket was closed.
        } catch (IOException e) {
            throw new IllegalStateException("a viewer was cut off", e);
        }
    }
}
