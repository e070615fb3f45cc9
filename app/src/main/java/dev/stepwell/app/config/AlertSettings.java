package dev.stepwell.app.config;

import dev.stepwell.core.status.Severity;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Who is told of alerts, and of which.
///
/// @param command     program that is run
/// @param desktop     whether they are shown there
/// @param minSeverity of alerts that go out
public record AlertSettings(
        Optional<Webhook> webhook,
        Optional<Path> command,
        boolean desktop,
        Severity minSeverity,
        StateChanges stateChanges) {
    static final List<? extends ConfigKey<?>> KEYS = List.of(
            ConfigKeys.ALERT_WEBHOOK_URL, ConfigKeys.ALERT_WEBHOOK_FORMAT, ConfigKeys.ALERT_WEBHOOK_SECRET_FILE);

    /// Where alerts are sent by HTTP.
    ///
    /// @param secretFile has the secret by which they are signed
    public record Webhook(URI url, WebhookFormat format, Optional<Path> secretFile) {}

    /// The part of `config` that is about this.
    ///
    /// @param root base directory, from which relative paths lead
    public static AlertSettings from(Config config, Path root) {
        return new AlertSettings(
                config.get(ConfigKeys.ALERT_WEBHOOK_URL)
                        .map(url -> new Webhook(
                                url,
                                config.get(ConfigKeys.ALERT_WEBHOOK_FORMAT),
                                config.get(ConfigKeys.ALERT_WEBHOOK_SECRET_FILE).map(root::resolve))),
                config.get(ConfigKeys.ALERT_COMMAND).map(root::resolve),
                config.get(ConfigKeys.ALERT_DESKTOP),
                config.get(ConfigKeys.ALERT_MIN_SEVERITY),
                config.get(ConfigKeys.ALERT_STATE_CHANGES));
    }

    /// Whether somebody is told at all.
    public boolean tellSomebody() {
        return webhook.isPresent() || command.isPresent() || desktop;
    }

    /// A secret that nobody would look at.
    static Optional<String> contradiction(Config config) {
        if (config.get(ConfigKeys.ALERT_WEBHOOK_SECRET_FILE).isEmpty()) {
            return Optional.empty();
        }
        if (config.get(ConfigKeys.ALERT_WEBHOOK_URL).isEmpty()) {
            return Optional.of(
                    "alerts.webhook_secret_file and alerts.webhook_url = null do not go together: name the second, too");
        }
        return switch (config.get(ConfigKeys.ALERT_WEBHOOK_FORMAT)) {
            case JSON -> Optional.empty();
            case SLACK, DISCORD ->
                Optional.of(
                        "alerts.webhook_secret_file and alerts.webhook_format do not go together: only those who take"
                                + " \"json\" look at a signature");
        };
    }
}
