package org.gajah.tests.bench;

import java.nio.file.Path;

/** An embedded database, with commits that survive a power cut unless its label says otherwise. */
enum Competitor {
    GAJAH("Gajah", ""),
    /** By its own sessions instead of JDBC. */
    GAJAH_SESSION("Gajah (session)", ""),
    /** WRITE_DELAY=0 writes at each commit but leaves the forcing to the operating system. */
    H2("H2 (WRITE_DELAY=0: not forced)", "jdbc:h2:file:%s/db;WRITE_DELAY=0;LOCK_TIMEOUT=60000"),
    /** The only way that H2 has to force a commit. */
    H2_FORCED("H2 (CHECKPOINT SYNC each)", "jdbc:h2:file:%s/db;WRITE_DELAY=0;LOCK_TIMEOUT=60000"),
    SQLITE_WAL("SQLite (WAL, FULL)", "jdbc:sqlite:%s/db?journal_mode=WAL&synchronous=FULL&busy_timeout=60000"),
    SQLITE_DELETE("SQLite (DELETE, FULL)", "jdbc:sqlite:%s/db?journal_mode=DELETE&synchronous=FULL&busy_timeout=60000"),
    DERBY("Derby", "jdbc:derby:%s/db;create=true");

    private final String label;
    private final String url;

    Competitor(String label, String url) {
        this.label = label;
        this.url = url;
    }

    String label() {
        return label;
    }

    String url(Path directory) {
        return url.formatted(directory);
    }

    /**
     * Whether one thread at a time may write: SQLite has one writer, and waiting for a lock in the process is kinder to it
     * than its busy handler, which sleeps.
     */
    boolean oneWriter() {
        return this == SQLITE_WAL || this == SQLITE_DELETE;
    }
}
