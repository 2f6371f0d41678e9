package org.gajah.api;

import java.nio.file.Path;
import java.util.Map;

/** Makes embedded clusters; found by {@link java.util.ServiceLoader}. Programs use {@link Gajah} instead. */
public interface GajahProvider {
    /** Opens a data directory with these settings on top of its postgresql.conf; without listen_addresses nothing listens. */
    Gajah open(Path directory, Map<String, String> settings);

    /** A new cluster in memory. */
    Gajah inMemory();
}
