package org.gajah.store;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSource;
import org.gajah.base.Slice;
import org.gajah.page.Page;
import org.gajah.table.Tid;

/**
 * Applies logged changes to a table's rows, where nobody else is and nobody needs older versions. A change of a row that is not there is
 * XX001; a row that is there already is replaced.
 */
final class HeapReplay {
    private final HeapTable table;
    private final TupleReader reader = new TupleReader();
    private final Fitting fitting = new Fitting();

    HeapReplay(HeapTable table) {
        this.table = table;
    }

    HeapTable table() {
        return table;
    }

    /** Puts a row where it was when it was logged; returns where its image ends. */
    int insert(long logged, long xid, byte[] bytes, int start) {
        long tid = logged & 0xffff_ffff_ffffL;
        int capacity = (int) (logged >>> 48);
        long ticket = table.space().pool().gate().enter();
        try {
            while (table.space().count() <= Tid.page(tid)) {
                Page fresh = table.space().allocate();
                table.room().add(fresh.number());
                fresh.unlatchExclusive();
                fresh.unpin();
            }
            Page page = table.space().takeBack(Tid.page(tid));
            try {
                page.beforeChange();
                long a = page.address();
                if (!HeapPage.isInitialised(a) || HeapPage.live(a) == 0
                        && (HeapPage.capacity(a) != capacity || HeapPage.formatVersion(a) != table.format().version())) {
                    HeapPage.initialise(a, table.format().layout(capacity));
                }
                PageLayout layout = table.layoutOf(a);
                int slot = Tid.slot(tid);
                if (slot < HeapPage.slots(a) && HeapPage.word(a, layout, slot) != 0) {
                    HeapPage.release(a, layout, slot, table.overflow());
                    table.countRows(-1);
                }
                HeapPage.occupy(a, layout, slot, HeapPage.LIVE | xid);
                table.countRows(1);
                return store(a, layout, slot, xid, bytes, start);
            } finally {
                page.unlatchExclusive();
                page.unpin();
            }
        } finally {
            table.space().pool().gate().leave(ticket);
        }
    }

    /** Puts rows that were logged together where they were. */
    void insertRows(Slice logged, long xid) {
        ByteSource in = new ByteSource(logged);
        int page = in.getInt();
        long capacity = in.getShort() & 0xffff;
        int slot = in.getShort() & 0xffff;
        int count = in.getShort() & 0xffff;
        int start = logged.offset() + logged.length() - in.remaining();
        new RowBlockReader(logged.array(), start, count, table.format())
                .forEachImage((row, image) -> insert(Tid.of(page, slot + row) | capacity << 48, xid, image, 0));
    }

    private int store(long a, PageLayout layout, int slot, long xid, byte[] bytes, int start) {
        RowFormat newest = table.format();
        Overflow overflow = table.overflow();
        int known = layout.columns.length;
        int available = HeapPage.room(a, layout, 0);
        reader.reset(bytes, start, newest);
        while (reader.next()) {
            // walks over the values to find the end
        }
        int end = reader.end();
        Extension.free(HeapPage.word(a, layout, slot), overflow);
        HeapPage.setWord(a, layout, slot, known < newest.size() ? Extension.write(bytes, start, newest, known, xid, overflow::write)
                : HeapPage.LIVE | xid);
        byte[] fitted = bytes;
        int from = start;
        if (fitting.hasLong(bytes, start, newest) || fitting.inlineBytes(bytes, start, newest) > available) {
            fitted = fitting.externalise(bytes, start, newest, known, available, overflow::write);
            from = 0;
        }
        HeapPage.apply(a, layout, slot, reader.reset(fitted, from, newest), overflow);
        return end;
    }

    /** Applies a logged change of a row; returns where its image ends. */
    int update(long tid, long xid, byte[] bytes, int start) {
        long ticket = table.space().pool().gate().enter();
        Page page = pinLogged(tid);
        try {
            page.beforeChange();
            long a = page.address();
            return store(a, table.layoutOf(a), Tid.slot(tid), xid, bytes, start);
        } finally {
            page.unlatchExclusive();
            page.unpin();
            table.space().pool().gate().leave(ticket);
        }
    }

    void delete(long tid) {
        long ticket = table.space().pool().gate().enter();
        Page page = pinLogged(tid);
        try {
            page.beforeChange();
            long a = page.address();
            HeapPage.release(a, table.layoutOf(a), Tid.slot(tid), table.overflow());
        } finally {
            page.unlatchExclusive();
            page.unpin();
            table.space().pool().gate().leave(ticket);
        }
        table.countRows(-1);
        table.room().add(Tid.page(tid));
    }

    /** The page of a row that must be there, pinned and latched. */
    private Page pinLogged(long tid) {
        Page page = table.pin(tid);
        if (page != null) {
            page.latchExclusive();
            if (table.isOccupied(page, Tid.slot(tid))) {
                return page;
            }
            page.unlatchExclusive();
            page.unpin();
        }
        throw new SqlError(SqlState.DATA_CORRUPTED, "the log changes row " + Tid.toString(tid) + " of storage "
                + Integer.toUnsignedString(table.id().database()) + "/" + Integer.toUnsignedString(table.id().relation())
                + ", which is not there");
    }
}
