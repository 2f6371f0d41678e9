package org.gajah.btree;

import org.gajah.page.Page;

/** Joins a sparse node with a neighbour if both fit into one page, and takes away a root that has only one child. */
final class TreeMerge {
    private final BTree tree;

    TreeMerge(BTree tree) {
        this.tree = tree;
    }

    /** Whether a node is so empty that it should be joined with a neighbour. */
    static boolean isSparse(long node) {
        return Node.entryBytes(node) < NodeImage.capacity() / 4;
    }

    /** Looks after the leaf that covers {@code p}, and what becomes sparse above it, until nothing can be joined any more. */
    void tidy(Position p) {
        int level = 0;
        while (level >= 0) {
            level = switch (tidy(level, p)) {
                case NOTHING -> -1;
                case JOINED_BELOW_SPARSE_PARENT -> level + 1;
                case JOINED -> 0;
            };
        }
    }

    private enum Done { NOTHING, JOINED, JOINED_BELOW_SPARSE_PARENT }

    private Done tidy(int level, Position p) {
        NodeImage image = new NodeImage(2);
        Done done = tidy(level, p, Family.Neighbour.NEXT, image);
        return done == Done.NOTHING ? tidy(level, p, Family.Neighbour.PREVIOUS, image) : done;
    }

    private Done tidy(int level, Position p, Family.Neighbour neighbour, NodeImage image) {
        Family family = new Family(tree);
        try {
            if (!family.latch(level, p, neighbour)) {
                return Done.NOTHING;
            }
            long node = family.node().address();
            if (family.node() == tree.root()) {
                if (level > 0 && Node.count(node) == 0) {
                    image.clear();
                    collapseRoot(image);
                    return Done.JOINED;
                }
                return Done.NOTHING;
            }
            if (!isSparse(node) || !family.isPair()) {
                return Done.NOTHING;
            }
            image.clear();
            if (!join(family, image, level)) {
                return Done.NOTHING;
            }
            boolean sparse = isSparse(family.parent().address()) || Node.count(family.parent().address()) == 0;
            return sparse ? Done.JOINED_BELOW_SPARSE_PARENT : Done.JOINED;
        } finally {
            family.unlatch();
        }
    }

    private boolean join(Family family, NodeImage image, int level) {
        long left = family.left().address();
        long right = family.right().address();
        long parent = family.parent().address();
        image.addAll(left);
        if (level > 0) {
            image.addSeparator(Node.high(left));
        }
        image.addAll(right);
        Position low = Node.low(left);
        Position high = Node.high(right);
        // A page that is full again at once would be split at once; only an empty neighbour is worth that.
        boolean empty = Node.count(left) == 0 || Node.count(right) == 0;
        int most = empty ? NodeImage.capacity() : NodeImage.capacity() * 4 / 5;
        if (image.bytes(level, low, high, 0, image.count()) > most) {
            return false;
        }
        family.parent().beforeChange();
        family.left().beforeChange();
        tree.change(() -> {
            image.write(left, level, low, high, 0, image.count(), image.upper());
            Node.remove(parent, family.index());
            Node.setChild(parent, family.index(), family.left().number());
        });
        tree.space().free(family.takeRight());
        return true;
    }

    /** Moves the content of the root's only child into the root, which is latched. */
    private void collapseRoot(NodeImage image) {
        Page root = tree.root();
        Page child = tree.child(root, 0).pin();
        child.latchExclusive();
        root.beforeChange();
        long node = child.address();
        image.addAll(node);
        tree.change(() -> image.write(root.address(), Node.level(node), null, null, 0, image.count(), image.upper()));
        tree.space().free(child);
    }
}
