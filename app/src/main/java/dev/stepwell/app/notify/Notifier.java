package dev.stepwell.app.notify;

import dev.stepwell.app.config.AlertSettings;
import dev.stepwell.app.notify.Notice.Where;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.queue.FileReport;
import dev.stepwell.core.status.StatusBoard;
import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.core.status.StatusPublisher;
import dev.stepwell.core.status.StatusSnapshot.ProcessIdentity;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Tells people elsewhere when alerts open and close, and what else they want to know.
///
/// **Concurrency.** The status thread, and the thread that settles files, put down what is to be told; each channel
/// has a thread that sends it. Nothing here waits for another machine or program but these.
///
/// What is not sent when the process ends is lost; a start tells of what stands then.
public final class Notifier implements StatusPublisher.Watcher, AutoCloseable {
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final Changes changes;
    private final List<Courier> couriers;
    private volatile @Nullable StatusDocument latest;

    private Notifier(Changes changes, List<Courier> couriers) {
        this.changes = changes;
        this.couriers = couriers;
    }

    /// Begins to tell whom `settings` name.
    ///
    /// @param secret by which requests to the webhook are signed
    /// @param daemon who tells
    /// @param board  shows as an alert that a channel fails
    public static Notifier open(
            AlertSettings settings, Optional<String> secret, Teller daemon, StatusBoard board, InstantSource clock) {
        List<Courier> couriers = channels(settings, secret, daemon.base(), clock).stream()
                .map(channel -> new Courier(
                        channel, new Delivery(channel, board, System::nanoTime, RandomGenerator.getDefault())))
                .toList();
        return new Notifier(
                new Changes(settings.minSeverity(), settings.stateChanges(), daemon.notices(clock)), couriers);
    }

    /// Who tells.
    ///
    /// @param host  what its machine calls itself
    /// @param model what its model is called
    public record Teller(BaseDirectory base, String host, String model, ProcessIdentity self) {
        NoticeFactory notices(InstantSource clock) {
            return new NoticeFactory(
                    new Where(host, base.root().toString(), model, self.pid(), self.bootId(), null, null, null), clock);
        }
    }

    static List<Channel> channels(
            AlertSettings settings, Optional<String> secret, BaseDirectory base, InstantSource clock) {
        List<Channel> channels = new ArrayList<>();
        settings.webhook()
                .ifPresent(hook -> channels.add(new Webhook(hook.url(), hook.format(), secret.orElse(null), clock)));
        settings.command().ifPresent(program -> channels.add(new CommandHook(program, base.root())));
        if (settings.desktop()) {
            channels.add(new DesktopNotification());
        }
        return channels;
    }

    @Override
    public void published(StatusDocument document, boolean transition) {
        latest = document;
        if (!couriers.isEmpty()) {
            changes.in(document).forEach(this::tell);
        }
    }

    /// A file was put where it stays. From any thread; never waits.
    public void settled(FileReport report) {
        if (!couriers.isEmpty()) {
            changes.of(report, latest).ifPresent(this::tell);
        }
    }

    private void tell(Notice notice) {
        couriers.forEach(courier -> courier.offer(notice));
    }

    /// Has what is pending sent, within five seconds. What does not arrive by then is counted in the log.
    @Override
    public void close() {
        couriers.forEach(Courier::hurry);
        long deadline = System.nanoTime() + CLOSE_PATIENCE.toNanos();
        for (Courier courier : couriers) {
            courier.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
    }
}
