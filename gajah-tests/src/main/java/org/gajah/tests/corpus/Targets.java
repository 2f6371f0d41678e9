package org.gajah.tests.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where tests find the Gajah that they run against. */
public final class Targets {
    private Targets() {}

    /**
     * The server on the port of system property {@code corpus.port}; without it one in this process, with the settings of
     * {@code corpus.settings} ({@code name=value,...}) and its log in the file {@code corpus.log}. With {@code corpus.embedded}
     * true it is what {@link org.gajah.api.Gajah#open} gives, reached by the sockets of its data source.
     */
    public static Target gajah() throws IOException {
        return gajah(Map.of());
    }

    /** The same, with more settings if it is one in this process. */
    public static Target gajah(Map<String, String> more) throws IOException {
        Integer port = Integer.getInteger("corpus.port");
        if (port != null) {
            return new RunningTarget(port);
        }
        if (Boolean.getBoolean("corpus.embedded")) {
            return new EmbeddedTarget();
        }
        Map<String, String> settings = new HashMap<>(more);
        for (String setting : System.getProperty("corpus.settings", "").split(",")) {
            if (!setting.isEmpty()) {
                settings.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
            }
        }
        return new GajahTarget(settings, Optional.ofNullable(System.getProperty("corpus.log")).map(Path::of));
    }
}
