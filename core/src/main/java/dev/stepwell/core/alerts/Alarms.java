package dev.stepwell.core.alerts;

import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.Lookout;
import dev.stepwell.core.status.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// All detectors, and what they have found.
///
/// ```
///           found                        found again: since and step stay, words are renewed each minute
///  nothing ───────► alert stands ◄──┐
///     ▲                  │      └───┘ too little known
///     └──────────────────┘
///        under the lower threshold
/// ```
public final class Alarms implements Lookout {
    /// Whoever watches is told of every change of an alert: so words change no more often than this.
    static final Duration RENEWAL = Duration.ofMinutes(1);

    private final List<Detector> detectors;
    private final SequencedMap<String, Standing> open = new LinkedHashMap<>();

    private record Standing(Finding finding, Alert alert, Instant worded) {}

    public Alarms(AlertThresholds limits) {
        this(List.of(
                new NonFinite(NonFinite.Quantity.LOSS),
                new NonFinite(NonFinite.Quantity.GRADIENT),
                new LossSpike(limits.spike()),
                new Divergence(limits.divergence()),
                new Plateau(limits.plateau()),
                new Overfitting(limits.overfitting()),
                new Forgetting(limits.forgetting()),
                new ThroughputDrop(limits.throughput()),
                new Stuck(limits.stuck()),
                new LowDisk(limits.disk()),
                new GpuMemory(limits.gpu()),
                new RejectedRows(limits.rejected()),
                new TruncatedRows(limits.truncated()),
                new HeldCopies()));
    }

    private Alarms(List<Detector> detectors) {
        this.detectors = detectors;
    }

    @Override
    public List<Alert> look(Scene scene) {
        for (Detector detector : detectors) {
            Standing standing = open.get(detector.type());
            switch (detector.look(scene, standing == null ? null : standing.finding())) {
                case Verdict.Unknown _ -> {}
                case Verdict.Clear _ -> open.remove(detector.type());
                case Verdict.Present(Finding finding) ->
                    open.put(
                            detector.type(),
                            standing == null
                                    ? opened(detector.type(), finding, scene)
                                    : still(standing, finding, scene.at()));
            }
        }
        return open.values().stream().map(Standing::alert).toList();
    }

    private static Standing opened(String type, Finding finding, Scene scene) {
        Long newest = scene.signals().globalStep();
        Long here = newest == null ? scene.live().modelStep() : newest;
        return new Standing(
                finding,
                new Alert(
                        type,
                        finding.severity(),
                        finding.message(),
                        finding.evidence(),
                        finding.remedy(),
                        scene.at(),
                        finding.step() == null ? here : finding.step()),
                scene.at());
    }

    private static Standing still(Standing standing, Finding finding, Instant at) {
        Alert alert = standing.alert();
        // A clock that was set back renews them, too.
        if (Duration.between(standing.worded(), at).abs().compareTo(RENEWAL) < 0) {
            return new Standing(finding, alert, standing.worded());
        }
        return new Standing(
                finding,
                new Alert(
                        alert.type(),
                        finding.severity(),
                        finding.message(),
                        finding.evidence(),
                        finding.remedy(),
                        alert.since(),
                        alert.step()),
                at);
    }
}
