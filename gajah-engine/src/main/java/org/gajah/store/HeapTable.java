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
    private volatile RowFormat[] formats;
    private volatile RowFormat format;
    /** The format of new rows as committed. */
    private volatile RowFormat settledFormat;
    /** Moving average of the heap bytes of a row. */
    private volatile int averageBytes;

    HeapTable(RelationId id, PageSpace space, PageSpace overflowSpace, RowFormat[] formats) {
        super(id);
        this.space = space;
        this.overflow = new Overflow(overflowSpace);
        this.formats = formats;
        this.format = formats[formats.length - 1];
        this.settledFormat = format;
        this.averageBytes = 12 * format.variableCount();
        space.setImages(this::settle);
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

    static PageVersions versions(Page page) {
        return (PageVersions) page.attachment();
    }

    private static PageVersions versionsForChange(Page page) {
        PageVersions versions = versions(page);
        if (versions == null) {
            versions = new PageVersions();
            page.attach(versions);
        }
        return versions;
    }

    // ---- insert

    /**
     * Inserts images, one after the other in {@code images} at {@code starts}, as long as they fit one page.
     *
     * @return how many were inserted, at least one
     */
    int insertRun(StoreTransaction transaction, ByteSink images, int[] starts, int from, int count, long[] tids) {
        TransactionState writer = transaction.writing();
        RowFormat wanted = format;
        Fitting fitting = transaction.work().fitting;
        byte[] bytes = images.array();
        int inline = fitting.inlineBytes(bytes, starts[from], wanted);
        averageBytes = averageBytes + (inline - averageBytes) / 8;
        ChangeGate gate = space.pool().gate();
        long ticket = gate.enter();
        try {
            byte[] longImage = fitting.hasLong(bytes, starts[from], wanted)
                    ? fitting.externalise(bytes, starts[from], wanted, wanted.size(), HeapPage.INLINE_LIMIT * 4, overflow) : bytes;
            if (longImage != bytes) {
                inline = fitting.inlineBytes(longImage, 0, wanted);
            }
            Page page = pageForInsert(wanted, inline);
            try {
                return fill(transaction, writer, page, longImage, starts, from, count, tids);
            } finally {
                page.unlatchExclusive();
                page.unpin();
            }
        } finally {
            gate.leave(ticket);
        }
    }

    private int fill(StoreTransaction transaction, TransactionState writer, Page page, byte[] image, int[] starts, int from,
            int count, long[] tids) {
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
            int needed = slot < 0 ? 0 : transaction.work().fitting.inlineBytes(fitted, start, layout.format);
            if (slot >= 0 && needed > HeapPage.room(a, layout, reserved) && done == 0) {
                fitted = transaction.work().fitting.externalise(fitted, start, layout.format, layout.format.size(),
                        HeapPage.room(a, layout, reserved), overflow);
                start = 0;
            } else if (slot < 0 || needed > HeapPage.room(a, layout, reserved)) {
                break;
            }
            place(transaction, writer, page, layout, slot, fitted, start);
            tids[from + done] = Tid.of(page.number(), slot);
            done++;
            if (from + done >= count || transaction.work().fitting.hasLong(all, starts[from + done], layout.format)) {
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
            Version version = new Version(writer, transaction.commandId(), Version.Kind.INSERT, this, page, slot,
                    Version.NOTHING, 0, 0, null);
            transaction.add(version);
            versions.push(version, layout.capacity);
        }
        HeapPage.occupy(a, layout, slot, HeapPage.LIVE | writer.xid());
        HeapPage.apply(a, layout, slot, transaction.work().reader.reset(image, start, layout.format), Overflow.NOWHERE);
        rows.increment();
    }

    private static int reserved(Page page) {
        PageVersions versions = versions(page);
        return versions == null ? 0 : versions.reserved;
    }

    /** A page of the current format with a free slot and, unless it is new, with room; pinned, latched, ready for change. */
    private Page pageForInsert(RowFormat wanted, int inline) {
        for (int number = room.target(); number >= 0; number = room.target()) {
            Page page = space.page(number).pin();
            page.latchExclusive();
            long a = page.address();
            if (versions(page) == null && (!HeapPage.isInitialised(a)
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
        return switch (head.kind) {
            case INSERT -> TupleOutcome.INVISIBLE;
            case UPDATE -> new TupleOutcome.Updated(tid);
            case DELETE -> TupleOutcome.DELETED;
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

    TupleOutcome delete(StoreTransaction transaction, Snapshot snapshot, long tid) {
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
            Version head = head(page, slot);
            TupleOutcome outcome = conflict(head, tid, transaction, snapshot, true);
            if (outcome != TupleOutcome.OK) {
                return outcome;
            }
            page.beforeChange();
            Version version = new Version(writer, transaction.commandId(), Version.Kind.DELETE, this, page, slot,
                    Version.NOTHING, 0, 0, head);
            transaction.add(version);
            versionsForChange(page).push(version, HeapPage.capacity(page.address()));
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
            TupleOutcome outcome = conflict(head(page, slot), tid, transaction, snapshot, keyChange);
            if (outcome != TupleOutcome.OK) {
                return outcome;
            }
            change(transaction, writer, page, slot, image, keyChange);
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
        long word = known < newest.size() ? Extension.write(after, 0, newest, known, writer.xid(), overflow)
                : HeapPage.LIVE | writer.xid();
        if (transaction.work().fitting.hasLong(after, 0, newest) || transaction.work().fitting.inlineBytes(after, 0, newest) > room) {
            after = transaction.work().fitting.externalise(after, 0, newest, known, room, overflow);
        }
        page.beforeChange();
        PageVersions versions = versionsForChange(page);
        Version version = new Version(writer, transaction.commandId(), Version.Kind.UPDATE, this, page, slot,
                transaction.work().before.toBytes(), HeapPage.word(a, layout, slot), kept, versions.head(slot));
        version.setKeyChange(keyChange);
        transaction.add(version);
        versions.push(version, layout.capacity);
        versions.reserved += kept;
        HeapPage.apply(a, layout, slot, transaction.work().reader.reset(after, 0, newest), Overflow.NOWHERE);
        HeapPage.setWord(a, layout, slot, word);
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

    // ---- undo, purge

    /** Takes a version back. */
    void undo(Version version) {
        Page page = version.page.pin();
        ChangeGate gate = space.pool().gate();
        long ticket = gate.enter();
        page.latchExclusive();
        try {
            page.beforeChange();
            long a = page.address();
            PageLayout layout = layoutOf(a);
            PageVersions versions = versions(page);
            switch (version.kind) {
                case INSERT -> {
                    for (int slot = version.firstSlot; slot <= version.lastSlot; slot++) {
                        HeapPage.release(a, layout, slot, overflow);
                        versions.pop(version, slot);
                    }
                    rows.add(version.firstSlot - version.lastSlot - 1L);
                }
                case UPDATE -> {
                    versions.reserved -= version.reserved;
                    HeapPage.apply(a, layout, version.firstSlot, new TupleReader().reset(version.before, 0, layout.format), overflow);
                    Extension.free(HeapPage.word(a, layout, version.firstSlot), overflow);
                    HeapPage.setWord(a, layout, version.firstSlot, version.beforeWord);
                    versions.pop(version, version.firstSlot);
                }
                case DELETE -> versions.pop(version, version.firstSlot);
            }
            detachIfEmpty(page, versions);
        } finally {
            page.unlatchExclusive();
            gate.leave(ticket);
            page.unpin();
        }
        if (version.kind == Version.Kind.INSERT) {
            room.add(page.number());
        }
    }

    private static void detachIfEmpty(Page page, PageVersions versions) {
        if (versions.isEmpty()) {
            page.attach(null);
        }
    }

    /** Everybody sees what the version did: forgets what was before, and the row itself if it was deleted. */
    void purge(Version version) {
        if (isDropped()) {
            return;
        }
        switch (version.kind) {
            case INSERT, UPDATE -> purgeBefore(version);
            case DELETE -> purgeRow(version);
        }
    }

    private void purgeBefore(Version version) {
        Page page = version.page;
        ChangeGate gate = space.pool().gate();
        long ticket = gate.enter();
        page.latchAttachment();
        try {
            PageVersions versions = versions(page);
            versions.cut(version);
            versions.reserved -= version.reserved;
            detachIfEmpty(page, versions);
        } finally {
            page.unlatchExclusive();
        }
        try {
            if (version.kind == Version.Kind.UPDATE) {
                freePointers(version.before);
                Extension.free(version.beforeWord, overflow);
            }
        } finally {
            gate.leave(ticket);
        }
    }

    private void freePointers(byte[] before) {
        TupleReader values = new TupleReader().reset(before, 0, format);
        while (values.next()) {
            if (values.isPointer()) {
                overflow.free(TupleReader.getLong(values.bytes(), values.offset()));
            }
        }
    }

    private void purgeRow(Version version) {
        Page page = version.page.pin();
        ChangeGate gate = space.pool().gate();
        long ticket = gate.enter();
        page.latchExclusive();
        try {
            page.beforeChange();
            long a = page.address();
            PageVersions versions = versions(page);
            versions.cut(version);
            HeapPage.release(a, layoutOf(a), version.firstSlot, overflow);
            detachIfEmpty(page, versions);
        } finally {
            page.unlatchExclusive();
            gate.leave(ticket);
            page.unpin();
        }
        rows.decrement();
        room.add(page.number());
    }

    // ---- checkpoint, recovery

    /** Turns a copy of a page into what transactions up to {@code csn} have made of it; see {@link org.gajah.page.PageImages}. */
    private boolean settle(Page page, long image, long csn) {
        PageVersions versions = versions(page);
        PageLayout layout = layoutOf(image);
        boolean again = false;
        for (int slot = 0; slot < HeapPage.slots(page.address()); slot++) {
            Version v = versions.head(slot);
            while (v != null && v.writer.csn() > csn) {
                again = true;
                switch (v.kind) {
                    case INSERT -> HeapPage.release(image, layout, slot, Overflow.NOWHERE);
                    case UPDATE -> {
                        HeapPage.apply(image, layout, slot, new TupleReader().reset(v.before, 0, layout.format), Overflow.NOWHERE);
                        HeapPage.setWord(image, layout, slot, v.beforeWord);
                    }
                    case DELETE -> { }
                }
                v = v.kind == Version.Kind.INSERT ? null : v.older;
            }
            if (v != null && v.kind == Version.Kind.DELETE) {
                again = true;
                HeapPage.release(image, layout, slot, Overflow.NOWHERE);
            }
        }
        return again;
    }

    /** Puts a row where it was when it was logged; returns where its image ends. */
    int replayInsert(long logged, long xid, byte[] bytes, int start, TupleReader reader, Fitting fitting) {
        long tid = logged & 0xffff_ffff_ffffL;
        int capacity = (int) (logged >>> 48);
        long ticket = space.pool().gate().enter();
        try {
            while (space.count() <= Tid.page(tid)) {
                Page fresh = space.allocate();
                room.add(fresh.number());
                fresh.unlatchExclusive();
                fresh.unpin();
            }
            Page page = space.page(Tid.page(tid)).pin();
            page.latchExclusive();
            try {
                page.beforeChange();
                long a = page.address();
                if (!HeapPage.isInitialised(a) || HeapPage.live(a) == 0
                        && (HeapPage.capacity(a) != capacity || HeapPage.formatVersion(a) != format.version())) {
                    HeapPage.initialise(a, format.layout(capacity));
                }
                PageLayout layout = layoutOf(a);
                int slot = Tid.slot(tid);
                if (slot < HeapPage.slots(a) && HeapPage.word(a, layout, slot) != 0) {
                    HeapPage.release(a, layout, slot, overflow);
                    rows.decrement();
                }
                HeapPage.occupy(a, layout, slot, HeapPage.LIVE | xid);
                rows.increment();
                return replayImage(a, layout, slot, xid, bytes, start, reader, fitting);
            } finally {
                page.unlatchExclusive();
                page.unpin();
            }
        } finally {
            space.pool().gate().leave(ticket);
        }
    }

    private int replayImage(long a, PageLayout layout, int slot, long xid, byte[] bytes, int start, TupleReader reader,
            Fitting fitting) {
        RowFormat newest = format;
        int known = layout.columns.length;
        int available = HeapPage.room(a, layout, 0);
        reader.reset(bytes, start, newest);
        while (reader.next()) {
            // walks over the values to find the end
        }
        int end = reader.end();
        Extension.free(HeapPage.word(a, layout, slot), overflow);
        HeapPage.setWord(a, layout, slot, known < newest.size() ? Extension.write(bytes, start, newest, known, xid, overflow)
                : HeapPage.LIVE | xid);
        byte[] fitted = bytes;
        int from = start;
        if (fitting.hasLong(bytes, start, newest) || fitting.inlineBytes(bytes, start, newest) > available) {
            fitted = fitting.externalise(bytes, start, newest, known, available, overflow);
            from = 0;
        }
        HeapPage.apply(a, layout, slot, reader.reset(fitted, from, newest), overflow);
        return end;
    }

    /** Applies a logged change of a row; returns where its image ends. */
    int replayUpdate(long tid, long xid, byte[] bytes, int start, TupleReader reader, Fitting fitting) {
        long ticket = space.pool().gate().enter();
        Page page = pinLogged(tid);
        try {
            page.beforeChange();
            long a = page.address();
            return replayImage(a, layoutOf(a), Tid.slot(tid), xid, bytes, start, reader, fitting);
        } finally {
            page.unlatchExclusive();
            page.unpin();
            space.pool().gate().leave(ticket);
        }
    }

    void replayDelete(long tid) {
        long ticket = space.pool().gate().enter();
        Page page = pinLogged(tid);
        try {
            page.beforeChange();
            long a = page.address();
            HeapPage.release(a, layoutOf(a), Tid.slot(tid), overflow);
        } finally {
            page.unlatchExclusive();
            page.unpin();
            space.pool().gate().leave(ticket);
        }
        rows.decrement();
        room.add(Tid.page(tid));
    }

    /** The page of a row that must be there, pinned and latched. */
    private Page pinLogged(long tid) {
        Page page = pin(tid);
        if (page != null) {
            page.latchExclusive();
            if (isOccupied(page, Tid.slot(tid))) {
                return page;
            }
            page.unlatchExclusive();
            page.unpin();
        }
        throw new SqlError(SqlState.DATA_CORRUPTED, "the log changes row " + Tid.toString(tid) + " of storage "
                + Integer.toUnsignedString(id().database()) + "/" + Integer.toUnsignedString(id().relation())
                + ", which is not there");
    }
}
