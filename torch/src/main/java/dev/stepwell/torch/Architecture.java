package dev.stepwell.torch;

import java.util.Arrays;
import java.util.Optional;

/// The architectures that one model class covers, under Hugging Face's names. They differ in what [ModelConfig] says
/// of each.
public enum Architecture {
    LLAMA("LlamaForCausalLM", "llama"),
    QWEN2("Qwen2ForCausalLM", "qwen2"),
    QWEN3("Qwen3ForCausalLM", "qwen3"),
    MISTRAL("MistralForCausalLM", "mistral");

    private final String className;
    private final String modelType;

    Architecture(String className, String modelType) {
        this.className = className;
        this.modelType = modelType;
    }

    /// As `architectures` in `config.json` names it.
    public String className() {
        return className;
    }

    /// As `model_type` in `config.json` names it.
    public String modelType() {
        return modelType;
    }

    /// The one of this class name, if it is known here.
    public static Optional<Architecture> named(String className) {
        return Arrays.stream(values())
                .filter(architecture -> architecture.className.equals(className))
                .findFirst();
    }
}
