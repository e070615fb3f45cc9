package dev.stepwell.core.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The folder in which one daemon lives, and the names in it.
///
/// ```
///  inbox/           files are dropped here
///  queue/           files taken, <id>__<name>
///  archive/         completed or skipped, each with <id>__<name>.report.json
///  failed/          given up, with report
///  removed/         taken out of the queue by hand, with report
///  current_model/   checkpoint-<global_step>/ and the newest model at its root
///  snapshots/       one a day: YYYY-MM-DD/
///  validation/      rows that are asked and never trained, put there by users
///  held_out/        rows of each file that are asked and never trained
///  kept/            a few rows of each completed file, asked again later
///  status/          training_status.json
///  logs/
///  run/             what belongs to the running process
///  config.json      stepwell.db      history.db
/// ```
///
/// @param root the folder itself, absolute
public record BaseDirectory(Path root) {
    public BaseDirectory {
        root = root.toAbsolutePath().normalize();
    }

    /// Makes every folder that is missing.
    ///
    /// @throws IOException if one cannot be made
    public void create() throws IOException {
        for (Path folder :
                List.of(inbox(), queue(), archive(), failed(), removed(), currentModel(), status(), logs(), run())) {
            Files.createDirectories(folder);
        }
    }

    public Path inbox() {
        return root.resolve("inbox");
    }

    public Path queue() {
        return root.resolve("queue");
    }

    public Path archive() {
        return root.resolve("archive");
    }

    public Path failed() {
        return root.resolve("failed");
    }

    public Path removed() {
        return root.resolve("removed");
    }

    /// Where files lie with which the queue is done.
    public List<Path> settled() {
        return List.of(archive(), failed(), removed());
    }

    /// Where files of the queue lie, whatever became of them.
    public List<Path> directories() {
        return List.of(queue(), archive(), failed(), removed());
    }

    public Path currentModel() {
        return root.resolve("current_model");
    }

    public Path snapshots() {
        return root.resolve("snapshots");
    }

    /// Rows that are asked and never trained; need not exist.
    public Path validation() {
        return root.resolve("validation");
    }

    /// Rows held out of files, to be asked; made when there are some.
    public Path heldOut() {
        return root.resolve("held_out");
    }

    /// Rows of completed files, to be asked again; made when there are some.
    public Path kept() {
        return root.resolve("kept");
    }

    public Path status() {
        return root.resolve("status");
    }

    public Path statusFile() {
        return status().resolve("training_status.json");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path run() {
        return root.resolve("run");
    }

    public Path config() {
        return root.resolve("config.json");
    }

    public Path database() {
        return root.resolve("stepwell.db");
    }

    /// What was measured, step by step. Measurements only: without it nothing is lost but pictures of the past.
    public Path history() {
        return root.resolve("history.db");
    }
}
