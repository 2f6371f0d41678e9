package org.gajah.table;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;

/** How the values of an {@code OBJECT} carrier lie on a page. Total and exact: what is stored is what is loaded. */
public interface StoredForm {
    /** Appends the bytes of {@code value}, which is not null. */
    void store(Object value, ByteSink out);

    /** The value of bytes written by {@link #store}; it must not keep {@code in}, whose bytes change. */
    Object load(Slice in);
}
