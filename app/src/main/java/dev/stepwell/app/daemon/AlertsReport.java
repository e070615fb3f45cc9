package dev.stepwell.app.daemon;

import dev.stepwell.app.cli.CliException;
import dev.stepwell.app.cli.ExitCode;
import dev.stepwell.app.cli.Operations.AlertTrialRequest;
import dev.stepwell.app.config.AlertSettings;
import dev.stepwell.app.config.DaemonSettings;
import dev.stepwell.app.notify.Notifier.Teller;
import dev.stepwell.app.notify.Trial;
import dev.stepwell.core.status.StatusSnapshot.ProcessIdentity;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What `alerts test` does and prints.
final class AlertsReport {
    private AlertsReport() {}

    /// The secret that `settings` name, if they do.
    ///
    /// @throws CliException if it cannot be read
    static Optional<String> secret(AlertSettings settings) {
        return settings.webhook()
                .flatMap(AlertSettings.Webhook::secretFile)
                .map(file -> SecretFile.read(file, "alerts.webhook_secret_file"));
    }

    /// @throws CliException if nobody is to be told
    static ExitCode trial(AlertTrialRequest request, InstantSource clock) throws IOException {
        AlertSettings settings =
                AlertSettings.from(request.config(), request.base().root());
        ProcessIdentity self = new ProcessIdentity(
                ProcessHandle.current().pid(), UUID.randomUUID().toString(), clock.instant());
        Teller teller = new Teller(
                request.base(),
                DashboardLink.machine(),
                DaemonSettings.from(request.config()).modelName(),
                self);
        List<Trial.Result> results;
        try {
            results = Trial.run(settings, secret(settings), teller, clock);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for an answer");
        }
        if (results.isEmpty()) {
            throw new CliException(
                    ExitCode.UNAVAILABLE,
                    "%s names nobody who is told of alerts"
                            .formatted(request.base().config()),
                    "set alerts.webhook_url, alerts.command or alerts.desktop, see docs/alerts.md");
        }
        PrintWriter out = request.out();
        for (Trial.Result result : results) {
            out.printf(
                    "%-8s %s  %s: %s, after %.1f s%n",
                    result.channel(),
                    result.place(),
                    result.arrived() ? "arrived" : "FAILED",
                    result.detail(),
                    result.took().toMillis() / 1e3);
        }
        out.flush();
        return results.stream().allMatch(Trial.Result::arrived) ? ExitCode.OK : ExitCode.FAILED;
    }
}
