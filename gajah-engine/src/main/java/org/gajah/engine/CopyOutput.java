package org.gajah.engine;

import org.gajah.base.Slice;

/** Where COPY TO STDOUT writes. */
public interface CopyOutput {
    /** One row, header or trailer; one CopyData message. May block. */
    void write(Slice data);
}
