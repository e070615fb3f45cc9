package dev.stepwell.torch.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stepwell.data.PreviewRow;
import dev.stepwell.data.TrainingData;
import dev.stepwell.torch.ModelConfig;
import dev.stepwell.torch.model.LlamaModel;
import dev.stepwell.torch.model.Parameters;
import dev.stepwell.torch.testing.CopyTask;
import dev.stepwell.torch.testing.IdTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GreedyDecoderTest {
    // Wide initial weights, so that answers differ and no two scores are nearly equal.
    private static final ModelConfig SHAPE =
            ModelConfig.llama(CopyTask.VOCABULARY, 32, 48, 2, 4, 2, 32, 10_000, 1e-5, false, 0.4);

    private final LlamaModel model = new LlamaModel(SHAPE, Parameters.random(SHAPE, 5));
    private final List<int[]> prompts =
            CopyTask.rows(150, 8).previews().stream().map(PreviewRow::promptIds).toList();

    @AfterEach
    void free() {
        model.close();
    }

    @Test
    void promptsDecodedTogetherGetTheAnswersTheyGetAlone() {
        assertTogetherAsAlone(model);
    }

    @Test
    void soTheyDoWhereAPositionSeesOnlyTheLatest() {
        ModelConfig near = new ModelConfig(
                SHAPE.architecture(),
                SHAPE.vocabSize(),
                SHAPE.hiddenSize(),
                SHAPE.intermediateSize(),
                SHAPE.numHiddenLayers(),
                SHAPE.numAttentionHeads(),
                SHAPE.numKeyValueHeads(),
                SHAPE.headDim(),
                SHAPE.maxPositionEmbeddings(),
                SHAPE.rope(),
                SHAPE.rmsNormEps(),
                SHAPE.tieWordEmbeddings(),
                SHAPE.attentionBias(),
                SHAPE.mlpBias(),
                4,
                SHAPE.initializerRange());
        try (LlamaModel windowed = new LlamaModel(near, Parameters.random(near, 5))) {
            assertTogetherAsAlone(windowed);
        }
    }

    private void assertTogetherAsAlone(LlamaModel asked) {
        GreedyDecoder decoder = new GreedyDecoder(asked, IdTokenizer.END, 10);
        List<int[]> together = decoder.generate(prompts);
        for (int i = 0; i < prompts.size(); i++) {
            assertThat(together.get(i))
                    .as("prompt " + i)
                    .isEqualTo(decoder.generate(List.of(prompts.get(i))).getFirst());
        }
        assertThat(together.stream().map(Arrays::toString).distinct().count()).isGreaterThan(20);
        assertThat(together.stream().map(answer -> answer.length).distinct()).hasSizeGreaterThan(2);
    }

    @Test
    void theAnswerIsTheLikeliestTokenAtEachPositionOfAFullForwardPass() {
        GreedyDecoder decoder = new GreedyDecoder(model, IdTokenizer.END, 10);
        for (int[] prompt : prompts.subList(0, 20)) {
            List<Integer> sequence = new ArrayList<>();
            Arrays.stream(prompt).forEach(sequence::add);
            List<Integer> answer = new ArrayList<>();
            for (int next = likeliest(sequence); next != IdTokenizer.END && answer.size() < 10; ) {
                answer.add(next);
                sequence.add(next);
                next = likeliest(sequence);
            }
            assertThat(decoder.generate(List.of(prompt)).getFirst())
                    .containsExactly(answer.stream().mapToInt(Integer::intValue).toArray());
        }
    }

    @Test
    void anAnswerEndsWhereTheContextDoes() {
        GreedyDecoder decoder = new GreedyDecoder(model, -1, 100);
        List<int[]> answers = decoder.generate(List.of(new int[30], new int[32], new int[40], new int[3]));
        assertThat(answers.stream().map(answer -> answer.length)).containsExactly(2, 0, 0, 29);
    }

    @Test
    void decodingLeavesNothingNativeBehindAndNoGradient() {
        GreedyDecoder decoder = new GreedyDecoder(model, IdTokenizer.END, 10);
        decoder.generate(prompts);
        long before = Pointer.totalCount();
        decoder.generate(prompts);
        assertThat(Pointer.totalCount()).isEqualTo(before);
        try (var _ = new PointerScope()) {
            assertThat(model.parameters().gradients().norm().item_double()).isZero();
        }
    }

    @Test
    void aProbeMeansOverAllTargetsAndCountsExactAnswers() {
        TrainingData data = CopyTask.rows(150, 8);
        ModelProbe probe = new ModelProbe(model, new IdTokenizer(CopyTask.VOCABULARY), 10);
        double targets = 0;
        double sum = 0;
        for (var example : data.examples()) {
            int count = example.targets().cardinality();
            sum += probe.meanLoss(List.of(example)) * count;
            targets += count;
        }
        assertThat(probe.meanLoss(data.examples())).isCloseTo(sum / targets, within(1e-5));

        List<PreviewRow> rows = new ArrayList<>(data.previews());
        PreviewRow first = rows.getFirst();
        String said = probe.answers(List.of(first)).getFirst().text();
        rows.set(0, new PreviewRow(null, first.prompt(), " " + said + "\n", first.promptIds()));
        assertThat(probe.exactMatch(rows.subList(0, 1))).isEqualTo(1);
        assertThat(probe.exactMatch(List.of(first))).isEqualTo(said.equals(first.goldenAnswer()) ? 1 : 0);
    }

    private int likeliest(List<Integer> sequence) {
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            Tensor ids = torch.tensor(
                            sequence.stream().mapToLong(Integer::longValue).toArray())
                    .view(1, -1);
            Tensor best = model.logits(model.hidden(ids, null).select(1, -1)).argmax();
            return (int) new LongPointer(best.data_ptr_long()).get();
        }
    }
}
