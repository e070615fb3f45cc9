package dev.stepwell.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TorchRuntimeTest {
    @Test
    void aLibraryThatTheNativesNeedAndTheMachineLacksIsNamed() {
        Throwable told = new UnsatisfiedLinkError("no jnitorch in java.library.path: /lib");
        told.initCause(new UnsatisfiedLinkError("/cache/pytorch/libjnitorch.so: libcupti.so.13: cannot open shared"
                + " object file: No such file or directory"));
        assertThat(TorchRuntime.whyNot(told))
                .startsWith("this machine has no libcupti.so.13, which it needs.")
                .contains("LD_LIBRARY_PATH");
    }

    @Test
    void whateverElseStandsInTheWayIsToldAsItIs() {
        assertThat(TorchRuntime.whyNot(new UnsatisfiedLinkError("no jnitorch in java.library.path: /lib")))
                .startsWith("no jnitorch in java.library.path: /lib. Build Stepwell on this kind of machine");
    }
}
