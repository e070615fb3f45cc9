package dev.stepwell.app.talk;

import dev.stepwell.app.cli.CliException;
import dev.stepwell.app.cli.ExitCode;
import dev.stepwell.torch.NativeErrors;

/// What native code throws, as users are told it.
final class NativeFault {
    private NativeFault() {}

    /// `e` by its name, with a remedy, if it came out of native code; else `e` itself.
    static RuntimeException named(RuntimeException e, String remedy) {
        return NativeErrors.translate(e)
                .<RuntimeException>map(failure -> new CliException(
                        ExitCode.FAILED, "%s: %s".formatted(failure.type(), failure.message()), remedy))
                .orElse(e);
    }
}
