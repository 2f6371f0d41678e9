package org.gajah.btree;

import org.gajah.page.PageSpace;
import org.gajah.table.EntryTree;
import org.gajah.table.IndexMethod;

/** B+trees, as the storage makes and opens them. */
public final class BTreeMethod implements IndexMethod {
    /** The one there is needs no settings. */
    public BTreeMethod() {}

    @Override
    public EntryTree create(PageSpace space) {
        return BTree.create(space);
    }

    @Override
    public EntryTree open(PageSpace space) {
        return new BTree(space);
    }
}
