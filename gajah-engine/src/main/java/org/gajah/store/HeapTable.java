package org.gajah.store;

import java.util.concurrent.atomic.LongAdder;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.page.ChangeGate;
import org.gajah.page.Page;
import org.gajah.page.PageSpace;
import org.gajah.table.Attribute;
import org.gajah.table.RelationId;
import org.gajah.table.Tid;
import org.gajah.table.TupleOutcome;
import org.gajah.txn.Snapshot;
import org.gajah.txn.TransactionState;

/**
 * A table's pages and the changes of its rows, whoever asks for them: sessions, rollback, purge. One object a table.
 *
 * <p>Each method passes the change gate by itself. Within a page nothing can fail between the first changed byte and the last: values
 * are made to fit, and overflow values written, before.
 */
final class HeapTable extends StoredRelation {
    private final PageSpace space;
    private final Overflow overflow;
    private final RoomMap room = new RoomMap();
    private final LongAdder rows = new LongAdder();
    private final LongAdder changes = new LongAdder();
    private final UndoMemory memory;
    private final HeapUndo undo = new HeapUndo(this);
    private volatile RowFormat[] formats;
    private volatile RowFormat format;
    /** The format of new rows as committed. */
    private volatile RowFormat settledFormat;
    /** Moving average of the heap bytes of a row. */
    private volatile int averageBytes;

    HeapTable(RelationId id, PageSpace space, PageSpace overflowSpace, RowFormat[] formats, UndoMemory memory) {
        super(id);
        this.memory = memory;
        this.space = space;
        this.overflow = new Overflow(overflowSpace);
        this.formats = formats;
        this.format = formats[formats.length - 1];
        this.settledFormat = format;
        this.averageBytes = 12 * format.variableCount();
        space.setImages(undo::settle);
    }

    PageSpace space() {
        return space;
    }

    Overflow overflow() {
        return overflow;
    }

    /** The format of new rows. */
    RowFormat format() {
        return format;
    }

    RowFormat[] formats() {
        return formats;
    }

    /** Adds a format (or takes up one that is there) and makes it the one of new rows. */
    synchronized void setFormat(RowFormat next) {
        while (next.version() >= formats.length) {
            RowFormat[] more = java.util.Arrays.copyOf(formats, formats.length + 1);
            more[formats.length] = next;
            formats = more;
        }
        format = formats[next.version()];
        room.forgetTargets();
    }

    RowFormat settledFormat() {
        return settledFormat;
    }

    /** The change of format is committed. */
    void settleFormat() {
        settledFormat = format;
    }

    PageLayout layoutOf(long page) {
        return formats[HeapPage.formatVersion(page)].layout(HeapPage.capacity(page));
    }

    RoomMap room() {
        return room;
    }

    long rowEstimate() {
        return Math.max(0, rows.sum());
    }

    void addRows(long count) {
        rows.add(count);
    }

    /** Changes of rows, for whoever decides when statistics are out of date. */
    LongAdder changes() {
        return changes;
    }

    /** The versions of a page's rows, for reading; null if there are none. The page is latched. */
    static PageVersions versions(Page page) {
        PageVersions versions = (PageVersions) page.attachment();
        return versions == null || !versions.isFrozen() ? versions : versions.copy();
    }

    /** The versions of a page's rows, in memory; null if there are none. The page is latched exclusively. */
    static PageVersions thawed(Page page) {
        PageVersions versions = (PageVersions) page.attachment();
        if (versions != null) {
            versions.thaw();
        }
        return versions;
    }

    private PageVersions versionsForChange(Page page) {
        PageVersions versions = thawed(page);
        if (versions == null) {
            versions = new PageVersions(memory);
            page.attach(versions);
        }
        return versions;
    }

    /** Sends the versions of a page's rows to the file of {@link UndoMemory}. */
    void freeze(int number) {
        if (isDropped()) {
            return;
        }
        Page page = space.page(number);
        page.latchAttachment();
        try {
            if (page.attachment() instanceof PageVersions versions) {
                versions.freeze();
            }
        } finally {
            page.unlatchExclusive();
        }
    }

