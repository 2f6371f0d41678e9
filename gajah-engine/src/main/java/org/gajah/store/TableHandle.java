package org.gajah.store;

import org.gajah.base.ByteSink;
import org.gajah.page.Page;
import org.gajah.table.PageRange;
import org.gajah.table.RelationId;
import org.gajah.table.RowLayout;
import org.gajah.table.RowState;
import org.gajah.table.Table;
import org.gajah.table.TableScan;
import org.gajah.table.Tid;
import org.gajah.table.TupleOutcome;
import org.gajah.txn.Snapshot;
import org.gajah.txn.Transaction;
import org.gajah.txn.TransactionState;
import org.gajah.vector.Batch;
import org.gajah.vector.LongVector;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** A {@link HeapTable} with the layout of whoever asked for it: turns vectors into images and pages into vectors. */
final class TableHandle implements Table {
    /** Fewer rows are not worth being turned into columns. */
    private static final int MIN_BLOCK = 16;

    private final HeapTable heap;
    private final RowLayout layout;

    TableHandle(HeapTable heap, RowLayout layout) {
        this.heap = heap;
        this.layout = layout;
    }

    @Override
    public RelationId id() {
        return heap.id();
    }

    @Override
    public RowLayout layout() {
        return layout;
    }

    HeapTable heap() {
        return heap;
    }

    @Override
    public void insert(Transaction transaction, Batch rows, long[] tids) {
        StoreTransaction own = (StoreTransaction) transaction;
        own.writing();
        int done = rows.count() < MIN_BLOCK ? 0 : insertBlocks(own, rows, tids);
        if (done < rows.count()) {
            insertImages(own, rows, done, tids);
        }
    }

    /** Inserts rows column by column as long as that goes; gives their number. */
    private int insertBlocks(StoreTransaction own, Batch rows, long[] tids) {
        RowBlock block = new RowBlock(rows, layout, own.work().value);
        int done = 0;
        if (block.isTooLong() || !block.fits(heap.format())) {
            return done;
        }
        while (done < block.count()) {
            int n = heap.insertBlock(own, block, done, tids);
            if (n == 0) {
                return done;
            }
            done += n;
            own.relieve();
        }
        return done;
    }

    /** Inserts rows from number {@code first} on, one by one. */
    private void insertImages(StoreTransaction own, Batch rows, int first, long[] tids) {
        Selection selection = rows.selection();
        int count = selection.count();
        ByteSink images = own.work().images;
        images.clear();
        int[] starts = new int[count + 1];
        int[] inline = new int[count];
        for (int i = first; i < count; i++) {
            starts[i] = images.size();
            inline[i] = TupleImage.encode(rows, selection.row(i), layout, images, own.work().value);
        }
        starts[count] = images.size();
        for (int done = first; done < count;) {
            int n = heap.insertRun(own, images, starts, inline, done, count, tids);
            long capacity = own.work().pageCapacity;
            for (int i = done; i < done + n; i++) {
                own.redo().begin(Redo.INSERT, heap.id()).putLong(tids[i] | capacity << 48)
                        .put(images.array(), starts[i], starts[i + 1] - starts[i]);
            }
            done += n;
            own.relieve();
        }
    }

    @Override
    public TupleOutcome update(Transaction transaction, Snapshot snapshot, long tid, Batch rows, int row, boolean keyChange) {
        StoreTransaction own = (StoreTransaction) transaction;
        own.work().images.clear();
        TupleImage.encode(rows, row, layout, own.work().images, own.work().value);
        TupleOutcome outcome = heap.update(own, snapshot, tid, own.work().images.array(), keyChange);
        heap.changes().increment();
        own.relieve();
        return outcome;
    }

    @Override
    public TupleOutcome delete(Transaction transaction, Snapshot snapshot, long tid, boolean moves) {
        StoreTransaction own = (StoreTransaction) transaction;
        TupleOutcome outcome = heap.delete(own, snapshot, tid, moves);
        heap.changes().increment();
        own.relieve();
        return outcome;
    }

    @Override
    public TupleOutcome check(Transaction transaction, Snapshot snapshot, long tid) {
        return heap.check((StoreTransaction) transaction, snapshot, tid);
    }

    @Override
    public boolean fetch(Snapshot snapshot, long tid, int[] attributes, Batch out, int row) {
        Page page = heap.pin(tid);
        if (page == null) {
            return false;
        }
        page.latchShared();
        try {
            int slot = Tid.slot(tid);
            if (!heap.isOccupied(page, slot)) {
                return false;
            }
            PageVersions versions = HeapTable.versions(page);
            Version head = versions == null ? null : versions.head(slot);
            PageVersions.Sight sight = head == null ? PageVersions.Sight.CURRENT : PageVersions.sight(head, snapshot);
            if (sight == PageVersions.Sight.NOTHING) {
                return false;
            }
            readCurrent(page, slot, attributes, out, row);
            if (sight == PageVersions.Sight.OLDER) {
                overlay(page, slot, head, snapshot, attributes, out, row);
            }
            return true;
        } finally {
            page.unlatchShared();
            page.unpin();
        }
    }

