package dev.stepwell.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// Which Stepwell this is, from what Maven writes into its jar.
public final class Version implements IVersionProvider {
    private static final String PROPERTIES = "/META-INF/maven/dev.stepwell/stepwell-app/pom.properties";

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {
            "Stepwell %s (Java %s, %s %s)"
                    .formatted(
                            number(),
                            Runtime.version().feature(),
                            System.getProperty("os.name"),
                            System.getProperty("os.arch"))
        };
    }

    /// Its number, in words if it has none.
    public static String number() throws IOException {
        try (InputStream in = Version.class.getResourceAsStream(PROPERTIES)) {
            if (in == null) {
                return "built from source, not packaged";
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "of unknown number");
        }
    }
}