    // ---- insert

    /**
     * Inserts images, one after the other in {@code images} at {@code starts}, as long as they fit one page.
     *
     * @param inlines what {@link TupleImage#encode} has said of each
     * @return how many were inserted, at least one
     */
    int insertRun(StoreTransaction transaction, ByteSink images, int[] starts, int[] inlines, int from, int count, long[] tids) {
        TransactionState writer = transaction.writing();
        RowFormat wanted = format;
        Fitting fitting = transaction.work().fitting;
        byte[] bytes = images.array();
        boolean tooLong = inlines[from] == TupleImage.TOO_LONG;
        int inline = tooLong ? fitting.inlineBytes(bytes, starts[from], wanted) : inlines[from];
        averageBytes = averageBytes + (inline - averageBytes) / 8;
        ChangeGate gate = space.pool().gate();
        long ticket = gate.enter();
        try {
            byte[] longImage = tooLong
                    ? fitting.externalise(bytes, starts[from], wanted, wanted.size(), HeapPage.INLINE_LIMIT * 4,
                            overflow.writtenBy(writer, transaction.work().unplaced)) : bytes;
            if (longImage != bytes) {
                inline = fitting.inlineBytes(longImage, 0, wanted);
            }
            Page page = pageForInsert(wanted, inline);
            try {
                return fill(transaction, writer, page, longImage, starts, inlines, from, count, tids);
            } finally {
                page.unlatchExclusive();
                page.unpin();
            }
        } catch (SqlError e) {
            freeUnplaced(transaction);
            throw e;
        } finally {
            gate.leave(ticket);
        }
    }

    /**
     * Inserts rows of a block, none of them too long, as many as fit one page without moving anything, and logs them.
     *
     * @return how many; zero if they have to go one by one
     */
    int insertBlock(StoreTransaction transaction, RowBlock block, int from, long[] tids) {
        TransactionState writer = transaction.writing();
        RowFormat wanted = format;
        ByteSink encoded = transaction.work().block;
        encoded.clear();
        int number;
        int slot;
        int n = 0;
        int capacity;
        ChangeGate gate = space.pool().gate();
        long ticket = gate.enter();
        try {
            Page page = pageForInsert(wanted, block.inline(from));
            try {
                PageLayout layout = layoutOf(page.address());
                number = page.number();
                capacity = layout.capacity;
                slot = HeapPage.freeTail(page.address(), layout);
                n = slot < 0 ? 0 : howMany(block, from, layout.capacity - slot, HeapPage.freeRun(page.address(), layout) - reserved(page));
                if (n > 0) {
                    block.encode(from, n, encoded);
                    placeAll(transaction, writer, page, layout, slot, n, encoded.array());
                }
            } finally {
                page.unlatchExclusive();
                page.unpin();
            }
        } finally {
            gate.leave(ticket);
        }
        if (n > 0) {
            for (int i = 0; i < n; i++) {
                tids[from + i] = Tid.of(number, slot + i);
            }
            transaction.redo().begin(Redo.INSERT_ROWS, id()).putInt(10 + encoded.size()).putInt(number).putShort(capacity).putShort(slot).putShort(n)
                    .put(encoded.view());
        }
        return n;
    }

    /** How many rows of a block have a slot and room, and the average of what rows need. */
    private int howMany(RowBlock block, int from, int slots, int room) {
        int most = Math.min(slots, block.count() - from);
        int used = 0;
        int n = 0;
        while (n < most && used + block.inline(from + n) <= room) {
            used += block.inline(from + n++);
        }
        if (n > 0) {
            averageBytes = averageBytes + (used / n - averageBytes) / 8;
        }
        return n;
    }

