package dev.stepwell.app.daemon;

import dev.stepwell.app.cli.CliException;
import dev.stepwell.app.cli.ExitCode;
import dev.stepwell.app.cli.Operations.MergeRequest;
import dev.stepwell.torch.TorchRuntime;
import dev.stepwell.torch.checkpoint.AdapterConfigJson;
import dev.stepwell.torch.pretrained.AdapterMerge;
import dev.stepwell.torch.pretrained.PretrainedModel;
import dev.stepwell.torch.safetensors.CorruptFileException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;

/// Merges an adapter into its model, and says how far it is.
final class MergeReport {
    private MergeReport() {}

    static ExitCode print(MergeRequest request) throws IOException {
        try (TorchRuntime.Loading natives = TorchRuntime.load()) {
            TorchRuntime.start(natives, 0);
            Path folder = request.model().isPresent()
                    ? request.model().get()
                    : AdapterConfigJson.modelOf(request.adapter().resolve("adapter_config.json"));
            PretrainedModel model = PretrainedModel.open(folder);
            AdapterMerge.write(model, request.adapter(), request.target(), (file, done, of) -> {
                request.out().printf("%d of %d: %s%n", done, of, file.getFileName());
                request.out().flush();
            });
        } catch (CorruptFileException | FileNotFoundException e) {
            throw new CliException(
                    ExitCode.FAILED, String.valueOf(e.getMessage()), "--adapter and --model name other folders");
        }
        request.out().printf("The model is in %s%n", request.target());
        request.out().flush();
        return ExitCode.OK;
    }
}
