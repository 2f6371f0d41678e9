package org.gajah.command;

import org.gajah.base.Slice;

/** Where COPY FROM gets its bytes. */
@FunctionalInterface
public interface CopySource {
    /** The next run of bytes, cut anywhere and valid until the next call; an empty one is the end. */
    Slice next();
}
