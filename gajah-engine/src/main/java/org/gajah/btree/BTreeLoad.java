package org.gajah.btree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gajah.page.ChangeGate;
import org.gajah.page.Page;
import org.gajah.table.EntryTree;
import org.gajah.table.SortedEntries;

/**
 * Builds a tree from entries that come in order, from the leaves up, every node nine tenths full. It passes the change gate for
 * each page by itself, so that a checkpoint never waits for it; the tree is empty until the root is written last.
 */
final class BTreeLoad {
    private static final int FILL = NodeImage.capacity() * 9 / 10;

    private final BTree tree;
    private final List<Level> levels = new ArrayList<>();

    BTreeLoad(BTree tree) {
        this.tree = tree;
    }

    /** Loads all of {@code entries}; returns how many. The tree must be empty and nobody else may use it yet. */
    long run(SortedEntries entries) {
        long count = 0;
        Level leaves = new Level(0);
        levels.add(leaves);
        Position last = null;
        while (entries.next()) {
            if (entries.key().length() > EntryTree.MAX_KEY_LENGTH) {
                throw BTree.tooLong(entries.key().length());
            }
            Position p = Position.of(entries.key().copy(), entries.tid());
            int order = last == null ? 1 : p.compareTo(last);
            if (order < 0) {
                throw new IllegalArgumentException("entries are not in order: " + last + " before " + p);
            }
            if (order > 0) {
                Position separator = last == null ? p : p.separatorFrom(last);
                if (leaves.isFullBefore(p, separator)) {
                    leaves.flush(separator);
                }
                leaves.add(p, 0);
                last = p;
                count++;
            }
        }
        finish();
        return count;
    }

    private void finish() {
        // Flushing a level's last node adds to the next level, which may not exist before.
        for (int i = 0; i < levels.size(); i++) {
            levels.get(i).finish();
        }
    }

    /** The unfinished rightmost node of one level. */
    private final class Level {
        private final int level;
        private boolean hasFlushed;
        private Position low;
        private byte[] bytes = new byte[4096];
        private int[] starts = new int[256];
        private long[] tids = new long[256];
        private int[] children = new int[256];
        private int count;

        Level(int level) {
            this.level = level;
        }

        /** Whether adding {@code p} would fill the node too much, given that it would otherwise end with {@code separator}. */
        boolean isFullBefore(Position p, Position separator) {
            return count > 1 && bytes(0, count, separator) + entryBytes() + p.length() > FILL;
        }

        private int entryBytes() {
            return Node.SLOT_BYTES + Node.TID_BYTES + (level == 0 ? 0 : Node.CHILD_BYTES);
        }

        /** How much of a page the entries {@code from} to {@code to} take if they end with {@code high}. */
        private int bytes(int from, int to, Position high) {
            int prefix = prefix(from, to, high);
            int fences = (low == null ? 0 : low.length() + Node.TID_BYTES) + (high == null ? 0 : high.length() + Node.TID_BYTES);
            return fences + (prefix > Node.fencePrefix(low, high) ? prefix : 0) + (to - from) * (entryBytes() - prefix) + starts[to] - starts[from];
        }

        private int prefix(int from, int to, Position high) {
            int common = to - from < 2 ? 0 : position(from).commonPrefix(position(to - 1));
            return Node.choosePrefix(Node.fencePrefix(low, high), common, to - from);
        }

        void add(Position p, int child) {
            if (count + 1 == starts.length) {
                starts = Arrays.copyOf(starts, count * 2 + 2);
                tids = Arrays.copyOf(tids, count * 2 + 2);
                children = Arrays.copyOf(children, count * 2 + 2);
            }
            int end = starts[count] + p.length();
            if (end > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(end, bytes.length * 2));
            }
            System.arraycopy(p.bytes(), p.offset(), bytes, starts[count], p.length());
            tids[count] = p.tid();
            children[count] = child;
            starts[++count] = end;
        }

        /**
         * Writes the node; {@code high} is its high fence and goes to the level above. When that fence leaves so short a prefix
         * that the entries do not fit, they become several nodes.
         */
        void flush(Position high) {
            int from = 0;
            while (bytes(from, count, high) > NodeImage.capacity()) {
                int cut = cutAfter(from);
                writeNew(from, cut, separatorAt(cut));
                from = level == 0 ? cut : cut + 1;
            }
            writeNew(from, count, high);
            count = 0;
        }

        /** The last index from which on the entries can go to another node, so that those before fit. */
        private int cutAfter(int from) {
            int cut = count - 1;
            while (cut > from + 1 && bytes(from, cut, separatorAt(cut)) > FILL) {
                cut--;
            }
            return cut;
        }

        private Position separatorAt(int index) {
            return level == 0 ? position(index).separatorFrom(position(index - 1)) : position(index);
        }

        private Position position(int index) {
            return new Position(Arrays.copyOfRange(bytes, starts[index], starts[index + 1]), 0,
                    starts[index + 1] - starts[index], tids[index]);
        }

        private void writeNew(int from, int to, Position high) {
            ChangeGate gate = tree.space().pool().gate();
            long ticket = gate.enter();
            int number;
            try {
                Page page = tree.space().allocate();
                try {
                    number = page.number();
                    write(page.address(), from, to, high);
                } finally {
                    page.unlatchExclusive();
                    page.unpin();
                }
            } finally {
                gate.leave(ticket);
            }
            hasFlushed = true;
            low = high;
            above().addChild(high, number);
        }

        private Level above() {
            if (levels.size() == level + 1) {
                levels.add(new Level(level + 1));
            }
            return levels.get(level + 1);
        }

        /** Adds a child and what ends it. */
        private void addChild(Position end, int child) {
            if (end != null && isFullBefore(end, end)) {
                // The child becomes the upper one of this node, and its end this node's.
                addUpper(child);
                flush(end);
            } else if (end != null) {
                add(end, child);
            } else {
                addUpper(child);
            }
        }

        private void addUpper(int child) {
            children[count] = child;
        }

        /** Writes the last node: the root if it is the only one of its level. */
        void finish() {
            if (hasFlushed || bytes(0, count, null) > NodeImage.capacity()) {
                flush(null);
                return;
            }
            ChangeGate gate = tree.space().pool().gate();
            long ticket = gate.enter();
            Page root = tree.root().pin();
            root.latchExclusive();
            try {
                root.beforeChange();
                write(root.address(), 0, count, null);
            } finally {
                root.unlatchExclusive();
                root.unpin();
                gate.leave(ticket);
            }
        }

        private void write(long node, int from, int to, Position high) {
            byte[] first = to > from ? position(from).bytes() : bytes;
            Node.format(node, level, low, high, first, prefix(from, to, high));
            int prefix = Node.prefixLength(node);
            for (int i = from; i < to; i++) {
                int start = starts[i] + prefix;
                Node.append(node, bytes, start, starts[i + 1] - start, tids[i], children[i]);
            }
            if (level > 0) {
                Node.setUpper(node, children[to]);
            }
            Node.makeHints(node);
        }
    }
}
