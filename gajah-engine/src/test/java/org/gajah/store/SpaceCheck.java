package org.gajah.store;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

import org.gajah.page.Memory;
import org.gajah.page.Page;
import org.gajah.page.PageSpace;
import org.gajah.table.Attribute;

/**
 * Whether every byte of a quiet storage is accounted for: blocks of the file, slots and heap bytes of table pages, pieces of long values.
 * Quiet: no transaction runs and nothing waits to be purged.
 */
final class SpaceCheck {
    private final ClusterStorage storage;

    SpaceCheck(ClusterStorage storage) {
        this.storage = storage;
    }

    /** Throws if space is lost or used twice. */
    void run() {
        for (StoredRelation relation : storage.allRelations().list()) {
            if (relation instanceof HeapTable table) {
                try {
                    check(table);
                } catch (AssertionError e) {
                    throw new AssertionError("relation " + relation.id() + ": " + e.getMessage(), e);
                }
            }
        }
        int pages = 0;
        for (StoredRelation relation : storage.allRelations().list()) {
            pages += switch (relation) {
                case HeapTable table -> table.space().blocksInUse() + table.overflow().space().blocksInUse();
                case StoredIndex index -> index.space().blocksInUse();
                case StoredSequence sequence -> 0;
            };
        }
        int known = pages + storage.pool().blocksBesidePages();
        if (known != storage.pool().usedBlocks()) {
            throw new AssertionError(storage.pool().usedBlocks() + " blocks of the file are in use, pages and directory have " + known);
        }
    }

    private void check(HeapTable table) {
        Set<Long> reachable = new HashSet<>();
        BitSet free = table.space().freePages();
        for (int i = 0; i < table.space().count(); i++) {
            if (!free.get(i)) {
                checkPage(table, table.space().page(i), reachable);
            }
        }
        Set<Long> pieces = pieces(table.overflow().space());
        for (long pointer : reachable) {
            walk(table.overflow(), pointer, pieces);
        }
        // what could not be freed while the disk was full is known, and freed when the cluster is opened next
        for (long pointer : table.overflow().loose().obsolete(storage.lastCsn())) {
            walk(table.overflow(), pointer, pieces);
        }
        if (!pieces.isEmpty()) {
            throw new AssertionError(pieces.size() + " pieces of long values belong to nobody: " + pieces.stream().limit(5).toList());
        }
    }

    private static void checkPage(HeapTable table, Page page, Set<Long> reachable) {
        page.pin();
        page.latchShared();
        try {
            long a = page.address();
            if (!HeapPage.isInitialised(a)) {
                return;
            }
            if (page.attachment() != null) {
                throw new AssertionError("page " + page.number() + " has versions");
            }
            PageLayout layout = table.layoutOf(a);
            int live = 0;
            int inline = 0;
            for (int slot = 0; slot < HeapPage.slots(a); slot++) {
                if (HeapPage.word(a, layout, slot) == 0) {
                    continue;
                }
                live++;
                inline += inlineBytes(a, layout, slot);
                HeapPage.pointers(a, layout, slot).forEach(pointer -> {
                    if (!reachable.add(pointer)) {
                        throw new AssertionError("two rows have the long value " + pointer);
                    }
                });
            }
            if (live != HeapPage.live(a)) {
                throw new AssertionError("page " + page.number() + " counts " + HeapPage.live(a) + " rows, has " + live);
            }
            int heap = Memory.PAGE_SIZE - Memory.getInt(a, PageLayout.HEAP_TOP);
            if (inline + Memory.getInt(a, PageLayout.GARBAGE) != heap) {
                throw new AssertionError("page " + page.number() + " has " + heap + " bytes of values, of which " + inline
                        + " are used and " + Memory.getInt(a, PageLayout.GARBAGE) + " garbage");
            }
        } finally {
            page.unlatchShared();
            page.unpin();
        }
    }

    private static int inlineBytes(long a, PageLayout layout, int slot) {
        int bytes = 0;
        for (int i = 0; i < layout.columns.length; i++) {
            if (layout.columns[i] >= 0 && layout.format.width(i) == Attribute.VARIABLE && !HeapPage.isNull(a, layout, i, slot)) {
                int entry = HeapPage.entry(layout, i, slot);
                bytes += HeapPage.isPointer(a, entry) ? 0 : HeapPage.inlineLength(a, entry);
            }
        }
        return bytes;
    }

    /** The pieces on overflow pages. */
    private static Set<Long> pieces(PageSpace space) {
        Set<Long> found = new HashSet<>();
        BitSet free = space.freePages();
        for (int i = 0; i < space.count(); i++) {
            if (!free.get(i)) {
                Page page = space.page(i).pin();
                page.latchShared();
                boolean some = found.addAll(Overflow.piecesOn(page));
                page.unlatchShared();
                page.unpin();
                if (!some) {
                    throw new AssertionError("overflow page " + page.number() + " is empty and not free");
                }
            }
        }
        return found;
    }

    private static void walk(Overflow overflow, long pointer, Set<Long> pieces) {
        for (long at : overflow.pieces(pointer)) {
            if (!pieces.remove(at)) {
                throw new AssertionError("piece " + at + " of the long value " + pointer + " is missing or used twice");
            }
        }
    }
}
