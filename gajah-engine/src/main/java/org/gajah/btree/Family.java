package org.gajah.btree;

import org.gajah.page.Page;

/**
 * The nodes that a change of structure needs, pinned and latched exclusively: a node, its parent unless it is the root, and the
 * neighbour with the same parent if asked for. The parent is reached with latches from the root down, so what it says of its
 * children is true; then they are latched from left to right.
 */
final class Family {
    /** Which neighbour is wanted. */
    enum Neighbour { NONE, NEXT, PREVIOUS }

    private final BTree tree;
    private Page parent;
    private Page left;
    private Page right;
    private Page node;
    private int index;

    Family(BTree tree) {
        this.tree = tree;
    }

    /** The node that was asked for. */
    Page node() {
        return node;
    }

    /** Its parent; null if it is the root. */
    Page parent() {
        return parent;
    }

    /** The node and its neighbour in order; the second is null without one. */
    Page left() {
        return left;
    }

    Page right() {
        return right;
    }

    /** The index in the parent of the left one's separator. */
    int index() {
        return index;
    }

    /** Whether there is a neighbour. */
    boolean isPair() {
        return right != null;
    }

    /**
     * Latches the node of {@code level} that covers {@code p}, and what belongs to it. False if the tree is not that high (any
     * more).
     */
    boolean latch(int level, Position p, Neighbour neighbour) {
        Page top = tree.latchDown(p, level + 1, false, true);
        int topLevel = Node.level(top.address());
        if (topLevel <= level) {
            node = top;
            left = top;
            return topLevel == level;
        }
        parent = top;
        index = Node.childIndex(top.address(), p);
        node = tree.child(top, index).pin();
        switch (neighbour) {
            case NEXT -> {
                node.latchExclusive();
                left = node;
                if (index < Node.count(top.address())) {
                    right = latchChild(index + 1);
                }
            }
            case PREVIOUS -> {
                if (index > 0) {
                    index--;
                    left = latchChild(index);
                    node.latchExclusive();
                    right = node;
                } else {
                    node.latchExclusive();
                    left = node;
                }
            }
            case NONE -> {
                node.latchExclusive();
                left = node;
            }
        }
        return true;
    }

    private Page latchChild(int at) {
        Page page = tree.child(parent, at).pin();
        page.latchExclusive();
        return page;
    }

    /** Lets everything go. */
    void unlatch() {
        release(right);
        release(left);
        release(parent);
        parent = null;
        left = null;
        right = null;
        node = null;
    }

    /** The right one, which is the caller's to give back. */
    Page takeRight() {
        Page taken = right;
        right = null;
        return taken;
    }

    private static void release(Page page) {
        if (page != null) {
            page.unlatchExclusive();
            page.unpin();
        }
    }
}
