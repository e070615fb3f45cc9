package dev.stepwell.torch.model;

import dev.stepwell.torch.model.TargetLoss.Stretch;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// What the model predicts at the target positions of a batch, as its weights are now.
///
/// @param lossSum     sum over the targets of `-log p(target)`, in nats
/// @param confidences of each target, the probability of the token that is likeliest there
/// @param likeliest   of each target, that token
@SuppressWarnings("ArrayRecordComponent") // Read once, compared by nobody.
public record TargetPredictions(double lossSum, float[] confidences, int[] likeliest) {
    /// Asks the model; of each row's targets, in the order of the batch.
    public static TargetPredictions of(LlamaModel model, MicroBatch batch) {
        int targets = batch.targets().length;
        float[] confidences = new float[targets];
        int[] likeliest = new int[targets];
        double loss = 0;
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            Tensor picked = TargetLoss.picked(model, model.hidden(batch), batch);
            Tensor ids = model.indices(torch.tensor(batch.targets()));
            for (Stretch stretch : TargetLoss.stretches(model, batch)) {
                try (var _ = new PointerScope()) {
                    Tensor logs = model.logits(stretch.of(picked)).log_softmax(-1);
                    Tensor wanted = stretch.of(ids).unsqueeze(1);
                    loss -= logs.gather(1, wanted).to(ScalarType.Double).sum().item_double();
                    T_TensorTensor_T best = logs.max(1, true);
                    read(best.get0().exp(), confidences, stretch);
                    read(best.get1(), likeliest, stretch);
                }
            }
        }
        return new TargetPredictions(loss, confidences, likeliest);
    }

    private static void read(Tensor column, float[] into, Stretch stretch) {
        Tensor values = column.cpu().contiguous();
        new FloatPointer(values.data_ptr_float()).get(into, (int) stretch.from(), (int) stretch.length());
    }

    private static void read(Tensor column, int[] into, Stretch stretch) {
        Tensor values = column.to(ScalarType.Int).cpu().contiguous();
        new IntPointer(values.data_ptr_int()).get(into, (int) stretch.from(), (int) stretch.length());
    }
}
