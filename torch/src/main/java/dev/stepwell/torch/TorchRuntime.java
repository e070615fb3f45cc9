package dev.stepwell.torch;

import dev.stepwell.core.training.TrainerUnavailableException;
import dev.stepwell.torch.model.Hardware;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/// The native library as this process has it.
///
/// @param version  of libtorch, such as `2.10.0`
/// @param threads  that training may use
/// @param platform for which the natives were built, such as `linux-x86_64`
public record TorchRuntime(String version, int threads, String platform) {
    /// What the dynamic linker of Linux says of a library that another one needs.
    private static final Pattern MISSING = Pattern.compile("(\\S+\\.so[.\\d]*): cannot open shared object file");

    /// libtorch on its way into memory, which takes a second that others can use.
    public static final class Loading implements AutoCloseable {
        private final ExecutorService executor = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("load-libtorch").factory());
        private final Future<?> task = executor.submit(() -> {
            new NativeCache(Loader.getCacheDir().toPath()).use(() -> Loader.load(torch.class));
            return null;
        });

        private Loading() {
            executor.shutdown();
        }

        private void await() {
            try {
                task.get();
            } catch (ExecutionException e) {
                throw unavailable(e.getCause() == null ? e : e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TrainerUnavailableException("interrupted while libtorch was loaded", e);
            }
        }

        /// Waits until nothing is being loaded: a process that ends meanwhile crashes in native code.
        @Override
        public void close() {
            executor.close();
        }
    }

    /// Begins to load libtorch on a thread of its own. What goes wrong is told by [#start].
    public static Loading load() {
        return new Loading();
    }

    /// Waits until libtorch is loaded and sets its threads for the calling thread, which must be the one that
    /// trains: libtorch keeps that number per thread.
    ///
    /// @param threads 0 for as many as the machine has cores
    /// @throws TrainerUnavailableException if the natives are missing or cannot be loaded
    public static TorchRuntime start(Loading loading, int threads) {
        loading.await();
        int wanted = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        torch.set_num_threads(wanted);
        return new TorchRuntime(versionOf(torch.show_config().getString()), wanted, Loader.getPlatform());
    }

    /// Makes sure that there is what is to be computed on.
    ///
    /// @throws TrainerUnavailableException if libtorch has not found it, with the remedies
    public static void require(Hardware hardware) {
        if (hardware.equals(Hardware.CUDA) && !torch.cuda_is_available()) {
            throw new TrainerUnavailableException(
                    "device is \"cuda\", but libtorch finds no such device. Build with mvn -Pcuda package, see that nvidia-smi lists one, or set device to \"cpu\".");
        }
    }

    private static TrainerUnavailableException unavailable(Throwable cause) {
        return new TrainerUnavailableException(
                "libtorch cannot be loaded on %s: %s".formatted(Loader.getPlatform(), whyNot(cause)), cause);
    }

    /// What stood in the way, and the remedy. JavaCPP tries one way after another: what went wrong first lies deepest.
    static String whyNot(Throwable thrown) {
        Throwable first = thrown;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        Matcher library = MISSING.matcher(String.valueOf(first.getMessage()));
        if (library.find()) {
            return ("this machine has no %s, which it needs. Install it, or name the folder where it is in"
                            + " LD_LIBRARY_PATH; what a build for CUDA needs is in docs/models.md.")
                    .formatted(library.group(1));
        }
        return ("%s. Build Stepwell on this kind of machine, so that its natives are in the build, and see that the"
                        + " cache folder is writable.")
                .formatted(NativeErrors.firstLine(first));
    }

    /// libtorch names its version only in the description of its build: `…, TORCH_VERSION=2.10.0, …`.
    private static String versionOf(String description) {
        String key = "TORCH_VERSION=";
        int start = description.indexOf(key);
        if (start < 0) {
            return "unknown";
        }
        int end = description.indexOf(',', start);
        return description.substring(start + key.length(), end < 0 ? description.length() : end);
    }
}
