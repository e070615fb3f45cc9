package dev.stepwell.app.process;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// The end of this process, whatever it is busy with. Made early, so that [#now] takes no longer than the call.
///
/// [Runtime#halt] runs no hooks of Java's, but ends by `exit(3)`, which runs the destructors of native libraries while
/// their threads still compute: libtorch then dies of a segmentation fault, with a crash log, instead of the exit code
/// that was meant. `_exit(2)` runs nothing. Where there is no such function, it is [Runtime#halt].
public final class ImmediateExit {
    private final Optional<MethodHandle> exit;

    @SuppressWarnings("restricted") // `void _exit(int)`, as POSIX says.
    public ImmediateExit() {
        Linker linker = Linker.nativeLinker();
        exit = linker.defaultLookup()
                .find("_exit")
                .map(function -> linker.downcallHandle(function, FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT)));
    }

    /// Does not return.
    ///
    /// @param code what whoever started this process is told
    public void now(int code) {
        try {
            if (exit.isPresent()) {
                exit.get().invokeExact(code);
            }
        } catch (Throwable e) {
            throw new IllegalStateException("_exit(2) takes an int", e);
        }
        Runtime.getRuntime().halt(code);
    }
}
