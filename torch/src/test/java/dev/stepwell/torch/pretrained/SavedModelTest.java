package dev.stepwell.torch.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.stepwell.core.training.TrainerUnavailableException;
import dev.stepwell.data.Gate;
import dev.stepwell.torch.Compute;
import dev.stepwell.torch.generation.Completion;
import dev.stepwell.torch.generation.Finish;
import dev.stepwell.torch.generation.Sampler;
import dev.stepwell.torch.generation.StreamingDecoder;
import dev.stepwell.torch.model.Dtype;
import dev.stepwell.torch.model.Hardware;
import dev.stepwell.torch.model.RowLayout;
import dev.stepwell.torch.testing.IdTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Models of the reference, opened as `generate` opens them: what is streamed is what transformers and PEFT generate.
class SavedModelTest {
    @TempDir
    private Path folder;

    static Stream<Golden> goldens() {
        return Golden.all();
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void aModelStreamsWhatTransformersGeneratesGreedily(Golden golden) throws IOException {
        try (var _ = new PointerScope();
                SavedModel saved = SavedModel.open(TinyFolder.of(golden, folder), Optional.empty(), Compute.DEFAULT)) {
            assertThat(golden.logits(saved.model())).containsExactly(golden.expectedLogits("logits"), within(1e-4f));
            assertThat(greedy(golden, saved)).isEqualTo(words(golden.longs("greedy", Golden.GENERATED)));
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void anAdapterStreamsWhatPeftGeneratesGreedily(Golden golden) throws IOException {
        Path base = TinyFolder.of(golden, folder);
        try (var _ = new PointerScope();
                SavedModel saved =
                        SavedModel.open(golden.folder().resolve("adapter"), Optional.of(base), Compute.DEFAULT)) {
            assertThat(golden.logits(saved.model()))
                    .containsExactly(golden.expectedLogits("lora.logits"), within(1e-4f));
            assertThat(greedy(golden, saved)).isEqualTo(words(golden.longs("lora.greedy", Golden.GENERATED)));
        }
    }

    @Test
    void anAnswerEndsAtAStopAtItsLengthAtTheLastPositionOrWhereTheGateCloses() throws IOException {
        Golden golden = Golden.named("llama");
        try (SavedModel saved = SavedModel.open(TinyFolder.of(golden, folder), Optional.empty(), Compute.DEFAULT)) {
            int[] prompt = {1, 2, 3};
            List<String> stretches = new ArrayList<>();
            Completion free = answer(saved, Set.of(), prompt, 12, () -> true, stretches);
            assertThat(free.finish()).isEqualTo(Finish.LENGTH);
            assertThat(free.tokens()).isEqualTo(12);
            assertThat(free.promptTokens()).isEqualTo(3);
            assertThat(String.join("", stretches)).isEqualTo(free.text());
            assertThat(stretches).hasSize(12);

            int fourth = Integer.parseInt(free.text().split(" ", -1)[3]);
            Completion stopped = answer(saved, Set.of(fourth), prompt, 12, () -> true, stretches);
            assertThat(stopped.finish()).isEqualTo(Finish.STOP);
            assertThat(free.text()).startsWith(stopped.text());
            assertThat(stopped.tokens()).isLessThan(4);

            int[] asked = {0};
            Completion given = answer(saved, Set.of(), prompt, 12, () -> ++asked[0] <= 5, stretches);
            assertThat(given.finish()).isEqualTo(Finish.INTERRUPTED);
            assertThat(given.tokens()).isEqualTo(5);

            int positions = saved.model().config().maxPositionEmbeddings();
            Completion full = answer(saved, Set.of(), new int[positions - 2], 12, () -> true, stretches);
            assertThat(full.finish()).isEqualTo(Finish.LENGTH);
            assertThat(full.tokens()).isEqualTo(2);
            assertThatThrownBy(() -> answer(saved, Set.of(), new int[positions], 12, () -> true, stretches))
                    .hasMessageContaining("for a model of " + positions + " positions");
        }
    }

    @Test
    void whatEndsAnAnswerIsTheEndOfTurnAndWhatTheModelsMakersSay() throws IOException {
        Path model = TinyFolder.of(Golden.named("llama"), folder);
        Files.writeString(model.resolve("generation_config.json"), "{\"eos_token_id\": [9, 11]}");
        try (SavedModel saved = SavedModel.open(model, Optional.empty(), Compute.DEFAULT)) {
            assertThat(saved.stops()).containsExactlyInAnyOrder(TinyFolder.IM_END, TinyFolder.END_OF_TEXT, 9, 11);
        }
        Files.writeString(model.resolve("generation_config.json"), "{\"eos_token_id\": 7}");
        try (SavedModel saved = SavedModel.open(model, Optional.empty(), Compute.DEFAULT)) {
            assertThat(saved.stops()).contains(7).doesNotContain(9);
        }
        Files.delete(model.resolve("generation_config.json"));
        try (SavedModel saved = SavedModel.open(model, Optional.empty(), Compute.DEFAULT)) {
            assertThat(saved.stops()).hasSize(2);
        }
        Files.writeString(model.resolve("generation_config.json"), "{\"eos_token_id\": \"<end>\"}");
        assertThatThrownBy(() -> SavedModel.open(model, Optional.empty(), Compute.DEFAULT))
                .hasMessageContaining("generation_config.json: eos_token_id is \"<end>\"");
    }

    @Test
    void aTokenizerWithMoreIdsThanTheModelIsRefused() throws IOException {
        Path model = TinyFolder.of(Golden.named("llama"), folder);
        Path tokenizer = model.resolve("tokenizer.json");
        Files.writeString(tokenizer, Files.readString(tokenizer).replace("\"id\": 3", "\"id\": 96"));
        assertThatThrownBy(() -> SavedModel.open(model, Optional.empty(), Compute.DEFAULT))
                .hasMessageContaining("it has 97 ids, the model's vocab_size is 96");
    }

    @Test
    void openingAnsweringAndClosingLeavesNothingNativeBehind() throws IOException {
        Path model = TinyFolder.of(Golden.named("llama"), folder);
        long[] counts = new long[2];
        for (int round = 0; round < 2; round++) {
            try (SavedModel saved = SavedModel.open(model, Optional.empty(), Compute.DEFAULT)) {
                answer(saved, saved.stops(), new int[] {5, 6}, 4, () -> true, new ArrayList<>());
            }
            counts[round] = Pointer.totalCount();
        }
        assertThat(counts[1]).isEqualTo(counts[0]);
    }

    private static String greedy(Golden golden, SavedModel saved) throws IOException {
        int[] prompt = Arrays.stream(golden.longs("prompt", 9))
                .mapToInt(Math::toIntExact)
                .toArray();
        return answer(saved, Set.of(), prompt, Golden.GENERATED, () -> true, new ArrayList<>())
                .text();
    }

    private static Completion answer(
            SavedModel saved,
            Set<Integer> stops,
            int[] prompt,
            int maxTokens,
            Gate<RuntimeException> gate,
            List<String> stretches) {
        stretches.clear();
        return new StreamingDecoder(saved.model(), new IdTokenizer(96), stops)
                .answer(prompt, Sampler.of(0, 0, 1, 0), maxTokens, gate, stretches::add);
    }

    private static String words(long[] ids) {
        return LongStream.of(ids).mapToObj(Long::toString).collect(Collectors.joining(" "));
    }

    @Test
    void hardwareThatIsNotThereIsNamedBeforeAnythingIsRead() {
        assumeFalse(torch.cuda_is_available());
        Compute compute = new Compute(Dtype.F32, false, RowLayout.PACKED, Hardware.CUDA);
        assertThatThrownBy(() -> SavedModel.open(folder.resolve("nothing"), Optional.empty(), compute))
                .isInstanceOf(TrainerUnavailableException.class)
                .hasMessageContaining("set device to \"cpu\"");
    }
}
