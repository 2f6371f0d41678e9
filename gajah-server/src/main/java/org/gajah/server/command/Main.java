package org.gajah.server.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import picocli.CommandLine;

/** {@code gajah}: without a subcommand it serves. */
@CommandLine.Command(name = "gajah", description = "PostgreSQL for the JVM.", subcommands = {ServeCommand.class, TrainCommand.class},
        mixinStandardHelpOptions = true, versionProvider = Main.Version.class, synopsisSubcommandLabel = "[serve]")
public final class Main {
    private Main() {
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(withSubcommand(arguments)));
    }

    /** {@code gajah --port 5433} means {@code gajah serve --port 5433}. */
    private static String[] withSubcommand(String[] arguments) {
        boolean ownOption = arguments.length > 0
                && (Arrays.asList("-h", "--help", "-V", "--version").contains(arguments[0]) || !arguments[0].startsWith("-"));
        return ownOption ? arguments
                : Stream.concat(Stream.of("serve"), Arrays.stream(arguments)).toArray(String[]::new);
    }

    /** What {@code --version} says. */
    static final class Version implements CommandLine.IVersionProvider {
        /** Picocli makes it. */
        Version() {
        }

        @Override
        public String[] getVersion() throws IOException {
            try (InputStream text = Main.class.getResourceAsStream("version.txt")) {
                String version = new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
                return new String[] {"gajah " + version + ", compatible with PostgreSQL 18.6"};
            }
        }
    }
}
