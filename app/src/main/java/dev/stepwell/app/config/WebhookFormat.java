package dev.stepwell.app.config;

/// What a webhook is sent.
public enum WebhookFormat {
    /// Everything, for programs.
    JSON,
    /// A message, as Slack's incoming webhooks take it.
    SLACK,
    /// A message, as Discord's webhooks take it.
    DISCORD
}
