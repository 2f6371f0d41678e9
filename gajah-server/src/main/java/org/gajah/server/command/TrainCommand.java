package org.gajah.server.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.gajah.server.ServerLog;
import org.gajah.server.config.ConfigError;
import picocli.CommandLine;

/**
 * {@code gajah train}: starts a server, has a client work with it for a moment and stops it, so that the build can keep what the
 * JVM loaded and linked meanwhile, and a new cluster's files.
 */
@CommandLine.Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {
    @CommandLine.Option(names = "--data", required = true)
    private Path data;

    /** Picocli makes it. */
    TrainCommand() {
    }

    /** Makes and closes a cluster, which then is the template that {@code -Dgajah.template} names, and works with a copy. */
    @Override
    public Integer call() throws IOException, ConfigError {
        Map<String, String> settings = Map.of("port", "0", "fsync", "off");
        ServerLog log = ServerLog.toStandardError();
        Path made = data.resolve("made");
        RunningServer.start(made, settings, ServeCommand::openEngine, log).close();
        Path template = Path.of(System.getProperty("gajah.template"));
        Files.move(made.resolve(RunningServer.STORAGE), template);
        try (RunningServer server = RunningServer.start(data.resolve("used"), settings, ServeCommand::openEngine, log)) {
            Signals.onFirst(server::close);
            Training.work(server.server().addresses().getFirst());
            System.out.println("gajah: trained on " + server.address());
        }
        return 0;
    }
}