    private void placeAll(StoreTransaction transaction, TransactionState writer, Page page, PageLayout layout, int slot, int n, byte[] block) {
        PageVersions versions = versionsForChange(page);
        Version neighbour = versions.lastInsert(slot);
        if (neighbour != null && transaction.mayJoin(neighbour)) {
            for (int i = 0; i < n; i++) {
                versions.extend(neighbour, slot + i);
            }
        } else {
            Version version = new Version(writer, transaction.commandId(), Version.Kind.INSERT, transaction.undoLog().size(), slot,
                    Version.NOTHING, 0, 0, null);
            version.lastSlot = slot + n - 1;
            transaction.undoLog().addChange(this, page.number(), slot);
            versions.push(version, layout.capacity);
        }
        try {
            HeapPage.occupyTail(page.address(), layout, slot, n, HeapPage.LIVE | writer.xid());
            new RowBlockReader(block, 0, n, layout.format).fill(page.address(), layout, slot);
        } catch (RuntimeException | Error e) {
            throw space.pool().failures().fail(e);
        }
        rows.add(n);
        changes.add(n);
    }

    private int fill(StoreTransaction transaction, TransactionState writer, Page page, byte[] image, int[] starts,
            int[] inlines, int from, int count, long[] tids) {
        byte[] all = transaction.work().images.array();
        long a = page.address();
        PageLayout layout = layoutOf(a);
        transaction.work().pageCapacity = layout.capacity;
        byte[] fitted = image;
        int start = image == all ? starts[from] : 0;
        int done = 0;
        while (true) {
            int slot = HeapPage.freeSlot(a, layout);
            int reserved = reserved(page);
            int needed = slot < 0 ? 0 : fitted == all ? inlines[from + done]
                    : transaction.work().fitting.inlineBytes(fitted, start, layout.format);
            if (slot >= 0 && needed > HeapPage.room(a, layout, reserved) && done == 0) {
                fitted = transaction.work().fitting.externalise(fitted, start, layout.format, layout.format.size(),
                        HeapPage.room(a, layout, reserved), overflow.writtenBy(writer, transaction.work().unplaced));
                start = 0;
            } else if (slot < 0 || needed > HeapPage.room(a, layout, reserved)) {
                break;
            }
            place(transaction, writer, page, layout, slot, fitted, start);
            tids[from + done] = Tid.of(page.number(), slot);
            done++;
            if (from + done >= count || inlines[from + done] == TupleImage.TOO_LONG) {
                break;
            }
            fitted = all;
            start = starts[from + done];
        }
        return done;
    }

    private void place(StoreTransaction transaction, TransactionState writer, Page page, PageLayout layout, int slot,
            byte[] image, int start) {
        long a = page.address();
        PageVersions versions = versionsForChange(page);
        Version neighbour = versions.lastInsert(slot);
        if (neighbour != null && transaction.mayJoin(neighbour)) {
            versions.extend(neighbour, slot);
        } else {
            Version version = new Version(writer, transaction.commandId(), Version.Kind.INSERT, transaction.undoLog().size(), slot,
                    Version.NOTHING, 0, 0, null);
            transaction.undoLog().addChange(this, page.number(), slot);
            versions.push(version, layout.capacity);
        }
        try {
            HeapPage.occupy(a, layout, slot, HeapPage.LIVE | writer.xid());
            HeapPage.fill(a, layout, slot, transaction.work().reader.reset(image, start, layout.format));
        } catch (RuntimeException | Error e) {
            throw space.pool().failures().fail(e);
        }
        transaction.work().unplaced.clear();
        rows.increment();
        changes.increment();
    }

    /** The row that its long values were written for does not get to a page. Inside the gate. */
    private void freeUnplaced(StoreTransaction transaction) {
        overflow.freeAll(transaction.work().unplaced.stream().mapToLong(Long::longValue).toArray());
        transaction.work().unplaced.clear();
    }

    private static int reserved(Page page) {
        return page.attachment() instanceof PageVersions versions ? versions.reserved : 0;
    }

