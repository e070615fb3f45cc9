package dev.stepwell.app.faults;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// `SIGKILL` for this very process. Made early, so that [#now] takes no longer than the call.
final class Sigkill {
    private static final int SIGKILL = 9;

    private final MethodHandle kill;

    /// `int kill(pid_t, int)` of the C library: unlike an exit or a halt it leaves no thread an instruction more.
    @SuppressWarnings("restricted") // The test is started with --enable-native-access.
    Sigkill() {
        Linker linker = Linker.nativeLinker();
        kill = linker.downcallHandle(
                linker.defaultLookup().find("kill").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    }

    void now() {
        try {
            int failed = (int) kill.invokeExact((int) ProcessHandle.current().pid(), SIGKILL);
            throw new IllegalStateException("kill returned " + failed);
        } catch (Throwable e) {
            throw new IllegalStateException("survived its own SIGKILL", e);
        }
    }
}
