package org.gajah.engine;

import org.gajah.base.Slice;

/** The client's data during COPY FROM STDIN. */
public interface CopyInput {
    /**
     * The next run of bytes, cut anywhere; an empty slice is the end. Valid until the next call. Blocks; a cancelled statement
     * wakes it.
     *
     * @throws org.gajah.api.SqlError 57014 if the client ended the copy with a failure, 08P01 for a message out of place
     */
    Slice next();
}
