package dev.stepwell.monitor.terminal;

import dev.stepwell.core.control.Command;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Sights one after another, as if a daemon were watched; after the last there is nothing new.
class SeenBefore implements Watched {
    private final Iterator<Sight> sights;
    private final Runnable afterwards;

    SeenBefore(List<Sight> sights) {
        this(sights, () -> {});
    }

    /// @param afterwards done when the last has been seen
    SeenBefore(List<Sight> sights, Runnable afterwards) {
        this.sights = sights.iterator();
        this.afterwards = afterwards;
    }

    @Override
    public String place() {
        return "here";
    }

    @Override
    public Sight next() throws InterruptedException {
        if (!sights.hasNext()) {
            afterwards.run();
            new CountDownLatch(1).await();
        }
        return sights.next();
    }

    @Override
    public String ask(Command command) {
        throw new IllegalStateException("nobody can be asked to " + command.word());
    }

    @Override
    public void close() {}
}
