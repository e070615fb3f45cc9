package dev.stepwell.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.daemon.StatusWitness;
import dev.stepwell.app.daemon.Workshop;
import dev.stepwell.core.queue.FaultPoint;
import dev.stepwell.torch.checkpoint.SavePoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real daemon, killed once at every named moment and at a few random ones, ends as if nothing had happened.
///
/// `bench/kill.sh` does the same some hundreds of times, see [KillCampaignTest].
class KilledEverywhereTest {
    /// In the order in which they come in the life of a queue, so that each is reached.
    private static final List<Death> DEATHS = List.of(
            Death.at(FaultPoint.TAKING_RECORDED, 1),
            Death.at(FaultPoint.TAKING_COUNTED, 1),
            Death.at(FaultPoint.TAKING_DONE, 1),
            Death.at(FaultPoint.CLAIMED, 1),
            Death.at(SavePoint.DIRECTORY_MADE, 1),
            Death.at(SavePoint.FILE_WRITTEN, 1),
            Death.at(SavePoint.FILE_WRITTEN, 5),
            Death.at(SavePoint.MANIFEST_WRITTEN, 1),
            Death.at(SavePoint.FLUSHED, 1),
            Death.at(SavePoint.RENAMED, 1),
            Death.at(SavePoint.ROOT_FILE_REPLACED, 3),
            Death.at(FaultPoint.TRAINED, 1),
            Death.at(FaultPoint.REPORT_WRITTEN, 1),
            Death.at(FaultPoint.ROW_SETTLED, 1),
            Death.at(FaultPoint.FILE_RETIRED, 1),
            Death.at(SavePoint.OLD_SET_ASIDE, 1),
            Death.at(SavePoint.OLD_DELETED, 1),
            new Death.After(Duration.ofMillis(300)));

    @TempDir
    Path folder;

    @Test
    void aDaemonKilledAtEveryNamedMomentLosesNothingAndRepeatsNothing() throws Exception {
        Map<String, String> undisturbed = Undisturbed.model(folder);
        Workshop workshop = Coursework.in(folder.resolve("killed"));
        Mortals mortals = new Mortals(workshop, folder.resolve("killed.log"));
        List<Death> survived = new ArrayList<>();

        StatusWitness.Seen seen = StatusWitness.watching(workshop.statusFile(), () -> {
            for (Death death : DEATHS) {
                if (!mortals.dies(death)) {
                    survived.add(death);
                }
            }
            mortals.finishes();
        });

        assertThat(survived).as("moments that never came").isEmpty();
        Aftermath.judge(workshop, undisturbed);
        Aftermath.judgeShown(seen.versions());
        assertThat(seen.reads()).isGreaterThan(1_000);
    }

    /// A batch that is in the queue directory but not counted is reached only by a daemon that takes it.
    @Test
    void aDaemonKilledWhenItHasMovedABatchAndThenAtRandomLosesNothingAndRepeatsNothing() throws Exception {
        Map<String, String> undisturbed = Undisturbed.model(folder);
        Workshop workshop = Coursework.in(folder.resolve("killed"));
        Mortals mortals = new Mortals(workshop, folder.resolve("killed.log"));
        SplittableRandom random = new SplittableRandom(5);

        StatusWitness.Seen seen = StatusWitness.watching(workshop.statusFile(), () -> {
            assertThat(mortals.dies(Death.at(FaultPoint.TAKING_MOVED, 1))).isTrue();
            for (int i = 0; i < 4; i++) {
                mortals.dies(new Death.After(Duration.ofMillis(random.nextInt(200, 2_500))));
            }
            mortals.finishes();
        });

        Aftermath.judge(workshop, undisturbed);
        Aftermath.judgeShown(seen.versions());
    }
}
