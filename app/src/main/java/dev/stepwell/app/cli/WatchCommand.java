package dev.stepwell.app.cli;

import dev.stepwell.app.text.Printable;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
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
            "  ./stepwell watch --url https://HOST:7878 --token-file web.token --certificate own.pem",
            "                                               one that other machines can reach",
            "  ./stepwell watch > progress.log              lines for a file"
        })
final class WatchCommand extends BaseCommand {
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final String KEY = "key=";
    private static final int HIGHEST_PORT = 65_535;

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

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description =
                    "Certificates in PEM to be trusted for --url besides those that Java trusts: the daemon's own,"
                            + " or that of the authority that signed it.")
    private @Nullable Path certificate;

    WatchCommand(Operations operations, Map<String, String> environment) {
        super(operations, environment);
        this.environment = environment;
    }

    @Override
    ExitCode execute() throws IOException {
        Operations.WatchRequest.Target target = url == null ? near() : remote(url);
        return operations.watch(new Operations.WatchRequest(
                target, environment, spec.commandLine().getOut()));
    }

    private Operations.WatchRequest.Base near() {
        if (tokenFile != null || certificate != null) {
            String option = tokenFile != null ? "--token-file" : "--certificate";
            throw new ParameterException(spec.commandLine(), option + " is of use with --url only");
        }
        return new Operations.WatchRequest.Base(existingBase());
    }

    private Operations.WatchRequest.Url remote(String address) {
        try {
            URI uri = new URI(address.strip());
            if (!SCHEMES.contains(String.valueOf(uri.getScheme()))
                    || uri.getHost() == null
                    || uri.getPort() > HIGHEST_PORT) {
                throw notAnAddress(address);
            }
            if (certificate != null && !uri.getScheme().equals("https")) {
                throw new ParameterException(spec.commandLine(), "--certificate is of use with https:// only");
            }
            String fragment = uri.getFragment();
            Optional<String> key = fragment != null && fragment.startsWith(KEY)
                    ? Optional.of(fragment.substring(KEY.length()))
                    : Optional.empty();
            return new Operations.WatchRequest.Url(
                    new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), "/", null, null),
                    key,
                    Optional.ofNullable(tokenFile)
                            .map(file -> TokenFile.read(file, spec.commandLine().getErr())),
                    Optional.ofNullable(certificate));
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
}
