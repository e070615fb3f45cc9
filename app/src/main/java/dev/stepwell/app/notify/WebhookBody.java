package dev.stepwell.app.notify;

import dev.stepwell.app.config.WebhookFormat;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What is sent to a webhook, in UTF-8.
///
/// In messages for chats, nothing that comes from data can format, link or call anybody: Slack wants `&`, `<` and `>`
/// escaped, Discord is told that nobody is meant, and its marks are escaped; neither looks behind addresses.
final class WebhookBody {
    /// Discord takes no more characters; escapes count.
    private static final int DISCORD_LIMIT = 2_000;

    /// `SUPPRESS_EMBEDS`.
    private static final int DISCORD_NO_PREVIEWS = 4;

    private WebhookBody() {}

    static byte[] of(WebhookFormat format, Notice notice, int missed) {
        return switch (format) {
            case JSON -> NoticeJson.of(notice, missed);
            case SLACK -> {
                String text =
                        "*%s*\n%s".formatted(slack(MessageText.title(notice)), slack(MessageText.body(notice, missed)));
                yield bytes(JsonMapper.shared()
                        .createObjectNode()
                        .put("text", text)
                        .put("unfurl_links", false)
                        .put("unfurl_media", false));
            }
            case DISCORD -> {
                String content = "**%s**\n%s"
                        .formatted(discord(MessageText.title(notice)), discord(MessageText.body(notice, missed)));
                ObjectNode body = JsonMapper.shared().createObjectNode();
                body.put(
                        "content",
                        content.length() <= DISCORD_LIMIT ? content : content.substring(0, DISCORD_LIMIT - 1) + "…");
                body.putObject("allowed_mentions").putArray("parse");
                body.put("flags", DISCORD_NO_PREVIEWS);
                yield bytes(body);
            }
        };
    }

    private static String slack(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String discord(String text) {
        return text.replaceAll("[\\\\*_~`|>#\\[\\]()<-]", "\\\\$0");
    }

    private static byte[] bytes(ObjectNode body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
