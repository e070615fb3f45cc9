package dev.stepwell.app.cli;

import dev.stepwell.app.config.Config;
import dev.stepwell.app.config.Method;
import dev.stepwell.app.logging.Logging;
import dev.stepwell.app.puzzle.DemoFiles;
import dev.stepwell.core.control.Command;
import dev.stepwell.core.io.BaseDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the commands do once the command line is understood. Each returns when it is done; what the user can change is
/// a [CliException], and any other exception a fault of the program.
public interface Operations {
    /// Runs the daemon until it is stopped, or until the queue is empty if that was asked.
    ExitCode run(RunRequest request) throws IOException;

    /// Writes the demo's files, trains on them and reports what was learnt.
    ExitCode demo(DemoRequest request) throws IOException;

    /// Prints the state that the status file tells. The file was there a moment ago.
    ExitCode status(StatusRequest request) throws IOException;

    /// Shows a daemon until the user quits or, where standard output is no terminal, until it has ended.
    ExitCode watch(WatchRequest request) throws IOException;

    /// Prints a link to the dashboard of the daemon that runs in `base`.
    ///
    /// @param out standard output
    ExitCode dashboard(BaseDirectory base, PrintWriter out) throws IOException;

    /// Asks the daemon that runs there for something, and prints what became of it.
    ExitCode control(ControlRequest request) throws IOException;

    /// The desk of a queue that no daemon has now; until it is closed none can start there. Empty if one runs.
    ///
    /// @throws IOException if the base directory cannot be used
    Optional<DeskConnection> idleDesk(BaseDirectory base) throws IOException;

    /// The desk of the daemon that runs in `base`.
    ///
    /// @throws CliException if it cannot be reached
    DeskConnection runningDesk(BaseDirectory base) throws IOException;

    /// Examines a base directory without changing anything. The folder was there a moment ago.
    ExitCode doctor(DoctorRequest request) throws IOException;

    /// Deletes what the configuration does not keep, or prints what it would delete.
    ExitCode retention(RetentionRequest request) throws IOException;

    /// Tells everybody who is told of alerts that this is a test, and prints what came of it.
    ExitCode alertTrial(AlertTrialRequest request) throws IOException;

    /// Writes a model that is the sum of another and an adapter. The adapter's folder was there a moment ago.
    ExitCode merge(MergeRequest request) throws IOException;

    /// Looks at a model and at the machine, and writes a configuration.
    ExitCode init(InitRequest request) throws IOException;

    /// Prints what files would teach the model.
    ExitCode check(CheckRequest request) throws IOException;

    /// Prints what the model answers.
    ExitCode generate(GenerateRequest request) throws IOException;

    /// Where a daemon runs, and with what.
    ///
    /// @param base    its folder, made
    /// @param config  from its `config.json`
    /// @param logging started; to be redirected while a live display has the terminal
    /// @param web     whether to serve the dashboard
    /// @param out     standard output
    record Place(BaseDirectory base, Config config, Logging logging, boolean web, PrintWriter out) {}

    /// A daemon to run.
    ///
    /// @param once whether to end when the queue is empty
    record RunRequest(Place place, boolean once) {}

    /// A demo to run.
    ///
    /// @param files those to be trained; written by the operation, when it has the folder for itself
    record DemoRequest(Place place, DemoFiles files) {}

    /// A state to print.
    ///
    /// @param base a folder with a status file
    /// @param out  standard output
    record StatusRequest(BaseDirectory base, StatusFormat format, PrintWriter out) {}

    /// A daemon to watch.
    ///
    /// @param environment variables of the process
    /// @param out         standard output
    record WatchRequest(Target target, Map<String, String> environment, PrintWriter out) {
        /// How it is reached.
        public sealed interface Target {}

        /// By its folder, which is there.
        public record Base(BaseDirectory base) implements Target {}

        /// By HTTP.
        ///
        /// @param root        of its server
        /// @param key         of a link that has not been used
        /// @param token       that opens it
        /// @param certificate file with certificates in PEM to be trusted besides those whom Java trusts
        public record Url(URI root, Optional<String> key, Optional<String> token, Optional<Path> certificate)
                implements Target {}
    }

    /// Something to ask of a daemon that runs.
    ///
    /// @param base    its folder
    /// @param untilEffect whether to return only when it has taken effect
    /// @param timeout how long to wait for that
    /// @param out     standard output
    record ControlRequest(
            BaseDirectory base, Command command, boolean untilEffect, Duration timeout, PrintWriter out) {}

    /// A base directory to be examined.
    ///
    /// @param environment variables of the process
    /// @param out         standard output
    record DoctorRequest(BaseDirectory base, Map<String, String> environment, PrintWriter out) {}

    /// Alerts to be tried.
    ///
    /// @param base   a folder with a `config.json`
    /// @param config from there
    /// @param out    standard output
    record AlertTrialRequest(BaseDirectory base, Config config, PrintWriter out) {}

    /// An adapter to be merged into its model.
    ///
    /// @param adapter its folder
    /// @param model   folder of its model; empty for the one that it names
    /// @param target  folder to be made
    /// @param out     standard output
    record MergeRequest(Path adapter, Optional<Path> model, Path target, PrintWriter out) {}

    /// A configuration to be written.
    ///
    /// @param base   its folder, made unless this is a dry run
    /// @param from   folder of a model; empty for a new one
    /// @param dryRun whether to write nothing
    /// @param json   whether to print one JSON object instead of a text
    /// @param out    standard output
    record InitRequest(
            BaseDirectory base, Optional<Path> from, Method method, boolean dryRun, boolean json, PrintWriter out) {}

    /// Files to be checked.
    ///
    /// @param base     folder of the model and its configuration, which need not exist
    /// @param shown    rows of each file to be shown
    /// @param json     whether to print a JSON object for each file instead of a text
    /// @param color    whether standard output shows colours
    /// @param progress a terminal to which may be written that a file is being read; empty if there is none
    /// @param out      standard output
    record CheckRequest(
            BaseDirectory base,
            Config config,
            List<Path> files,
            int shown,
            boolean json,
            boolean color,
            Optional<PrintWriter> progress,
            PrintWriter out) {
        public CheckRequest {
            files = List.copyOf(files);
        }
    }

    /// A model to be asked.
    ///
    /// @param base       its folder, which need not exist
    /// @param checkpoint which of its checkpoints, or a folder; empty for the newest
    /// @param json       whether to print one JSON object instead of the text
    /// @param in         standard input
    /// @param out        standard output
    /// @param err        standard error
    record GenerateRequest(
            BaseDirectory base,
            Config config,
            Optional<String> checkpoint,
            Question question,
            Sampling sampling,
            boolean json,
            StandardInput in,
            PrintWriter out,
            PrintWriter err) {}

    /// What to ask. With neither prompt nor messages: whatever the user will say, one after another.
    ///
    /// @param messages file with what was said before
    /// @param system   what to begin with
    /// @param raw      whether the prompt, which is there, is in the model's own format
    record Question(Optional<String> prompt, Optional<Path> messages, Optional<String> system, boolean raw) {}

    /// How an answer is generated.
    ///
    /// @param temperature 0 for the likeliest token
    /// @param topK        0 for all
    /// @param maxTokens   after which it is cut off
    record Sampling(double temperature, int topK, double topP, long seed, int maxTokens) {}

    /// Things to be kept or deleted.
    ///
    /// @param base   an existing folder
    /// @param dryRun whether to delete nothing
    /// @param out    standard output
    record RetentionRequest(BaseDirectory base, Config config, boolean dryRun, PrintWriter out) {}
}
