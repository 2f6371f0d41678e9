package org.gajah.btree;

import org.gajah.page.Page;
import org.gajah.page.PageSpace;

/** Guesses how many entries a tree has from a few of its pages. */
final class TreeSample {
    private static final int PAGES = 8;

    private TreeSample() {}

    static long entryEstimate(BTree tree) {
        PageSpace space = tree.space();
        int count = space.count();
        int pages = Math.min(count, PAGES);
        long entries = 0;
        for (int i = 0; i < pages; i++) {
            entries += leafEntries(space.page((int) ((long) i * count / pages)));
        }
        return pages == 0 ? 0 : entries * count / pages;
    }

    private static int leafEntries(Page page) {
        page.pin();
        page.latchShared();
        try {
            long node = page.address();
            return Node.isNode(node) && Node.level(node) == 0 ? Node.count(node) : 0;
        } finally {
            page.unlatchShared();
            page.unpin();
        }
    }
}
