package org.gajah.server.command;

import java.nio.file.Path;
import java.util.Map;
import org.gajah.base.SystemEnv;
import org.gajah.engine.Cluster;
import org.gajah.engine.Instance;
import org.gajah.server.ServerLog;
import org.gajah.server.config.ConfigError;
import org.gajah.settings.ServerSettings;

/** {@code gajah serve}: opens a data directory and serves it until a signal comes. */
final class Serving {
    private Serving() {
    }

    static void serve(Path data, Map<String, String> settings, ServerLog log) throws ConfigError {
        RunningServer server = RunningServer.start(data, settings, Serving::openEngine, log);
        Signals.onFirst(() -> stop(server, log));
        if (!Signals.onHangUp(server::reload)) {
            log.log("LOG", "this system has no SIGHUP; pg_reload_conf() reads the files again");
        }
        System.out.println("gajah: ready on " + server.address());
        server.awaitEnd();
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