    /** A page of the current format with a free slot and, unless it is new, with room; pinned, latched, ready for change. */
    private Page pageForInsert(RowFormat wanted, int inline) {
        for (int number = room.target(); number >= 0; number = room.target()) {
            Page page = space.page(number).pin();
            page.latchExclusive();
            long a = page.address();
            if (page.attachment() == null && (!HeapPage.isInitialised(a)
                    || HeapPage.live(a) == 0 && HeapPage.formatVersion(a) != wanted.version())) {
                page.beforeChange();
                HeapPage.initialise(a, wanted.layout(wanted.capacityFor(averageBytes)));
                return page;
            }
            if (HeapPage.isInitialised(a) && HeapPage.formatVersion(a) == wanted.version()) {
                PageLayout layout = layoutOf(a);
                if (HeapPage.freeSlot(a, layout) >= 0 && (HeapPage.live(a) == 0 || HeapPage.room(a, layout, reserved(page)) >= inline)) {
                    page.beforeChange();
                    return page;
                }
            }
            room.exhausted(number);
            page.unlatchExclusive();
            page.unpin();
        }
        Page page = space.allocate();
        HeapPage.initialise(page.address(), wanted.layout(wanted.capacityFor(averageBytes)));
        room.setTarget(page.number());
        return page;
    }

    // ---- update, delete

    /** Whether {@code transaction} may change the row whose newest version is {@code head}; OK or why not. */
    private static TupleOutcome conflict(Version head, long tid, StoreTransaction transaction, Snapshot snapshot) {
        if (head == null) {
            return TupleOutcome.OK;
        }
        long xid = head.writer.xid();
        boolean inserting = head.kind == Version.Kind.INSERT;
        if (xid == transaction.xid()) {
            if (head.commandId >= snapshot.commandId()) {
                return inserting ? TupleOutcome.INVISIBLE : new TupleOutcome.SelfModified(head.commandId);
            }
            return head.kind == Version.Kind.DELETE ? TupleOutcome.INVISIBLE : TupleOutcome.OK;
        }
        long csn = head.writer.csn();
        if (csn == TransactionState.IN_PROGRESS) {
            return inserting ? TupleOutcome.INVISIBLE : new TupleOutcome.BeingModified(xid, head.ofKey);
        }
        if (csn <= snapshot.csn()) {
            return head.kind == Version.Kind.DELETE ? TupleOutcome.INVISIBLE : TupleOutcome.OK;
        }
        transaction.buildsOn(csn);
        return switch (head.kind) {
            case INSERT -> TupleOutcome.INVISIBLE;
            case UPDATE -> new TupleOutcome.Updated(tid);
            case DELETE -> head.moved ? TupleOutcome.MOVED : TupleOutcome.DELETED;
        };
    }

    /** As above, and whether somebody's row lock forbids the change. The page is latched exclusively. */
    private TupleOutcome conflict(Version head, long tid, StoreTransaction transaction, Snapshot snapshot, boolean keyChange) {
        TupleOutcome outcome = conflict(head, tid, transaction, snapshot);
        boolean locked = outcome == TupleOutcome.OK
                && transaction.guard().forbids(id().database(), id().relation(), tid, keyChange);
        return locked ? TupleOutcome.ROW_LOCKED : outcome;
    }

    private static Version head(Page page, int slot) {
        PageVersions versions = versions(page);
        return versions == null ? null : versions.head(slot);
    }

    /** Whether there is a row in this slot, whatever its version. The page is latched. */
    boolean isOccupied(Page page, int slot) {
        long a = page.address();
        return HeapPage.isInitialised(a) && slot < HeapPage.slots(a) && HeapPage.word(a, layoutOf(a), slot) != 0;
    }

    /** The pinned page of a tid; empty handed (null) if the table has no such page. */
    Page pin(long tid) {
        int number = Tid.page(tid);
        return number >= 0 && number < space.count() ? space.page(number).pin() : null;
    }

