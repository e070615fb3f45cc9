package dev.stepwell.app.cli;

import dev.stepwell.app.text.Printable;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

@Command(
        name = "watch",
        description = {
            "Watch a daemon on a full screen, with keys to pause, resume, skip and stop it.",
            "Where standard output is no terminal: a line for each change, until the daemon ends."
        },
        footer = {
            "",
            "Examples:",
            "  ./stepwell watch                             the daemon of the base directory",
            "  ./stepwell watch --url \"$(ssh HOST ./stepwell dashboard)\"",
            "                                               one elsewhere, its port forwarded",
            "  ./stepwell watch > progress.log              lines for a file"
        })
final class WatchCommand extends BaseCommand {
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final String KEY = "key=";

    private final Map<String, String> environment;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "A daemon reached by HTTP instead of the base directory: a link that `dashboard` printed,"
                    + " or http://127.0.0.1:PORT, which without --token-file is read only.")
    private @Nullable String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the token for --url and nothing else.")
    private @Nullable Path tokenFile;

    WatchCommand(Operations operations, Map<String, String> environment) {
        super(operations, environment);
        this.environment = environment;
    }

    @Override
    ExitCode execute() throws IOException {
        if (url == null && tokenFile != null) {
            throw new ParameterException(spec.commandLine(), "--token-file is of use with --url only");
        }
        Operations.WatchRequest.Target target =
                url == null ? new Operations.WatchRequest.Base(existingBase()) : remote(url);
        return operations.watch(new Operations.WatchRequest(
                target, environment, spec.commandLine().getOut()));
    }

    private Operations.WatchRequest.Url remote(String address) {
        try {
            URI uri = new URI(address.strip());
            if (!SCHEMES.contains(String.valueOf(uri.getScheme())) || uri.getHost() == null) {
                throw notAnAddress(address);
            }
            String fragment = uri.getFragment();
            Optional<String> key = fragment != null && fragment.startsWith(KEY)
                    ? Optional.of(fragment.substring(KEY.length()))
                    : Optional.empty();
            return new Operations.WatchRequest.Url(
                    new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), "/", null, null), key, token());
        } catch (URISyntaxException _) {
            throw notAnAddress(address);
        }
    }

    private ParameterException notAnAddress(String address) {
        return new ParameterException(
                spec.commandLine(),
                "--url '%s' is no address of a daemon, such as http://127.0.0.1:8765"
                        .formatted(Printable.brief(address)));
    }

    private Optional<String> token() {
        if (tokenFile == null) {
            return Optional.empty();
        }
        try {
            String token = Files.readString(tokenFile).strip();
            if (!token.matches("[\\x21-\\x7e]+")) {
                throw new CliException(
                        ExitCode.USAGE, "%s holds no token".formatted(tokenFile), "it must hold the token alone");
            }
            return Optional.of(token);
        } catch (IOException e) {
            throw new CliException(
                    ExitCode.USAGE,
                    "the token file %s cannot be read: %s".formatted(tokenFile, e),
                    "name a file that holds the token and that you may read");
        }
    }
}
