package org.gajah.store;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.gajah.page.ChangeGate;
import org.gajah.page.Page;

/** What becomes of a table's row versions: taken back, purged when everybody sees their successors, left out of checkpoint images. */
final class HeapUndo {
    private final HeapTable table;

    HeapUndo(HeapTable table) {
        this.table = table;
    }

    /** Takes the newest change of a row, or of rows inserted with it, back; returns whether the page's versions came from the file. */
    boolean undo(int number, int slot) {
        Page page = table.space().page(number).pin();
        ChangeGate gate = table.space().pool().gate();
        long ticket = gate.enter();
        page.latchExclusive();
        boolean fetched;
        Version version;
        try {
            fetched = isFrozen(page);
            PageVersions versions = HeapTable.thawed(page);
            version = versions.head(slot);
            page.beforeChange();
            undo(page, versions, version);
            detachIfEmpty(page, versions);
        } finally {
            page.unlatchExclusive();
            gate.leave(ticket);
            page.unpin();
        }
        if (version.kind == Version.Kind.INSERT) {
            table.room().add(number);
        }
        return fetched;
    }

    private static boolean isFrozen(Page page) {
        return page.attachment() instanceof PageVersions versions && versions.isFrozen();
    }

    private void undo(Page page, PageVersions versions, Version version) {
        long a = page.address();
        PageLayout layout = table.layoutOf(a);
        long[] before = pointers(a, layout, version);
        switch (version.kind) {
            case INSERT -> {
                for (int slot = version.firstSlot; slot <= version.lastSlot; slot++) {
                    HeapPage.release(a, layout, slot, Overflow.NOWHERE);
                }
                table.countRows(version.firstSlot - version.lastSlot - 1);
            }
            case UPDATE -> {
                versions.reserved -= version.reserved;
                HeapPage.apply(a, layout, version.firstSlot, new TupleReader().reset(version.before, 0, layout.format), Overflow.NOWHERE);
                HeapPage.setWord(a, layout, version.firstSlot, version.beforeWord);
                version.pointers(table.format()).forEach(table.overflow().loose()::restored);
            }
            case DELETE -> LongStream.of(before).forEach(table.overflow().loose()::restored);
        }
        versions.pop(version);
        long[] after = version.kind == Version.Kind.INSERT ? new long[0] : pointers(a, layout, version);
        table.overflow().freeAll(LongStream.of(before).filter(p -> LongStream.of(after).noneMatch(q -> q == p)).toArray());
    }

    /** The long values of the rows that a version is about. */
    private static long[] pointers(long a, PageLayout layout, Version version) {
        return IntStream.rangeClosed(version.firstSlot, version.lastSlot).mapToObj(slot -> HeapPage.pointers(a, layout, slot))
                .flatMapToLong(pointers -> pointers).toArray();
    }

    private static void detachIfEmpty(Page page, PageVersions versions) {
        if (versions.isEmpty()) {
            versions.discard();
            page.attach(null);
        }
    }

    /**
     * Forgets what nobody needs of a row from {@code horizon} on, and the row itself if it is deleted by then; returns whether the page's
     * versions came from the file.
     */
    boolean purge(int number, int slot, long horizon) {
        Page page = table.space().page(number);
        ChangeGate gate = table.space().pool().gate();
        List<Version> cut = new ArrayList<>(1);
        boolean bytesNeeded;
        boolean fetched;
        long ticket = gate.enter();
        page.latchAttachment();
        try {
            fetched = isFrozen(page);
            bytesNeeded = page.isAwaitedByCheckpoint();
            if (!bytesNeeded) {
                PageVersions versions = HeapTable.thawed(page);
                bytesNeeded = versions != null && versions.isDeleted(slot, horizon);
                if (versions != null && !bytesNeeded) {
                    versions.cut(slot, horizon, cut);
                    detachIfEmpty(page, versions);
                }
            }
        } finally {
            page.unlatchExclusive();
            gate.leave(ticket);
        }
        if (bytesNeeded) {
            purgeResident(page, slot, horizon, cut);
        }
        for (Version version : cut) {
            if (version.kind == Version.Kind.UPDATE) {
                forget(version);
            }
        }
        return fetched;
    }

    /** Frees long values that only a before-image refers to. */
    private void forget(Version version) {
        ChangeGate gate = table.space().pool().gate();
        long ticket = gate.enter();
        try {
            table.overflow().freeAll(version.pointers(table.format()).toArray());
        } finally {
            gate.leave(ticket);
        }
    }

    private void purgeResident(Page page, int slot, long horizon, List<Version> cut) {
        ChangeGate gate = table.space().pool().gate();
        page.pin();
        boolean deleted = false;
        long ticket = gate.enter();
        page.latchExclusive();
        try {
            page.keepImage();
            PageVersions versions = HeapTable.thawed(page);
            deleted = versions != null && versions.isDeleted(slot, horizon);
            if (deleted) {
                page.beforeChange();
            }
            if (versions != null) {
                versions.cut(slot, horizon, cut);
                detachIfEmpty(page, versions);
            }
            if (deleted) {
                long a = page.address();
                long[] pointers = HeapPage.pointers(a, table.layoutOf(a), slot).toArray();
                HeapPage.release(a, table.layoutOf(a), slot, Overflow.NOWHERE);
                table.overflow().freeAll(pointers);
            }
        } finally {
            page.unlatchExclusive();
            gate.leave(ticket);
            page.unpin();
        }
        if (deleted) {
            table.countRows(-1);
            table.room().add(page.number());
        }
    }

    /** Turns a copy of a page into what transactions up to {@code csn} have made of it; see {@link org.gajah.page.PageImages}. */
    boolean settle(Page page, long image, long csn) {
        PageVersions versions = HeapTable.versions(page);
        PageLayout layout = table.layoutOf(image);
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
}
