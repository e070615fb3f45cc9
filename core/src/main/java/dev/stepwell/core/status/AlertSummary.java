package dev.stepwell.core.status;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How many alerts stand, and how soon to look.
///
/// @param total    all of them
/// @param critical of them
/// @param warning  of them
/// @param info     of them, those that say nothing of their severity included
/// @param worst    the most severe of all; null if there is none
public record AlertSummary(
        int total,
        int critical,
        int warning,
        int info,
        @Nullable Severity worst) {
    /// Of `alerts`.
    public static AlertSummary of(List<Alert> alerts) {
        int critical = count(alerts, Severity.CRITICAL);
        int warning = count(alerts, Severity.WARNING);
        int info = alerts.size() - critical - warning;
        Severity worst =
                critical > 0 ? Severity.CRITICAL : warning > 0 ? Severity.WARNING : info > 0 ? Severity.INFO : null;
        return new AlertSummary(alerts.size(), critical, warning, info, worst);
    }

    private static int count(List<Alert> alerts, Severity severity) {
        return (int)
                alerts.stream().filter(alert -> alert.severity() == severity).count();
    }
}