    TupleOutcome check(StoreTransaction transaction, Snapshot snapshot, long tid) {
        Page page = pin(tid);
        if (page == null) {
            return TupleOutcome.INVISIBLE;
        }
        page.latchShared();
        try {
            return isOccupied(page, Tid.slot(tid)) ? conflict(head(page, Tid.slot(tid)), tid, transaction, snapshot)
                    : TupleOutcome.INVISIBLE;
        } finally {
            page.unlatchShared();
            page.unpin();
        }
    }

    TupleOutcome delete(StoreTransaction transaction, Snapshot snapshot, long tid, boolean moves) {
        TransactionState writer = transaction.writing();
        Page page = pin(tid);
        if (page == null) {
            return TupleOutcome.INVISIBLE;
        }
        ChangeGate gate = space.pool().gate();
        long ticket = gate.enter();
        page.latchExclusive();
        try {
            int slot = Tid.slot(tid);
            if (!isOccupied(page, slot)) {
                return TupleOutcome.INVISIBLE;
            }
            PageVersions known = thawed(page);
            Version head = known == null ? null : known.head(slot);
            TupleOutcome outcome = conflict(head, tid, transaction, snapshot, true);
            if (outcome != TupleOutcome.OK) {
                return outcome;
            }
            page.beforeChange();
            Version version = new Version(writer, transaction.commandId(), Version.Kind.DELETE, transaction.undoLog().size(), slot,
                    Version.NOTHING, 0, 0, head);
            version.moved = moves;
            transaction.undoLog().addChange(this, page.number(), slot);
            versionsForChange(page).push(version, HeapPage.capacity(page.address()));
            if (overflow.isUsed()) {
                HeapPage.pointers(page.address(), layoutOf(page.address()), slot).forEach(p -> overflow.loose().displaced(p, writer));
            }
        } finally {
            page.unlatchExclusive();
            gate.leave(ticket);
            page.unpin();
        }
        transaction.redo().begin(Redo.DELETE, id()).putLong(tid);
        return TupleOutcome.OK;
    }

    TupleOutcome update(StoreTransaction transaction, Snapshot snapshot, long tid, byte[] image, boolean keyChange) {
        TransactionState writer = transaction.writing();
        Page page = pin(tid);
        if (page == null) {
            return TupleOutcome.INVISIBLE;
        }
        ChangeGate gate = space.pool().gate();
        long ticket = gate.enter();
        page.latchExclusive();
        try {
            int slot = Tid.slot(tid);
            if (!isOccupied(page, slot)) {
                return TupleOutcome.INVISIBLE;
            }
            PageVersions known = thawed(page);
            TupleOutcome outcome = conflict(known == null ? null : known.head(slot), tid, transaction, snapshot, keyChange);
            if (outcome != TupleOutcome.OK) {
                return outcome;
            }
            change(transaction, writer, page, slot, image, keyChange);
        } catch (SqlError e) {
            freeUnplaced(transaction);
            throw e;
        } finally {
            page.unlatchExclusive();
            gate.leave(ticket);
            page.unpin();
        }
        transaction.redo().begin(Redo.UPDATE, id()).putLong(tid).put(transaction.work().after.view());
        return TupleOutcome.OK;
    }

