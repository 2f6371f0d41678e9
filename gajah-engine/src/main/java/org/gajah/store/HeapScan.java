package org.gajah.store;

import org.gajah.page.Page;
import org.gajah.table.PageRange;
import org.gajah.table.TableScan;
import org.gajah.table.Tid;
import org.gajah.txn.Snapshot;
import org.gajah.vector.Batch;
import org.gajah.vector.LongVector;

/** Reads a table page by page; a page is latched while its visible rows are copied out, column by column. */
final class HeapScan implements TableScan {
    private final TableHandle table;
    private final HeapTable heap;
    private final Snapshot snapshot;
    private final int[] attributes;
    private final int endPage;
    private final int[] slots = new int[PageLayout.MAX_CAPACITY];
    /** Rows of {@link #slots} whose versions must be laid over what is on the page. */
    private final int[] old = new int[PageLayout.MAX_CAPACITY];
    private int page;
    private int slot;

    HeapScan(TableHandle table, Snapshot snapshot, int[] attributes, PageRange range) {
        this.table = table;
        this.heap = table.heap();
        this.snapshot = snapshot;
        this.attributes = attributes;
        this.endPage = (int) Math.min(heap.space().count(), range.to());
        this.page = (int) Math.min(Integer.MAX_VALUE, range.from());
    }

    @Override
    public boolean next(Batch out, LongVector tids) {
        out.reset();
        tids.reset();
        int capacity = Math.min(out.selection().rows.length, tids.capacity());
        int rows = 0;
        while (page < endPage && rows < capacity) {
            rows += readPage(out, tids, rows, capacity - rows);
        }
        out.selection().all(rows);
        return rows > 0;
    }

    /** Copies at most {@code max} rows of the current page; goes on to the next page if there are no more. */
    private int readPage(Batch out, LongVector tids, int row, int max) {
        Page current = heap.space().page(page).pin();
        current.latchShared();
        int number = page;
        try {
            long a = current.address();
            if (!HeapPage.isInitialised(a)) {
                advance();
                return 0;
            }
            PageLayout layout = heap.layoutOf(a);
            PageVersions versions = HeapTable.versions(current);
            int olds = 0;
            int count = 0;
            int end = HeapPage.slots(a);
            if (versions == null && slot == 0 && HeapPage.live(a) == end && end <= max) {
                for (int s = 0; s < end; s++) {
                    slots[s] = s;
                }
                count = end;
                slot = end;
            } else {
                for (; slot < end && count < max; slot++) {
                    if (HeapPage.word(a, layout, slot) == 0) {
                        continue;
                    }
                    Version head = versions == null ? null : versions.head(slot);
                    PageVersions.Sight sight = head == null ? PageVersions.Sight.CURRENT : PageVersions.sight(head, snapshot);
                    if (sight == PageVersions.Sight.NOTHING) {
                        continue;
                    }
                    if (sight == PageVersions.Sight.OLDER) {
                        old[olds++] = count;
                    }
                    slots[count++] = slot;
                }
            }
            if (count > 0) {
                copy(a, layout, out, row, count);
                if (layout.columns.length < heap.format().size()) {
                    for (int i = 0; i < count; i++) {
                        table.readExtension(a, layout, HeapPage.word(a, layout, slots[i]), attributes, out, row + i);
                    }
                }
                for (int i = 0; i < olds; i++) {
                    table.overlay(current, slots[old[i]], versions.head(slots[old[i]]), snapshot, attributes, out, row + old[i]);
                }
                for (int i = 0; i < count; i++) {
                    tids.values[row + i] = Tid.of(number, slots[i]);
                }
            }
            if (slot >= end) {
                advance();
            }
            return count;
        } finally {
            current.unlatchShared();
            current.unpin();
        }
    }

    private void advance() {
        page++;
        slot = 0;
    }

    private void copy(long a, PageLayout layout, Batch out, int row, int count) {
        for (int i = 0; i < attributes.length; i++) {
            int index = attributes[i];
            HeapReader.read(a, layout, index, table.layout().attribute(index), heap.overflow(), slots, 0, count, out.column(i), row);
        }
    }

    @Override
    public void close() {
        page = endPage;
    }
}
