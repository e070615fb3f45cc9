package dev.stepwell.data.rows;

import java.util.Optional;

/// How messages name their parts and their speakers.
enum Dialect {
    /// `role` and `content`, with the roles of chat templates.
    MESSAGES("role", "content", "system, developer, user, assistant, tool"),
    /// `from` and `value`, with names that people gave to the speakers; `role` and `content` as well.
    SHAREGPT("from", "value", "system, human, gpt, function_call, observation");

    private final String role;
    private final String content;
    private final String roles;

    Dialect(String role, String content, String roles) {
        this.role = role;
        this.content = content;
        this.roles = roles;
    }

    /// What the key of the speaker is called.
    String role() {
        return role;
    }

    /// What the key of what is said is called.
    String content() {
        return content;
    }

    /// Who may speak, in words.
    String roles() {
        return roles;
    }

    boolean isRole(String key) {
        return key.equals(role) || key.equals(MESSAGES.role);
    }

    boolean isContent(String key) {
        return key.equals(content) || key.equals(MESSAGES.content);
    }

    /// Whether what that speaker says are calls of tools, as JSON.
    boolean callsTools(String speaker) {
        return this == SHAREGPT && speaker.equals("function_call");
    }

    Optional<Role> role(String speaker) {
        if (this == MESSAGES) {
            return Role.of(speaker);
        }
        return switch (speaker) {
            case "human" -> Optional.of(Role.USER);
            case "gpt", "chatgpt", "bot", "model", "function_call" -> Optional.of(Role.ASSISTANT);
            case "observation", "function_response", "tool_response" -> Optional.of(Role.TOOL);
            default -> Role.of(speaker);
        };
    }
}
