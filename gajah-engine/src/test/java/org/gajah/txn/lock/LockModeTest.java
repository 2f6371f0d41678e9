package org.gajah.txn.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The conflicts are PostgreSQL 18.6's own: each pair was tried there with NOWAIT, X is an error. */
class LockModeTest {
    private static final List<String> TABLE_MODES = List.of(
            ".......X",
            "......XX",
            "....XXXX",
            "...XXXXX",
            "..XX.XXX",
            "..XXXXXX",
            ".XXXXXXX",
            "XXXXXXXX");

    private static final List<String> ROW_MODES = List.of(
            "...X",
            "..XX",
            ".XXX",
            "XXXX");

    @Test
    void tableModesConflictAsInPostgres() {
        LockMode[] modes = LockMode.values();
        for (LockMode held : modes) {
            for (LockMode wanted : modes) {
                boolean expected = TABLE_MODES.get(held.ordinal()).charAt(wanted.ordinal()) == 'X';
                assertEquals(expected, held.conflictsWith(wanted), held + " and " + wanted);
                LockFixture fixture = new LockFixture();
                LockTag table = LockFixture.relation(1);
                fixture.session().lock(table, held);
                assertEquals(!expected, fixture.session().tryLock(table, wanted), held + " then " + wanted);
                fixture.close();
            }
        }
    }

    @Test
    void rowModesConflictAsInPostgres() {
        for (RowLockMode held : RowLockMode.values()) {
            for (RowLockMode wanted : RowLockMode.values()) {
                boolean expected = ROW_MODES.get(held.ordinal()).charAt(wanted.ordinal()) == 'X';
                assertEquals(expected, held.conflictsWith(wanted), held + " and " + wanted);
                LockFixture fixture = new LockFixture();
                LockTag row = LockFixture.row(1 << 16 | 3);
                LockOwner first = fixture.session().owner;
                LockOwner second = fixture.session().owner;
                assertEquals(true, fixture.locks.lockRow(first, row, held, true));
                assertEquals(expected, fixture.locks.forbidsWrite(second, LockFixture.DB, 16400, 1 << 16 | 3, wanted));
                assertEquals(false, fixture.locks.forbidsWrite(first, LockFixture.DB, 16400, 1 << 16 | 3, wanted));
                assertEquals(!expected, fixture.locks.lockRow(second, row, wanted, false), held + " then " + wanted);
                fixture.close();
            }
        }
    }
}
