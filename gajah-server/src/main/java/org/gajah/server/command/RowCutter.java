package org.gajah.server.command;

import java.io.IOException;
import java.util.Optional;

/** Cuts a file into rows. */
interface RowCutter {
    /** Bytes of the file in front of the next row. */
    long position();

    /** The next row as it is in the file; empty at the end. */
    Optional<byte[]> next() throws IOException;
}
