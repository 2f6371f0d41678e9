package org.gajah.btree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gajah.page.Memory;
import org.gajah.page.Page;

/**
 * Proves that a tree is whole: every node's order, heads, hints, fences, prefix and bytes, every child between the separators
 * around it, every leaf at the same depth, no page twice. Others may change the tree meanwhile: then it begins again.
 */
final class BTreeCheck {
    private static final int MAX_RESTARTS = 1_000;

    private final BTree tree;
    /** Of each page that was reached, its version then; {@link Page#BUSY} of others. */
    private long[] seen = {};
    private long entries;
    private int pages;

    /** What a node's parent says of it. */
    private record Expected(int page, int level, Position low, Position high) {}

    /** The tree was changed while it was read. */
    private static final class Changed extends Exception {
        private static final long serialVersionUID = 1L;

        Changed() {
            super("changed", null, false, false);
        }
    }

    BTreeCheck(BTree tree) {
        this.tree = tree;
    }

    /** Throws XX002 for the first thing that is wrong. */
    BTreeCheck run() {
        for (int i = 0; i < MAX_RESTARTS; i++) {
            seen = new long[tree.space().count()];
            Arrays.fill(seen, Page.BUSY);
            entries = 0;
            pages = 0;
            try {
                check(new Expected(0, -1, null, null), tree.root(), tree.root().readVersion());
                return this;
            } catch (Changed again) {
                Thread.yield();
            }
        }
        throw Corruption.in(tree.space(), "it never stands still long enough to be checked");
    }

    /** Entries found. */
    long entries() {
        return entries;
    }

    /** Pages found. */
    int pages() {
        return pages;
    }

    private void check(Expected expected, Page parent, long parentVersion) throws Changed {
        Page page = tree.space().page(expected.page);
        List<Expected> children = new ArrayList<>();
        long version;
        page.pin();
        page.latchShared();
        try {
            version = page.readVersion();
            String wrong = NodeCheck.fault(page.address(), expected.level, expected.low, expected.high);
            if (!wrong.isEmpty() && parent != page && !parent.validate(parentVersion)) {
                throw new Changed();
            }
            note(expected.page, version);
            if (!wrong.isEmpty()) {
                throw Corruption.in(tree.space(), "page " + expected.page + ": " + wrong);
            }
            collect(page.address(), expected, children);
        } finally {
            page.unlatchShared();
            page.unpin();
        }
        for (Expected child : children) {
            check(child, page, version);
        }
    }

    private void note(int page, long version) throws Changed {
        if (page >= seen.length || seen[page] != Page.BUSY && seen[page] != version) {
            // It was made, or given back and used again, after this check began.
            throw new Changed();
        }
        if (seen[page] == version) {
            throw Corruption.in(tree.space(), "page " + page + " is reached twice");
        }
        seen[page] = version;
        pages++;
    }

    private void collect(long node, Expected expected, List<Expected> children) {
        int level = Node.level(node);
        if (level == 0) {
            entries += Node.count(node);
            return;
        }
        NodeImage image = new NodeImage(1);
        image.addAll(node);
        Position low = expected.low;
        for (int i = 0; i <= image.count(); i++) {
            Position high = i < image.count() ? image.position(i) : expected.high;
            int number = image.child(i);
            if (number <= 0 || number >= tree.space().count()) {
                throw Corruption.in(tree.space(), "page " + expected.page + " points to page " + number);
            }
            children.add(new Expected(number, level - 1, low, high));
            low = high;
        }
    }

    /** What can be said of one node by itself. */
    private static final class NodeCheck {
        private NodeCheck() {}

        /** What is wrong with the node, or nothing. */
        static String fault(long node, int level, Position low, Position high) {
            try {
                return faultIn(node, level, low, high);
            } catch (IndexOutOfBoundsException beyond) {
                return "something lies outside the page: " + beyond.getMessage();
            }
        }

        private static String faultIn(long node, int level, Position low, Position high) {
            if (!Node.isNode(node)) {
                return "it is no node";
            }
            if (level >= 0 && Node.level(node) != level) {
                return "level " + Node.level(node) + " instead of " + level;
            }
            if (!same(Node.low(node), low) || !same(Node.high(node), high)) {
                return "fences " + Node.low(node) + " and " + Node.high(node) + " instead of " + low + " and " + high;
            }
            int fencePrefix = Node.fencePrefix(low, high);
            if (Node.hasOwnPrefix(node) ? Node.prefixLength(node) <= fencePrefix : Node.prefixLength(node) != fencePrefix) {
                return "prefix of " + Node.prefixLength(node) + " bytes";
            }
            if (!Node.hintsAreRight(node)) {
                return "hints";
            }
            NodeImage image = new NodeImage(1);
            image.addAll(node);
            int all = image.slotBytes();
            if (all != Node.entryBytes(node) || Node.used(node) > NodeImage.capacity()) {
                return "its entries take " + all + " bytes, not " + Node.entryBytes(node);
            }
            return orderFault(node, image, low, high);
        }

        private static String orderFault(long node, NodeImage image, Position low, Position high) {
            Position before = low;
            for (int i = 0; i < image.count(); i++) {
                Position p = image.position(i);
                // The first may equal the low fence, in a leaf.
                int order = before == null ? -1 : before.compareTo(p);
                if (order > 0 || order == 0 && (i > 0 || !image.isLeaf()) || high != null && p.compareTo(high) >= 0) {
                    return "entry " + i + " is out of order";
                }
                long slot = Node.slot(node, i);
                byte[] suffix = new byte[Node.length(slot)];
                Memory.get(node, Node.offset(slot), suffix, 0, suffix.length);
                if ((int) (slot >>> 32) != Node.head(suffix, 0, suffix.length)) {
                    return "head of entry " + i;
                }
                before = p;
            }
            return "";
        }

        private static boolean same(Position a, Position b) {
            return a == null ? b == null : a.equals(b);
        }
    }
}
