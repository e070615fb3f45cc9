package dev.stepwell.app.daemon;

import dev.stepwell.app.cli.Operations.Place;
import dev.stepwell.app.config.AlertSettings;
import dev.stepwell.app.config.DaemonSettings;
import dev.stepwell.app.config.ExportSettings;
import dev.stepwell.app.export.Exports;
import dev.stepwell.app.notify.Notifier;
import dev.stepwell.app.notify.Notifier.Teller;
import dev.stepwell.core.queue.FileReport;
import dev.stepwell.core.status.StatusBoard;
import dev.stepwell.core.status.StatusPublisher;
import dev.stepwell.core.status.StatusSnapshot.ProcessIdentity;
import java.time.InstantSource;
import java.time.ZoneId;

/// What leaves the daemon by itself: files for other tools, and alerts for people elsewhere.
record Outlets(Exports exports, Notifier notifier) implements AutoCloseable {
    /// Begins with both, as the configuration says.
    ///
    /// @throws dev.stepwell.app.cli.CliException if a file that it names cannot be read
    static Outlets open(Place place, StatusBoard board, ProcessIdentity self, InstantSource clock) {
        AlertSettings alerts = AlertSettings.from(place.config(), place.base().root());
        // To ask for the machine's name may take as long as its resolver hangs.
        Teller teller = new Teller(
                place.base(),
                alerts.tellSomebody() ? DashboardLink.machine() : "",
                DaemonSettings.from(place.config()).modelName(),
                self);
        Notifier notifier = Notifier.open(alerts, AlertsReport.secret(alerts), teller, board, clock);
        return new Outlets(
                Exports.open(ExportSettings.from(place.config()), place.base(), self, board, ZoneId.systemDefault()),
                notifier);
    }

    /// To be told of every document.
    StatusPublisher.Watcher watcher() {
        return exports.then(notifier);
    }

    /// A file was put where it stays.
    void settled(FileReport report) {
        notifier.settled(report);
    }

    /// People first: whatever the disk does then, they know.
    @Override
    public void close() {
        notifier.close();
        exports.close();
    }
}
