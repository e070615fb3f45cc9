package dev.stepwell.app.notify;

import dev.stepwell.app.config.AlertSettings;
import dev.stepwell.app.notify.Notifier.Teller;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tells everybody something that means nothing, to see whether it arrives.
public final class Trial {
    private Trial() {}

    /// What came of it.
    ///
    /// @param channel what it is, in a word
    /// @param place   whom it reaches; no secret is in it
    /// @param arrived whether it did
    /// @param detail  what was answered, or what is wrong
    public record Result(String channel, String place, boolean arrived, String detail, Duration took) {}

    /// Sends once over each channel that `settings` name; empty if they name none.
    ///
    /// @param secret by which requests to the webhook are signed
    public static List<Result> run(AlertSettings settings, Optional<String> secret, Teller teller, InstantSource clock)
            throws InterruptedException {
        List<Result> results = new ArrayList<>();
        Notice notice = teller.notices(clock).test();
        for (Channel channel : Notifier.channels(settings, secret, teller.base(), clock)) {
            try (channel) {
                long began = System.nanoTime();
                Outcome outcome = channel.send(notice, 0, 0);
                Duration took = Duration.ofNanos(System.nanoTime() - began);
                results.add(
                        switch (outcome) {
                            case Outcome.Delivered(String how) -> result(channel, true, how, took);
                            case Outcome.Later later -> result(channel, false, later.why(), took);
                            case Outcome.Refused(String why) -> result(channel, false, why, took);
                        });
            }
        }
        return results;
    }

    private static Result result(Channel channel, boolean arrived, String detail, Duration took) {
        return new Result(channel.name(), channel.place(), arrived, detail, took);
    }
}
