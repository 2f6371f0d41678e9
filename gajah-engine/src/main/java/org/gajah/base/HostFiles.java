package org.gajah.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The machine's own files and programs, outside of the data directory, for those whom the server lets use them. */
public interface HostFiles {
    /** Opens a file for reading; a relative path starts in the data directory. */
    InputStream read(String path) throws IOException;

    /** Bytes of a file, 0 if that cannot be said. */
    long size(String path);

    /** Makes a file, or empties it, for writing. */
    OutputStream write(String path) throws IOException;

    /** Starts a shell command. */
    Program start(String command) throws IOException;

    /** A running command. */
    interface Program {
        /** What it writes to its standard output. */
        InputStream output();

        /** What it reads from its standard input. */
        OutputStream input();

        /** Waits for its end and gives its exit code. */
        int await();

        /** Ends it at once. */
        void kill();
    }
}
