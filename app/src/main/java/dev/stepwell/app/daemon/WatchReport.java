package dev.stepwell.app.daemon;

import dev.stepwell.app.cli.ExitCode;
import dev.stepwell.app.cli.Operations.WatchRequest;
import dev.stepwell.core.status.Liveness;
import dev.stepwell.monitor.terminal.WatchDisplay;
import dev.stepwell.monitor.terminal.Watched;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.InstantSource;
import java.util.Optional;

/// What `watch` does.
final class WatchReport {
    private WatchReport() {}

    static ExitCode show(WatchRequest request, InstantSource clock) throws IOException {
        boolean ascii = request.environment().containsKey("STEPWELL_ASCII");
        try (Watched watched = watched(request.target(), clock)) {
            Optional<Liveness> end = WatchDisplay.show(
                    watched, clock, ascii, request.environment().get("NO_COLOR"), request.out());
            return end.map(Liveness::verdict).map(StatusReport::exitCode).orElse(ExitCode.OK);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while watching");
        }
    }

    private static Watched watched(WatchRequest.Target target, InstantSource clock) {
        return switch (target) {
            case WatchRequest.Base base -> new WatchedBase(base.base(), clock);
            case WatchRequest.Url url ->
                new WatchedUrl(
                        url, url.certificate().map(file -> CertificateFile.trusting(file, clock.instant())), clock);
        };
    }
}
