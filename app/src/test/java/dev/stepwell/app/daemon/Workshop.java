package dev.stepwell.app.daemon;

import dev.stepwell.app.Main;
import dev.stepwell.app.cli.Cli;
import dev.stepwell.app.cli.StandardInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A base directory with a model so small that a file of it takes a moment, and the real commands to run in it.
///
/// @param root the base directory
public record Workshop(Path root) {
    public static final int ROWS_PER_STEP = 2;

    private static final String CONFIG = """
            {
              "model": {
                "hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1,
                "num_attention_heads": 2, "num_key_value_heads": 1
              },
              "batch_size": 1, "gradient_accumulation": 2, "max_length": 48, "max_output_tokens": 4,
              "eval_steps": 5, "save_steps": 7, "threads": 1, "web": {"port": 0},
              "checkpoint_budget_gb": 0, "checkpoint_daily_budget_gb": 0
            }
            """;

    /// What a command did.
    public record Ran(int exitCode, String out, String err) {}

    public static Workshop in(Path root) throws IOException {
        Files.createDirectories(root.resolve("inbox"));
        Files.writeString(root.resolve("config.json"), CONFIG);
        return new Workshop(root);
    }

    /// Adds a key to the configuration.
    ///
    /// @param value in JSON
    public void configure(String key, String value) throws IOException {
        Path config = root.resolve("config.json");
        Files.writeString(config, Files.readString(config).replaceFirst("\\{", "{ \"%s\": %s,".formatted(key, value)));
    }

    /// Replaces what the configuration says of the server.
    ///
    /// @param section in JSON, without its braces
    public void web(String section) throws IOException {
        Path config = root.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"port\": 0", section));
    }

    /// A port that was free a moment ago.
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /// Puts a file into the inbox whose training takes `steps` steps.
    public void drop(String name, int steps) throws IOException {
        drop(
                name,
                IntStream.range(0, steps * ROWS_PER_STEP)
                        .mapToObj(i -> "{\"prompt\": \"%s %d is \", \"completion\": \"%d\"}".formatted(name, i, i % 7))
                        .toList());
    }

    public void drop(String name, List<String> lines) throws IOException {
        Path aside = root.resolve("inbox").resolve(name + ".tmp");
        Files.writeString(aside, String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
        Files.move(aside, root.resolve("inbox").resolve(name));
    }

    public Ran stepwell(String... args) {
        return stepwell(new StandardInput(InputStream.nullInputStream(), false), args);
    }

    /// The same for a user who says `text`.
    ///
    /// @param terminal whether at a terminal, or through a pipe
    public Ran told(String text, boolean terminal, String... args) {
        return stepwell(
                new StandardInput(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), terminal), args);
    }

    private Ran stepwell(StandardInput in, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] all = Stream.concat(Stream.of(args), Stream.of("--base-dir", root.toString()))
                .toArray(String[]::new);
        int code = new Cli(new DaemonOperations(), Map.of(), in, new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(all);
        return new Ran(code, out.toString(), err.toString());
    }

    /// The same as a process of its own, which can be killed. Its output is thrown away.
    public Process process(String... args) throws IOException {
        return new ProcessBuilder(command(Main.class, List.of(), args))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /// How a process of its own is started in this base directory.
    ///
    /// @param options for the JVM, beside those that the launcher gives
    public List<String> command(Class<?> main, List<String> options, String... args) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(options);
        command.add(main.getName());
        command.addAll(List.of(args));
        command.addAll(List.of("--base-dir", root.toString()));
        return command;
    }

    /// Returns when a daemon in another process listens.
    public void awaitListening() throws Exception {
        RunningDaemon.await(root.resolve("run"), () -> Files.exists(root.resolve("run/daemon.json")));
    }

    public Path statusFile() {
        return root.resolve("status").resolve("training_status.json");
    }

    public JsonNode status() throws IOException {
        return JsonMapper.shared().readTree(Files.readAllBytes(statusFile()));
    }

    /// The reports in `folder`, in the order in which their files were taken.
    public List<JsonNode> reports(String folder) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".report.json"))
                    .map(Workshop::json)
                    .sorted((a, b) -> Long.compare(
                            a.get("file").get("id").asLong(),
                            b.get("file").get("id").asLong()))
                    .toList();
        }
    }

    private static JsonNode json(Path file) {
        return JsonMapper.shared().readTree(file.toFile());
    }
}
