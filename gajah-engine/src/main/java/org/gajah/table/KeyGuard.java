package org.gajah.table;

import org.gajah.base.Slice;

/** Asked before an entry is added to a unique index that has none with its key; never waits. */
public interface KeyGuard {
    /** Whether the key may be added now; if so, {@link #leave} is called when it was. */
    boolean tryEnter(Slice key);

    /** The key that was entered last has its entry. */
    void leave();
}
