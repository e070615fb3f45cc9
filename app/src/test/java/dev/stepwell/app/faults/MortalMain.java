package dev.stepwell.app.faults;

import dev.stepwell.app.cli.Cli;
import dev.stepwell.app.daemon.DaemonOperations;
import dev.stepwell.app.daemon.FaultObservers;
import dev.stepwell.app.logging.Logging;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// The real program, which sends itself `SIGKILL` when it comes to a named moment for the k-th time:
/// `MortalMain POINT K ARGUMENTS…`.
public final class MortalMain {
    private MortalMain() {}

    public static void main(String[] args) {
        String point = args[0];
        AtomicInteger left = new AtomicInteger(Integer.parseInt(args[1]));
        Sigkill kill = new Sigkill();
        FaultObservers faults = new FaultObservers(
                reached -> dieIf(reached.name().equals(point) && left.decrementAndGet() == 0, kill),
                reached -> dieIf(reached.name().equals(point) && left.decrementAndGet() == 0, kill));
        Logging.silence();
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(new Cli(new DaemonOperations(faults), Map.of(), out, err)
                .execute(Arrays.copyOfRange(args, 2, args.length)));
    }

    private static void dieIf(boolean now, Sigkill kill) {
        if (now) {
            kill.now();
        }
    }
}
