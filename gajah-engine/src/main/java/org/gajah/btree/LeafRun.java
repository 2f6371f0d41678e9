package org.gajah.btree;

import java.util.Optional;

import org.gajah.page.Page;
import org.gajah.table.EntryBatch;
import org.gajah.table.EntryTree;
import org.gajah.table.KeyGuard;

/** Adds sorted entries to one leaf, which is latched exclusively, as long as they belong to it and fit. */
final class LeafRun {
    private final BTree tree;
    private final Page leaf;
    private final EntryBatch entries;
    private final Optional<KeyGuard> guard;
    private boolean full;
    /** Where in the node the entry before was put; -2 if there is none. */
    private int last = -2;

    LeafRun(BTree tree, Page leaf, EntryBatch entries, Optional<KeyGuard> guard) {
        this.tree = tree;
        this.leaf = leaf;
        this.entries = entries;
        this.guard = guard;
    }

    static Position position(EntryBatch entries, int index) {
        return new Position(entries.array(), entries.offset(index), entries.length(index), entries.tid(index));
    }

    /** Whether there was no room for the entry that was not added. */
    boolean isFull() {
        return full;
    }

    /** Gives the number of the first entry that was not added. */
    int insert(int from) {
        long node = leaf.address();
        Position high = Node.hasHigh(node) ? Node.high(node) : Position.HIGHEST;
        for (int i = from; i < entries.size(); i++) {
            Position p = position(entries, i);
            if (p.length() > EntryTree.MAX_KEY_LENGTH || i > from && high.compareTo(p) <= 0) {
                return i;
            }
            int index = Node.lowerBound(node, p, p.tid());
            if (guard.isPresent() ? mayBeTaken(node, index, p, i) : Node.isAt(node, index, p)) {
                return i;
            }
            if (!Node.fits(node, p)) {
                full = true;
                return i;
            }
            if (i == from) {
                leaf.beforeChange();
            }
            if (guard.isPresent() && !guard.get().tryEnter(entries.key(i))) {
                return i;
            }
            tree.change(() -> BTree.put(node, index, p));
            guard.ifPresent(KeyGuard::leave);
            last = index;
        }
        return entries.size();
    }

    /** Whether there is an entry with this key, here or perhaps in a neighbour. */
    private boolean mayBeTaken(long node, int index, Position p, int entry) {
        boolean below = index == 0 ? Node.isLowKey(node, p)
                : index - 1 == last ? entries.hasKeyOfPrevious(entry) : Node.hasKey(node, index - 1, p);
        return below || (index == Node.count(node) ? Node.isHighKey(node, p) : Node.hasKey(node, index, p));
    }
}
