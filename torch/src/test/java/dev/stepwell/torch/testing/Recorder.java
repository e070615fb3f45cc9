package dev.stepwell.torch.testing;

import dev.stepwell.core.training.TrainingEvent;
import dev.stepwell.core.training.TrainingListener;
import java.util.ArrayList;
import java.util.List;

/// Keeps every event in order.
public final class Recorder implements TrainingListener {
    private final List<TrainingEvent> events = new ArrayList<>();

    @Override
    public void on(TrainingEvent event) {
        events.add(event);
    }

    public List<TrainingEvent> events() {
        return events;
    }

    public <T extends TrainingEvent> List<T> of(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
