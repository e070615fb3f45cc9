package dev.stepwell.torch.pretrained;

import dev.stepwell.torch.safetensors.ElementType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The weights of a model as its files hold them.
///
/// @param bytesByType bytes of tensors stored in each type
/// @param files       how many files they are in
public record StoredWeights(Map<ElementType, Long> bytesByType, int files) {
    public StoredWeights {
        bytesByType = Collections.unmodifiableMap(new LinkedHashMap<>(bytesByType));
    }

    /// Bytes of all of them.
    public long bytes() {
        return bytesByType.values().stream().mapToLong(Long::longValue).sum();
    }

    /// The types in which they are stored, that of most bytes first.
    public List<ElementType> types() {
        return bytesByType.entrySet().stream()
                .sorted(Map.Entry.<ElementType, Long>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
    }
}
