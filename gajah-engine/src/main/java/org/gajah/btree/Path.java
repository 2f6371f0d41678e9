package org.gajah.btree;

import org.gajah.page.Page;

/** Where a descent without latches has come: a node, the version at which it was read, and the index taken in its parent. */
final class Path {
    Page page;
    long version;

    /** Whether what was read since the version was taken can be believed. */
    boolean isValid() {
        return page.validate(version);
    }
}
