package dev.stepwell.torch.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.torch.testing.Tiny;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterLayoutTest {
    @Test
    void namesAndShapesAreThoseOfHuggingFacesLlama() {
        ParameterLayout layout = ParameterLayout.of(Tiny.untied());
        assertThat(layout.slots().stream().map(ParameterLayout.Slot::name))
                .hasSize(1 + 2 * 9 + 1 + 1)
                .contains(
                        "model.embed_tokens.weight",
                        "model.layers.0.self_attn.q_proj.weight",
                        "model.layers.1.self_attn.o_proj.weight",
                        "model.layers.1.mlp.down_proj.weight",
                        "model.layers.1.post_attention_layernorm.weight",
                        "model.norm.weight",
                        "lm_head.weight");
        assertThat(shape(layout, "model.layers.0.self_attn.k_proj.weight")).containsExactly(16L, 32L);
        assertThat(shape(layout, "model.layers.0.mlp.down_proj.weight")).containsExactly(32L, 48L);
    }

    @Test
    void aTiedHeadIsNeitherStoredNorCountedTwice() {
        ParameterLayout tied = ParameterLayout.of(Tiny.model());
        ParameterLayout untied = ParameterLayout.of(Tiny.untied());
        assertThat(tied.slots().stream().map(ParameterLayout.Slot::name)).doesNotContain("lm_head.weight");
        assertThat(untied.parameterCount() - tied.parameterCount()).isEqualTo(20 * 32);
    }

    @Test
    void slotsDoNotOverlapAndMatricesComeBeforeVectors() {
        ParameterLayout layout = ParameterLayout.of(Tiny.untied());
        long end = 0;
        for (ParameterLayout.Slot slot : layout.slots()) {
            assertThat(slot.offset()).as(slot.name()).isGreaterThanOrEqualTo(end);
            end = slot.offset() + ParameterLayout.elements(slot.shape());
            assertThat(slot.shape().size() == 2).as(slot.name()).isEqualTo(end <= layout.matrixEnd());
        }
        assertThat(end).isLessThanOrEqualTo(layout.size());
    }

    private static List<Long> shape(ParameterLayout layout, String name) {
        return layout.slots().stream()
                .filter(slot -> slot.name().equals(name))
                .findFirst()
                .orElseThrow()
                .shape();
    }
}