    private void change(StoreTransaction transaction, TransactionState writer, Page page, int slot, byte[] image, boolean keyChange) {
        long a = page.address();
        PageLayout layout = layoutOf(a);
        int kept = difference(transaction, a, layout, slot, image);
        byte[] after = transaction.work().after.array();
        int room = HeapPage.room(a, layout, reserved(page));
        RowFormat newest = format;
        int known = layout.columns.length;
        long word = known < newest.size() ? Extension.write(after, 0, newest, known, writer.xid(), overflow.writtenBy(writer, transaction.work().unplaced))
                : HeapPage.LIVE | writer.xid();
        if (transaction.work().fitting.hasLong(after, 0, newest) || transaction.work().fitting.inlineBytes(after, 0, newest) > room) {
            after = transaction.work().fitting.externalise(after, 0, newest, known, room, overflow.writtenBy(writer, transaction.work().unplaced));
        }
        page.beforeChange();
        PageVersions versions = versionsForChange(page);
        if (versions.head(slot) != null && VersionMerge.isDue(versions.head(slot))) {
            VersionMerge.run(versions, slot, transaction.heldSnapshots(), layout.format, overflow);
        }
        Version version = new Version(writer, transaction.commandId(), Version.Kind.UPDATE, transaction.undoLog().size(), slot,
                transaction.work().before.toBytes(), HeapPage.word(a, layout, slot), kept, versions.head(slot));
        version.setKeyChange(keyChange);
        transaction.undoLog().addChange(this, page.number(), slot);
        try {
            versions.push(version, layout.capacity);
            versions.reserved += kept;
            if (overflow.isUsed()) {
                version.pointers(newest).forEach(p -> overflow.loose().displaced(p, writer));
            }
            HeapPage.apply(a, layout, slot, transaction.work().reader.reset(after, 0, newest), Overflow.NOWHERE);
            HeapPage.setWord(a, layout, slot, word);
            transaction.work().unplaced.clear();
        } catch (RuntimeException | Error e) {
            throw space.pool().failures().fail(e);
        }
    }

    /** Writes what differs to the transaction's before and after images; returns the heap bytes of what is replaced. */
    private int difference(StoreTransaction transaction, long a, PageLayout layout, int slot, byte[] image) {
        ByteSink before = transaction.work().before;
        ByteSink after = transaction.work().after;
        before.clear();
        after.clear();
        int known = layout.format.size();
        RowFormat newest = format;
        int n = newest.size();
        int beforeMaps = TupleImage.begin(before, known);
        int afterMaps = TupleImage.begin(after, n);
        int kept = 0;
        TupleReader values = transaction.work().reader.reset(image, 0, newest);
        while (values.next()) {
            int i = values.attribute();
            if (i >= known) {
                putAfter(values, newest, n, after, afterMaps);
                continue;
            }
            if (layout.columns[i] < 0 || HeapPage.isSame(a, layout, slot, values, overflow)) {
                continue;
            }
            TupleImage.setPresent(before, beforeMaps, i);
            if (HeapPage.isNull(a, layout, i, slot)) {
                TupleImage.setNull(before, beforeMaps, known, i);
            } else {
                kept += HeapPage.save(a, layout, i, slot, before);
            }
            putAfter(values, newest, n, after, afterMaps);
        }
        return kept;
    }

    private static void putAfter(TupleReader value, RowFormat format, int n, ByteSink after, int bitmaps) {
        TupleImage.setPresent(after, bitmaps, value.attribute());
        if (value.isNull()) {
            TupleImage.setNull(after, bitmaps, n, value.attribute());
            return;
        }
        if (format.width(value.attribute()) == Attribute.VARIABLE) {
            TupleImage.putVarint(after, value.length() * 2);
        }
        after.put(value.bytes(), value.offset(), value.length());
    }

    // ---- what happens without a session asking

    /** Takes the newest change of a row back; returns whether the page's versions came from the file. */
    boolean undo(int page, int slot) {
        return undo.undo(page, slot);
    }

    /** As {@link HeapUndo#purge}; nothing if the table is gone. */
    boolean purge(int page, int slot, long horizon) {
        return !isDropped() && undo.purge(page, slot, horizon);
    }

    /** Frees long values that nobody refers to. */
    void freeLongValues(long[] pointers) {
        long ticket = space.pool().gate().enter();
        try {
            for (long pointer : pointers) {
                overflow.free(pointer);
            }
        } finally {
            space.pool().gate().leave(ticket);
        }
    }

    /** Counts rows that came or went. */
    void countRows(int change) {
        rows.add(change);
    }
}
