package org.gajah.btree;

import org.gajah.page.Memory;
import org.gajah.page.Page;
import org.gajah.table.IndexScan;
import org.gajah.vector.BytesVector;
import org.gajah.vector.LongVector;

/**
 * The entries of a range, a leaf or a part of one at a time. Between calls it remembers only where it stands: at a position, and,
 * as long as the leaf does not change, at an index in it.
 */
final class BTreeScan implements IndexScan {
    private final BTree tree;
    private final boolean reverse;
    /** What is left of the range: from low (included) to high (not included); null is no bound. */
    private Position low;
    private Position high;
    private boolean done;

    private final Path path = new Path();
    private boolean inLeaf;
    /** The next index in the leaf; going down, the one above it. */
    private int index;
    /** Results of reading a leaf, taken over when the leaf was unchanged. */
    private int readIndex;
    private boolean leafEnds;
    private boolean rangeEnds;

    BTreeScan(BTree tree, Position low, Position high, boolean reverse) {
        this.tree = tree;
        this.low = low;
        this.high = high;
        this.reverse = reverse;
        this.done = low != null && high != null && low.compareTo(high) >= 0;
    }

    /** Where entries go. */
    private interface Target {
        void put(int row, long node, int prefixAt, int prefix, int keyAt, int length, long tid);
    }

    @Override
    public int next(BytesVector keys, LongVector tids, int max) {
        int most = Math.min(max, Math.min(keys.capacity(), tids.capacity()));
        return fill(most, () -> {
            keys.reset();
            tids.reset();
        }, (row, node, prefixAt, prefix, keyAt, length, tid) -> {
            int at = keys.allocate(row, prefix + length);
            byte[] bytes = keys.arrays[row];
            Memory.get(node, prefixAt, bytes, at, prefix);
            Memory.get(node, keyAt, bytes, at + prefix, length);
            tids.values[row] = tid;
        });
    }

    /** As {@link #next}, only the tids. */
    int nextTids(long[] tids, int from, int max) {
        return fill(max, () -> { }, (row, node, prefixAt, prefix, keyAt, length, tid) -> tids[from + row] = tid);
    }

    private int fill(int most, Runnable restart, Target target) {
        while (!done && most > 0) {
            restart.run();
            int n = readFreely(most, restart, target);
            if (n < 0) {
                restart.run();
                n = readLatched(most, target);
            }
            if (rangeEnds) {
                done = true;
            }
            if (n > 0) {
                return n;
            }
        }
        restart.run();
        return 0;
    }

    /** Reads without latches; -1 if that did not succeed in some tries. */
    private int readFreely(int most, Runnable restart, Target target) {
        for (int attempt = 0; attempt < BTree.FREE_TRIES; attempt++) {
            try {
                if (inLeaf && !path.isValid()) {
                    inLeaf = false;
                }
                if (inLeaf || tree.descend(path, start(), 0, reverse)) {
                    long node = path.page.residentAddress();
                    if (node != 0) {
                        int n = read(node, most, target);
                        Position edge = leafEnds && !rangeEnds ? edge(node) : null;
                        Position last = n > 0 && !leafEnds ? at(node, reverse ? readIndex : readIndex - 1) : null;
                        if (path.isValid()) {
                            advance(edge, last);
                            return n;
                        }
                    }
                }
            } catch (IndexOutOfBoundsException nonsense) {
                // Read from a page that was being changed.
                Thread.onSpinWait();
            }
            inLeaf = false;
            restart.run();
        }
        return -1;
    }

    private int readLatched(int most, Target target) {
        inLeaf = false;
        Page leaf = tree.latchDown(start(), 0, reverse, false);
        try {
            long node = leaf.address();
            int n = read(node, most, target);
            Position edge = leafEnds && !rangeEnds ? edge(node) : null;
            Position last = n > 0 && !leafEnds ? at(node, reverse ? readIndex : readIndex - 1) : null;
            advance(edge, last);
            inLeaf = false;
            return n;
        } catch (IndexOutOfBoundsException nonsense) {
            throw Corruption.in(tree.space(), "page " + leaf.number() + " is no leaf");
        } finally {
            leaf.unlatchShared();
            leaf.unpin();
        }
    }

    /** Where the descent goes: to what is at or above it, or, going down, below it. */
    private Position start() {
        if (reverse) {
            return high == null ? Position.HIGHEST : high;
        }
        return low == null ? Position.LOWEST : low;
    }

    private Position edge(long node) {
        return reverse ? Node.low(node) : Node.high(node);
    }

    private static Position at(long node, int index) {
        long slot = Node.slot(node, index);
        int prefix = Node.prefixLength(node);
        byte[] key = new byte[prefix + Node.length(slot)];
        Memory.get(node, Node.prefixOffset(node), key, 0, prefix);
        Memory.get(node, Node.offset(slot), key, prefix, Node.length(slot));
        return new Position(key, 0, key.length, Node.tid(node, index));
    }

    /** Takes over where the reading has come: the leaf's edge, or the last entry read. */
    private void advance(Position edge, Position last) {
        index = readIndex;
        inLeaf = !leafEnds;
        if (edge != null) {
            moveTo(edge);
        } else if (last != null) {
            moveTo(reverse ? last : last.next());
        }
    }

    private void moveTo(Position p) {
        if (reverse) {
            high = p;
        } else {
            low = p;
        }
    }

    /** Reads from the leaf; sets {@link #readIndex}, {@link #leafEnds}, {@link #rangeEnds}. */
    private int read(long node, int most, Target target) {
        int count = Node.count(node);
        return reverse ? readDown(node, count, most, target) : readUp(node, count, most, target);
    }

    private int readUp(long node, int count, int most, Target target) {
        int from = inLeaf ? index : low == null ? 0 : Node.lowerBound(node, low, low.tid());
        boolean endsHere = high != null && Node.compareHigh(node, high) >= 0;
        int end = endsHere ? Node.lowerBound(node, high, high.tid()) : count;
        int n = Math.max(0, Math.min(most, end - from));
        copy(node, from, 1, n, target);
        readIndex = from + n;
        leafEnds = readIndex >= end;
        rangeEnds = leafEnds && (endsHere || !Node.hasHigh(node));
        return n;
    }

    private int readDown(long node, int count, int most, Target target) {
        int from = inLeaf ? index : high == null ? count : Node.lowerBound(node, high, high.tid());
        boolean endsHere = low != null && Node.compareLow(node, low) <= 0;
        int end = endsHere ? Node.lowerBound(node, low, low.tid()) : 0;
        int n = Math.max(0, Math.min(most, from - end));
        copy(node, from - 1, -1, n, target);
        readIndex = from - n;
        leafEnds = readIndex <= end;
        rangeEnds = leafEnds && (endsHere || !Node.hasLow(node));
        return n;
    }

    private static void copy(long node, int from, int step, int n, Target target) {
        int prefixAt = Node.prefixOffset(node);
        int prefix = Node.prefixLength(node);
        int i = from;
        for (int row = 0; row < n; row++) {
            long slot = Node.slot(node, i);
            int offset = Node.offset(slot);
            int length = Node.length(slot);
            target.put(row, node, prefixAt, prefix, offset, length, Node.tidAt(node, offset + length));
            i += step;
        }
    }

    @Override
    public void close() {
        done = true;
    }
}
