package org.gajah.btree;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.page.PageSpace;

/** What is said of a tree that is not what it should be. */
final class Corruption {
    private Corruption() {}

    static SqlError in(PageSpace space, String what) {
        return new SqlError(SqlState.INDEX_CORRUPTED, "index " + Integer.toUnsignedString(space.relation()) + " of database "
                + Integer.toUnsignedString(space.database()) + " is corrupted: " + what);
    }
}
