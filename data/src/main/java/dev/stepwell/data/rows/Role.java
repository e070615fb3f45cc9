package dev.stepwell.data.rows;

import java.util.Arrays;
import java.util.Optional;

/// Who speaks in a turn of a conversation.
public enum Role {
    SYSTEM("system"),
    DEVELOPER("developer"),
    USER("user"),
    ASSISTANT("assistant"),
    TOOL("tool");

    private final String json;

    Role(String json) {
        this.json = json;
    }

    /// The role's name in data and in prompts.
    public String json() {
        return json;
    }

    /// The role that a file calls `name`; `function` and `ipython` are other names of `tool`.
    static Optional<Role> of(String name) {
        return switch (name) {
            case "function", "ipython" -> Optional.of(TOOL);
            default ->
                Arrays.stream(values()).filter(role -> role.json.equals(name)).findFirst();
        };
    }
}