    private void readCurrent(Page page, int slot, int[] attributes, Batch out, int row) {
        long a = page.address();
        PageLayout pageLayout = heap.layoutOf(a);
        int[] slots = {slot};
        for (int i = 0; i < attributes.length; i++) {
            int index = attributes[i];
            HeapReader.read(a, pageLayout, index, layout.attribute(index), heap.overflow(), slots, 0, 1, out.column(i), row);
        }
        readExtension(a, pageLayout, HeapPage.word(a, pageLayout, slot), attributes, out, row);
    }

    /** Reads the columns that a row has more than its page. */
    void readExtension(long a, PageLayout pageLayout, long word, int[] attributes, Batch out, int row) {
        int known = pageLayout.columns.length;
        if (known < heap.format().size()) {
            Extension.read(word, known, heap.format(), layout, heap.overflow(), attributes, out, row);
        }
    }

    /** Puts the before-images of the versions that {@code snapshot} does not see over a row read from the page. */
    void overlay(Page page, int slot, Version head, Snapshot snapshot, int[] attributes, Batch out, int row) {
        TupleReader values = new TupleReader();
        long a = page.address();
        PageLayout pageLayout = heap.layoutOf(a);
        long word = HeapPage.word(a, pageLayout, slot);
        for (Version v = head; v != null && !v.isSeenBy(snapshot); v = v.older) {
            if (v.kind != Version.Kind.UPDATE) {
                continue;
            }
            word = v.beforeWord;
            values.reset(v.before, 0, heap.format());
            while (values.next()) {
                for (int i = 0; i < attributes.length; i++) {
                    if (attributes[i] == values.attribute()) {
                        overlayValue(values, out.column(i), row);
                    }
                }
            }
        }
        readExtension(a, pageLayout, word, attributes, out, row);
    }

    private void overlayValue(TupleReader value, Vector column, int row) {
        if (value.isNull()) {
            column.setNull(row);
            return;
        }
        byte[] bytes = value.bytes();
        int offset = value.offset();
        int length = value.length();
        if (value.isPointer()) {
            bytes = heap.overflow().read(TupleReader.getLong(bytes, offset));
            offset = 0;
            length = bytes.length;
        }
        TupleImage.decode(bytes, offset, length, layout.attribute(value.attribute()), column, row);
    }

    @Override
    public RowState fetchNewest(Transaction transaction, long tid, int[] attributes, Batch out, int row) {
        Page page = heap.pin(tid);
        if (page == null) {
            return RowState.DEAD;
        }
        page.latchShared();
        try {
            int slot = Tid.slot(tid);
            if (!heap.isOccupied(page, slot)) {
                return RowState.DEAD;
            }
            PageVersions versions = HeapTable.versions(page);
            Version head = versions == null ? null : versions.head(slot);
            RowState state = state(page, slot, head, (StoreTransaction) transaction);
            if (!(state instanceof RowState.Dead)) {
                readCurrent(page, slot, attributes, out, row);
            }
            return state;
        } finally {
            page.unlatchShared();
            page.unpin();
        }
    }

    private RowState state(Page page, int slot, Version head, StoreTransaction transaction) {
        long a = page.address();
        long xid = Extension.xid(HeapPage.word(a, heap.layoutOf(a), slot), heap.overflow());
        if (head == null) {
            return new RowState.Live(xid);
        }
        boolean deleting = head.kind == Version.Kind.DELETE;
        long csn = head.writer.csn();
        if (head.writer.xid() != transaction.xid()) {
            if (csn == TransactionState.IN_PROGRESS) {
                return new RowState.InProgress(head.writer.xid(), head.kind == Version.Kind.INSERT, deleting);
            }
            transaction.buildsOn(csn);
        }
        return deleting ? RowState.DEAD : new RowState.Live(xid);
    }

    @Override
    public void writers(Snapshot snapshot, long[] tids, int count, Vector out) {
        LongVector xids = (LongVector) out;
        for (int i = 0; i < count; i++) {
            xids.put(i, writer(snapshot, tids[i]));
        }
    }

    private long writer(Snapshot snapshot, long tid) {
        Page page = heap.pin(tid);
        if (page == null) {
            return 0;
        }
        page.latchShared();
        try {
            int slot = Tid.slot(tid);
            if (!heap.isOccupied(page, slot)) {
                return 0;
            }
            long a = page.address();
            long word = HeapPage.word(a, heap.layoutOf(a), slot);
            PageVersions versions = HeapTable.versions(page);
            Version v = versions == null ? null : versions.head(slot);
            for (; v != null && !v.isSeenBy(snapshot); v = v.older) {
                word = v.kind == Version.Kind.UPDATE ? v.beforeWord : word;
            }
            return Extension.xid(word, heap.overflow());
        } finally {
            page.unlatchShared();
            page.unpin();
        }
    }

    @Override
    public TableScan scan(Snapshot snapshot, int[] attributes, PageRange pages) {
        return new HeapScan(this, snapshot, attributes.clone(), pages);
    }

    @Override
    public long pageCount() {
        return heap.space().count();
    }

    @Override
    public long rowEstimate() {
        return heap.rowEstimate();
    }

    @Override
    public long changesSinceAnalyzed() {
        return heap.changes().sum();
    }

    @Override
    public void analyzed() {
        heap.changes().reset();
    }
}
