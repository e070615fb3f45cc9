package dev.stepwell.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/// Many watchers of a server in a process of their own. Says on standard output when all of them are connected, and in
/// the end how many nanoseconds each document took, one a line.
public final class WatcherCrowd {
    private static final String CONNECTED = "connected";

    /// What it is to do.
    ///
    /// @param port      of the server
    /// @param token     that it lets in
    /// @param watchers  how many
    /// @param warmUp    documents that are not measured
    /// @param documents that will be published
    record Task(int port, String token, int watchers, int warmUp, int documents) {
        List<String> arguments() {
            return List.of("" + port, token, "" + watchers, "" + warmUp, "" + documents);
        }
    }

    private final Task task;
    private final PublicationTimes published;
    private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();
    private final CountDownLatch connected;

    private WatcherCrowd(Task task, PublicationTimes published) {
        this.task = task;
        this.published = published;
        connected = new CountDownLatch(task.watchers());
    }

    /// Watches until the server ends.
    ///
    /// @param args those of [Task], and the file of the times
    public static void main(String[] args) throws IOException, InterruptedException {
        Task task = new Task(
                Integer.parseInt(args[0]),
                args[1],
                Integer.parseInt(args[2]),
                Integer.parseInt(args[3]),
                Integer.parseInt(args[4]));
        try (PublicationTimes published = PublicationTimes.open(Path.of(args[5]), task.documents())) {
            new WatcherCrowd(task, published).watch();
        }
    }

    /// A crowd that was started.
    ///
    /// @param process it is in
    /// @param lines   what it says
    record Started(Process process, BufferedReader lines) {
        void awaitConnected() throws IOException {
            String line = lines.readLine();
            if (!CONNECTED.equals(line)) {
                throw new IOException("watchers did not connect: " + line);
            }
        }

        /// How long each document took, when there are no more.
        List<Long> nanos() throws IOException, InterruptedException {
            List<Long> all = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                all.add(Long.parseLong(line));
            }
            if (process.waitFor() != 0) {
                throw new IOException("watchers ended with " + process.exitValue());
            }
            return all;
        }
    }

    static Started start(Task task, Path published) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "-cp",
                System.getProperty("java.class.path"),
                WatcherCrowd.class.getName()));
        command.addAll(task.arguments());
        command.add(published.toString());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new Started(process, process.inputReader(StandardCharsets.US_ASCII));
    }

    private void watch() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < task.watchers(); i++) {
            threads.add(Thread.startVirtualThread(this::watchAlone));
        }
        connected.await();
        System.out.println(CONNECTED);
        for (Thread thread : threads) {
            thread.join();
        }
        StringBuilder all = new StringBuilder();
        nanos.forEach(each -> all.append(each).append('\n'));
        System.out.print(all);
    }

    private void watchAlone() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), task.port())) {
            socket.getOutputStream()
                    .write("GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\n\r\n"
                            .formatted(task.port(), task.token())
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            int seq = -1;
            // Chunk sizes stand on lines of their own between the events; 0 is the end.
            for (String line = lines.readLine(); !line.equals("0"); line = lines.readLine()) {
                if (line.startsWith("id: bench:")) {
                    seq = Integer.parseInt(line.substring("id: bench:".length()));
                } else if (line.startsWith("data: ") && seq == 0) {
                    connected.countDown();
                    seq = -1;
                } else if (line.startsWith("data: ") && seq >= task.warmUp() && seq < task.documents() - 1) {
                    // The last is told to all once more at the end, when it is old.
                    nanos.add(System.nanoTime() - published.get(seq));
                    seq = -1;
                }
            }
        } catch (IOException e) {
            // Its process ends with an error, which is how the measurement learns of it.
            Runtime.getRuntime().halt(cutOff(e));
        }
    }

    private static int cutOff(IOException e) {
        System.err.println("a watcher was cut off: " + e);
        return 1;
    }
}
