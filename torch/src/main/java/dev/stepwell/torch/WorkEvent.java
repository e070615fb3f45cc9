package dev.stepwell.torch;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// A stretch of work of one thread, for Java's Flight Recorder: a recording shows where the time of a step goes. Costs
/// nothing where nobody records.
@Name(WorkEvent.NAME)
@Label("Training Work")
@Category("Stepwell")
@Description("Part of a training step, or reading a file")
@StackTrace(false)
public final class WorkEvent extends Event {
    public static final String NAME = "dev.stepwell.Work";

    /// What is done.
    public enum Work {
        READ,
        /// Through the layers.
        FORWARD,
        /// Scores and loss, there and back.
        HEAD,
        /// Back through the layers.
        BACKWARD,
        /// Adding up gradients, clipping, and moving weights.
        OPTIMIZER
    }

    @Label("Work")
    private final String work;

    private WorkEvent(Work work) {
        this.work = work.name();
    }

    /// Begins a stretch, which [#commit] ends.
    public static WorkEvent begin(Work work) {
        WorkEvent event = new WorkEvent(work);
        event.begin();
        return event;
    }

    /// For the recorder, which reads the field.
    String work() {
        return work;
    }
}
