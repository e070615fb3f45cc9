package dev.stepwell.torch.model;

import dev.stepwell.torch.model.ParameterLayout.Leaf;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// Which stretches of a buffer belong to which layer of the model. Leaves of a layer that lie side by side
/// are one stretch, so that a layer takes two operations and not a dozen.
///
/// @param names     of the layers: their numbers from 0, and `embed`, `head` and `norm` for what belongs to
///                  none
/// @param stretches in the order of the buffer
public record LayerParts(List<String> names, List<Stretch> stretches) {
    private static final String LAYER = "layers.";

    /// @param layer  its place in `names`
    /// @param offset elements before it
    record Stretch(int layer, long offset, long length) {}

    public LayerParts {
        names = List.copyOf(names);
        stretches = List.copyOf(stretches);
    }

    /// The layers of `layout`.
    public static LayerParts of(ParameterLayout layout) {
        SequencedSet<String> names = new LinkedHashSet<>();
        layout.leaves().forEach(leaf -> names.add(layer(leaf)));
        List<String> inOrder = List.copyOf(names);
        List<Stretch> stretches = new ArrayList<>();
        for (Leaf leaf : layout.leaves()) {
            int layer = inOrder.indexOf(layer(leaf));
            long end = leaf.offset() + ParameterLayout.elements(leaf.shape());
            // What lies between two leaves is 0 in every buffer.
            if (!stretches.isEmpty() && stretches.getLast().layer == layer) {
                Stretch last = stretches.removeLast();
                stretches.add(new Stretch(layer, last.offset, end - last.offset));
            } else {
                stretches.add(new Stretch(layer, leaf.offset(), end - leaf.offset()));
            }
        }
        return new LayerParts(inOrder, stretches);
    }

    private static String layer(Leaf leaf) {
        return leaf.name().startsWith(LAYER)
                ? leaf.name().substring(LAYER.length(), leaf.name().indexOf('.', LAYER.length()))
                : leaf.name();
    }

    /// The L2 norm of each layer's part of `buffer`, in the order of the names.
    public double[] norms(Tensor buffer) {
        float[] ofStretches = new float[stretches.size()];
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            TensorVector norms = new TensorVector();
            for (Stretch stretch : stretches) {
                norms.push_back(buffer.narrow(0, stretch.offset, stretch.length).norm());
            }
            // One transfer, where the buffer is on another device.
            new FloatPointer(torch.stack(norms).cpu().contiguous().data_ptr_float()).get(ofStretches);
        }
        double[] squares = new double[names.size()];
        for (int i = 0; i < ofStretches.length; i++) {
            squares[stretches.get(i).layer] += (double) ofStretches[i] * ofStretches[i];
        }
        for (int i = 0; i < squares.length; i++) {
            squares[i] = Math.sqrt(squares[i]);
        }
        return squares;
    }
}
