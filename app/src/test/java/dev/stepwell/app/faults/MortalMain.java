package dev.stepwell.app.faults;

import dev.stepwell.app.cli.Cli;
import dev.stepwell.app.daemon.DaemonOperations;
import dev.stepwell.app.daemon.FaultObservers;
import dev.stepwell.app.logging.Logging;
import java.io.PrintWriter;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// The real program, which sends itself `SIGKILL` when it comes to a named moment for the k-th time:
/// `MortalMain POINT K ARGUMENTS…`.
public final class MortalMain {
    private static final int SIGKILL = 9;

    private MortalMain() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        String point = args[0];
        AtomicInteger left = new AtomicInteger(Integer.parseInt(args[1]));
        MethodHandle kill = killer();
        FaultObservers faults = new FaultObservers(
                reached -> dieIf(reached.name().equals(point) && left.decrementAndGet() == 0, kill),
                reached -> dieIf(reached.name().equals(point) && left.decrementAndGet() == 0, kill));
        Logging.silence();
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(new Cli(new DaemonOperations(faults), Map.of(), out, err)
                .execute(Arrays.copyOfRange(args, 2, args.length)));
    }

    private static void dieIf(boolean now, MethodHandle kill) {
        if (!now) {
            return;
        }
        try {
            int failed = (int) kill.invokeExact((int) ProcessHandle.current().pid(), SIGKILL);
            throw new IllegalStateException("kill returned " + failed);
        } catch (Throwable e) {
            throw new IllegalStateException("survived its own SIGKILL", e);
        }
    }

    /// `int kill(pid_t, int)` of the C library: unlike an exit or a halt it leaves no thread an instruction more.
    @SuppressWarnings("restricted") // The test is started with --enable-native-access.
    private static MethodHandle killer() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().find("kill").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    }
}
