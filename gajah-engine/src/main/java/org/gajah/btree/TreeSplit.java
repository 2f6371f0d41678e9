package org.gajah.btree;

import org.gajah.page.Page;

/**
 * Makes room in a full node: half of its entries go to a new page on its right, and a separator into the parent; a full parent
 * is split first. The root's entries go to two new pages below it.
 */
final class TreeSplit {
    /** How far from the middle a shorter separator is looked for. */
    private static final int REACH = 8;

    private final BTree tree;

    TreeSplit(BTree tree) {
        this.tree = tree;
    }

    /** Splits the leaf that covers {@code p}, unless it has room for {@code p} by now. */
    void makeRoom(Position p) {
        split(0, p, p);
    }

    /** Splits the node of {@code level} that covers {@code p}, unless {@code added} fits. */
    private void split(int level, Position p, Position added) {
        Position separator = trySplit(level, p, added);
        while (separator != null) {
            split(level + 1, p, separator);
            separator = trySplit(level, p, added);
        }
    }

    /** Null if there is nothing left to do; else the separator that the parent has no room for. */
    private Position trySplit(int level, Position p, Position added) {
        NodeImage image = new NodeImage(1);
        Page right = tree.space().allocate();
        boolean used = false;
        Family family = new Family(tree);
        try {
            if (!family.latch(level, p, Family.Neighbour.NONE) || Node.fits(family.node().address(), added)) {
                return null;
            }
            Page page = family.node();
            if (page == tree.root()) {
                Page left = tree.space().allocate();
                used = true;
                splitRoot(page, image, left, right, p);
                return null;
            }
            image.addAll(page.address());
            int at = place(image, page.address(), p);
            Position separator = separator(image, at, p);
            long parent = family.parent().address();
            if (!Node.fits(parent, separator)) {
                return separator;
            }
            used = true;
            divide(family, image, right, at, separator);
            return null;
        } finally {
            family.unlatch();
            if (used) {
                right.unlatchExclusive();
                right.unpin();
            } else {
                tree.space().free(right);
            }
        }
    }

    private void divide(Family family, NodeImage image, Page right, int at, Position separator) {
        Page page = family.node();
        long node = page.address();
        int level = Node.level(node);
        Position low = Node.low(node);
        Position high = Node.high(node);
        long parent = family.parent().address();
        family.parent().beforeChange();
        page.beforeChange();
        tree.change(() -> {
            if (Node.needsRewrite(parent, separator)) {
                BTree.rewrite(parent, separator);
            }
            write(image, level, low, separator, high, at, node, right.address());
            int index = Node.lowerBound(parent, separator, separator.tid());
            Node.insert(parent, index, separator, page.number());
            Node.setChild(parent, index + 1, right.number());
        });
    }

    /** Writes both halves. In an inner node the separator is the entry between them: its child becomes the left one's upper. */
    private static void write(NodeImage image, int level, Position low, Position separator, Position high, int at, long left,
            long right) {
        if (level == 0) {
            image.write(right, level, separator, high, at, image.count(), 0);
            image.write(left, level, low, separator, 0, at, 0);
        } else {
            image.write(right, level, separator, high, at + 1, image.count(), image.upper());
            image.write(left, level, low, separator, 0, at, image.child(at));
        }
    }

    private void splitRoot(Page root, NodeImage image, Page left, Page right, Position p) {
        try {
            long node = root.address();
            int level = Node.level(node);
            image.addAll(node);
            int at = place(image, node, p);
            Position separator = separator(image, at, p);
            root.beforeChange();
            tree.change(() -> {
                write(image, level, null, separator, null, at, left.address(), right.address());
                Node.format(node, level + 1);
                Node.insert(node, 0, separator, left.number());
                Node.setUpper(node, right.number());
            });
        } finally {
            left.unlatchExclusive();
            left.unpin();
        }
    }

    /**
     * The index of the first entry that goes right, or in an inner node of the one that goes up. Entries that come in order are
     * not divided but left behind full.
     */
    private static int place(NodeImage image, long node, Position p) {
        int count = image.count();
        int end = image.isLeaf() ? count : count - 1;
        if (!Node.hasHigh(node) && image.position(count - 1).compareTo(p) < 0 && fits(image, node, end, p)) {
            return end;
        }
        int middle = middle(image);
        int best = middle;
        int shortest = separator(image, middle, p).length();
        for (int at = Math.max(1, middle - REACH); at <= Math.min(count - 1, middle + REACH); at++) {
            int length = separator(image, at, p).length();
            boolean nearer = length == shortest && Math.abs(at - middle) < Math.abs(best - middle);
            if ((length < shortest || nearer) && fits(image, node, at, p)) {
                shortest = length;
                best = at;
            }
        }
        return best;
    }

    /** Whether both sides of a division at {@code at} fit into a page: each gets a fence. At the middle they do. */
    private static boolean fits(NodeImage image, long node, int at, Position p) {
        int level = Node.level(node);
        Position separator = separator(image, at, p);
        int from = image.isLeaf() ? at : at + 1;
        return image.bytes(level, Node.low(node), separator, 0, at) <= NodeImage.capacity()
                && image.bytes(level, separator, Node.high(node), from, image.count()) <= NodeImage.capacity();
    }

    /** The first index with half of the bytes before it; not 0, and not behind the last. */
    private static int middle(NodeImage image) {
        int count = image.count();
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += Node.SLOT_BYTES + Node.TID_BYTES + image.suffixLength(i);
        }
        long half = 0;
        int index = 0;
        while (index < count - 1 && (half < sum / 2 || index == 0)) {
            half += Node.SLOT_BYTES + Node.TID_BYTES + image.suffixLength(index);
            index++;
        }
        return index;
    }

    /** What divides the entries at {@code at}; behind the last, what keeps {@code p} apart from it. */
    private static Position separator(NodeImage image, int at, Position p) {
        if (!image.isLeaf()) {
            return image.position(at);
        }
        return (at == image.count() ? p : image.position(at)).separatorFrom(image.position(at - 1));
    }
}
