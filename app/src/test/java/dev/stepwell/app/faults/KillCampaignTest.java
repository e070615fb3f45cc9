package dev.stepwell.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.daemon.StatusWitness;
import dev.stepwell.app.daemon.Workshop;
import dev.stepwell.core.queue.FaultPoint;
import dev.stepwell.torch.checkpoint.SavePoint;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Kills the real daemon some hundreds of times, at named moments and at random ones, in one base directory after
/// another, and judges each. Run by `bench/kill.sh`; what it found is in docs/proof.md.
@EnabledIfSystemProperty(named = "stepwell.kills", matches = "\\d+", disabledReason = "runs for many minutes")
class KillCampaignTest {
    private static final int KILLS_A_DIRECTORY = 20;
    /// Moments that come when a batch is taken, which is the first thing that happens to a base directory.
    private static final List<FaultPoint> TAKING = List.of(
            FaultPoint.TAKING_RECORDED, FaultPoint.TAKING_MOVED, FaultPoint.TAKING_COUNTED, FaultPoint.TAKING_DONE);

    private final PrintStream out = System.out;
    private final Map<String, Integer> deaths = new TreeMap<>();

    @TempDir
    Path folder;

    @Test
    void howeverOftenADaemonIsKilledNothingIsLostAndNothingIsRepeated() throws Exception {
        int wanted = Integer.getInteger("stepwell.kills");
        long seed = Long.getLong("stepwell.kills.seed", 20_260_101);
        SplittableRandom random = new SplittableRandom(seed);
        long began = System.nanoTime();
        Map<String, String> undisturbed = Undisturbed.model(folder);
        int kills = 0;
        int starts = 0;
        int directories = 0;
        long reads = 0;
        long versions = 0;
        while (kills < wanted) {
            Path root = folder.resolve("killed-" + ++directories);
            Workshop workshop = Coursework.in(root);
            Mortals mortals = new Mortals(workshop, folder.resolve("killed-" + directories + ".log"));
            StatusWitness.Seen seen = StatusWitness.watching(workshop.statusFile(), () -> killOften(mortals, random));
            Aftermath.judge(workshop, undisturbed);
            Aftermath.judgeShown(seen.versions());
            kills += mortals.kills();
            starts += mortals.starts();
            reads += seen.reads();
            versions += seen.versions().size();
            out.printf("directory %d: %d kills, all well; %d in all%n", directories, mortals.kills(), kills);
        }
        out.printf(
                "%n%d kills in %d starts over %d base directories, seed %d, in %d s%n",
                kills,
                starts,
                directories,
                seed,
                Duration.ofNanos(System.nanoTime() - began).toSeconds());
        out.printf("the status file was read %d times; %d versions were seen, all valid%n", reads, versions);
        out.printf("every file's rows sum up, every model is bit-identical to the undisturbed one%n%nkilled at%n");
        deaths.forEach((death, times) -> out.printf("  %-22s %4d%n", death, times));
        assertThat(kills).isGreaterThanOrEqualTo(wanted);
    }

    private void killOften(Mortals mortals, SplittableRandom random) throws Exception {
        Death first = Death.at(TAKING.get(random.nextInt(TAKING.size())), 1);
        for (Death death = first; mortals.kills() < KILLS_A_DIRECTORY; death = any(random)) {
            if (!mortals.dies(death)) {
                return; // It came to its end before that: the queue is drained.
            }
            deaths.merge(death instanceof Death.At(String point, int _) ? point : "at random", 1, Integer::sum);
        }
        mortals.finishes();
    }

    private static Death any(SplittableRandom random) {
        if (random.nextInt(3) == 0) {
            return new Death.After(Duration.ofMillis(random.nextInt(100, 2_000)));
        }
        List<String> points = Stream.concat(
                        Stream.of(FaultPoint.values())
                                .filter(p -> !TAKING.contains(p) || p == FaultPoint.TAKING_COUNTED)
                                .map(Enum::name),
                        // A checkpoint of a step that is there already is never saved by a daemon.
                        Stream.of(SavePoint.values())
                                .filter(p -> p != SavePoint.SAME_STEP_SET_ASIDE)
                                .map(Enum::name))
                .toList();
        String point = points.get(random.nextInt(points.size()));
        return new Death.At(point, random.nextInt(1, point.equals(SavePoint.FILE_WRITTEN.name()) ? 9 : 3));
    }
}
