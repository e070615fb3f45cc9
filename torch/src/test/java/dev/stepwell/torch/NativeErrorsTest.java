package dev.stepwell.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/// Errors are libtorch's own: its messages are what must be understood.
class NativeErrorsTest {
    @Test
    void tensorsThatDoNotFitAreAShapeMismatch() {
        assertType("ShapeMismatch", () -> torch.mm(torch.zeros(2, 3), torch.zeros(2, 3)));
        assertType("ShapeMismatch", () -> torch.zeros(2, 3).add(torch.zeros(4)));
        assertType("ShapeMismatch", () -> torch.zeros(6).view(4));
    }

    @Test
    void idsBeyondTheVocabularyAreOutOfRange() {
        assertType("IndexOutOfRange", () -> torch.embedding(torch.zeros(2, 3), torch.tensor(new long[] {5})));
    }

    @Test
    void moreMemoryThanThereIsIsOutOfMemory() {
        assertType("OutOfMemory", () -> torch.zeros(1L << 50));
    }

    @Test
    void messagesAreOneLineWithoutANativeStackTrace() {
        Throwable thrown = catchThrowable(() -> torch.mm(torch.zeros(2, 3), torch.zeros(2, 3)));
        assertThat(NativeErrors.translate(thrown).orElseThrow().message())
                .hasLineCount(1)
                .contains("mat1 and mat2 shapes cannot be multiplied");
    }

    @Test
    void faultsOfOurOwnAreNotPassedOffAsExpectedFailures() {
        assertThat(NativeErrors.translate(new IllegalStateException("shape"))).isEmpty();
        assertThat(NativeErrors.translate(new RuntimeException("a bug"))).isEmpty();
    }

    @Test
    void theRuntimeKnowsItsVersionAndThreads() {
        TorchRuntime runtime = TorchRuntime.start(TorchRuntime.load(), 1);
        assertThat(runtime.version()).startsWith("2.");
        assertThat(runtime.threads()).isEqualTo(1);
        assertThat(torch.get_num_threads()).isEqualTo(1);
        assertThat(runtime.platform()).isNotBlank();
    }

    private static void assertType(String type, Runnable failing) {
        try (var _ = new PointerScope()) {
            Throwable thrown = catchThrowable(failing::run);
            assertThat(thrown).isNotNull();
            assertThat(NativeErrors.translate(thrown).orElseThrow().type()).isEqualTo(type);
        }
    }
}
