package org.gajah.command;

import java.util.List;

import org.gajah.base.ByteSink;
import org.gajah.vector.Batch;

/** How COPY TO writes rows. */
interface CopyRowFormat {
    /** What stands before the rows and is sent with the first of them. */
    void header(List<String> columns, ByteSink out);

    /** Whether the header is sent by itself. */
    boolean headerStandsAlone();

    void row(Batch batch, int row, ByteSink out);

    /** What stands behind the rows. */
    void trailer(ByteSink out);
}
