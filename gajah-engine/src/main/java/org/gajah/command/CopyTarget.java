package org.gajah.command;

import org.gajah.base.Slice;

/** Where COPY TO puts its rows. */
@FunctionalInterface
public interface CopyTarget {
    /** One row or header with its line end. */
    void write(Slice row);
}
