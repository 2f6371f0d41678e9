package org.gajah.store;

import org.gajah.page.ChangeGate;
import org.gajah.page.Page;

/** What becomes of a table's row versions: taken back, purged when everybody sees their successors, left out of checkpoint images. */
final class HeapUndo {
    private final HeapTable table;

    HeapUndo(HeapTable table) {
        this.table = table;
    }

    /** Takes a version back. */
    void undo(Version version) {
        Page page = version.page.pin();
        ChangeGate gate = table.space().pool().gate();
        long ticket = gate.enter();
        page.latchExclusive();
        try {
            page.beforeChange();
            long a = page.address();
            PageLayout layout = table.layoutOf(a);
            PageVersions versions = HeapTable.versions(page);
            switch (version.kind) {
                case INSERT -> {
                    for (int slot = version.firstSlot; slot <= version.lastSlot; slot++) {
                        HeapPage.release(a, layout, slot, table.overflow());
                        versions.pop(version, slot);
                    }
                    table.countRows(version.firstSlot - version.lastSlot - 1);
                }
                case UPDATE -> {
                    versions.reserved -= version.reserved;
                    HeapPage.apply(a, layout, version.firstSlot, new TupleReader().reset(version.before, 0, layout.format), table.overflow());
                    Extension.free(HeapPage.word(a, layout, version.firstSlot), table.overflow());
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
            table.room().add(page.number());
        }
    }

    private static void detachIfEmpty(Page page, PageVersions versions) {
        if (versions.isEmpty()) {
            page.attach(null);
        }
    }

    /** Everybody sees what the version did: forgets what was before, and the row itself if it was deleted. */
    void purge(Version version) {
        switch (version.kind) {
            case INSERT, UPDATE -> purgeBefore(version);
            case DELETE -> purgeRow(version);
        }
    }

    private void purgeBefore(Version version) {
        Page page = version.page;
        ChangeGate gate = table.space().pool().gate();
        long ticket = gate.enter();
        page.latchAttachment();
        try {
            PageVersions versions = HeapTable.versions(page);
            versions.cut(version);
            versions.reserved -= version.reserved;
            detachIfEmpty(page, versions);
        } finally {
            page.unlatchExclusive();
        }
        try {
            if (version.kind == Version.Kind.UPDATE) {
                freePointers(version.before);
                Extension.free(version.beforeWord, table.overflow());
            }
        } finally {
            gate.leave(ticket);
        }
    }

    private void freePointers(byte[] before) {
        TupleReader values = new TupleReader().reset(before, 0, table.format());
        while (values.next()) {
            if (values.isPointer()) {
                table.overflow().free(TupleReader.getLong(values.bytes(), values.offset()));
            }
        }
    }

    private void purgeRow(Version version) {
        Page page = version.page.pin();
        ChangeGate gate = table.space().pool().gate();
        long ticket = gate.enter();
        page.latchExclusive();
        try {
            page.beforeChange();
            long a = page.address();
            PageVersions versions = HeapTable.versions(page);
            versions.cut(version);
            HeapPage.release(a, table.layoutOf(a), version.firstSlot, table.overflow());
            detachIfEmpty(page, versions);
        } finally {
            page.unlatchExclusive();
            gate.leave(ticket);
            page.unpin();
        }
        table.countRows(-1);
        table.room().add(page.number());
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
