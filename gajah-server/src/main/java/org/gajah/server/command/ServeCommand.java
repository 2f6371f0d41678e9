package org.gajah.server.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.gajah.base.DiskException;
import org.gajah.base.SystemEnv;
import org.gajah.engine.Cluster;
import org.gajah.engine.Instance;
import org.gajah.server.ServerLog;
import org.gajah.server.config.ConfigError;
import org.gajah.settings.ServerSettings;
import picocli.CommandLine;

/** {@code gajah serve}: opens a data directory and serves it until a signal comes. */
@CommandLine.Command(name = "serve", description = "Serves PostgreSQL clients from a data directory.",
        mixinStandardHelpOptions = true, showDefaultValues = true)
final class ServeCommand implements Callable<Integer> {
    @CommandLine.Option(names = "--data", paramLabel = "DIR", defaultValue = "gajah-data",
            description = "Data directory, made on first start.")
    private Path data;

    @CommandLine.Option(names = "--host", paramLabel = "HOST",
            description = "What to listen on: a name, an address, * for all (listen_addresses).")
    private Optional<String> host;

    @CommandLine.Option(names = "--port", paramLabel = "PORT", description = "TCP port, 0 for any free one (port).")
    private Optional<Integer> port;

    @CommandLine.Option(names = "-c", paramLabel = "NAME=VALUE", description = "A setting; wins over postgresql.conf.")
    private Map<String, String> settings = new LinkedHashMap<>();

    /** Picocli makes it. */
    ServeCommand() {
    }

    @Override
    public Integer call() {
        Map<String, String> commandLine = new LinkedHashMap<>(settings);
        host.ifPresent(name -> commandLine.put("listen_addresses", name));
        port.ifPresent(number -> commandLine.put("port", number.toString()));
        ServerLog log = ServerLog.toStandardError();
        try {
            RunningServer server = RunningServer.start(data, commandLine, ServeCommand::openEngine, log);
            Signals.onFirst(() -> stop(server, log));
            System.out.println("gajah: ready on " + server.address());
            server.awaitEnd();
            return 0;
        } catch (ConfigError | DiskException e) {
            System.err.println("gajah: " + e.getMessage());
            return 1;
        }
    }

    /** Opens the engine on a directory of its own. */
    static Cluster openEngine(Path directory, ServerSettings settings) {
        return Instance.open(SystemEnv.of(directory), settings);
    }

    private static void stop(RunningServer server, ServerLog log) {
        log.log("LOG", "received fast shutdown request");
        try {
            server.close();
            log.log("LOG", "database system is shut down");
        } catch (RuntimeException | Error e) {
            log.log("PANIC", "the shutdown failed; the next start recovers", e);
            Runtime.getRuntime().halt(1);
        }
    }
}
