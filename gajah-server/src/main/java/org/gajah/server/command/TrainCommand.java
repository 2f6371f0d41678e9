package org.gajah.server.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.gajah.server.ServerLog;
import org.gajah.server.config.ConfigError;
import picocli.CommandLine;

/**
 * {@code gajah train}: starts a server, has a client work with it for a moment and stops it, so that the build can keep what the
 * JVM loaded and linked meanwhile.
 */
@CommandLine.Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {
    @CommandLine.Option(names = "--data", required = true)
    private Path data;

    /** Picocli makes it. */
    TrainCommand() {
    }

    @Override
    public Integer call() throws IOException, ConfigError {
        try (RunningServer server = RunningServer.start(data, Map.of("port", "0", "fsync", "off"),
                ServeCommand::openEngine, ServerLog.toStandardError())) {
            Signals.onFirst(server::close);
            Training.work(server.server().addresses().getFirst());
            System.out.println("gajah: trained on " + server.address());
        }
        return 0;
    }
}
