package org.gajah.exec;

import static org.gajah.exec.TestBed.change;
import static org.gajah.exec.TestBed.column;
import static org.gajah.exec.TestBed.insert;
import static org.gajah.exec.TestBed.number;
import static org.gajah.exec.TestBed.text;
import static org.gajah.exec.TestBed.values;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Query.Command;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.catalog.Relation;
import org.gajah.plan.Plan;
import org.gajah.table.CommitOptions;
import org.gajah.table.IndexScan;
import org.gajah.table.KeyRange;
import org.gajah.txn.Transaction;
import org.gajah.type.Oids;
import org.gajah.vector.BytesVector;
import org.gajah.vector.LongVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IndexAgreementTest {
    private static final int INT = Oids.INT4;
    private final TestBed bed = new TestBed();
    private Relation people;

    @BeforeEach
    void fill() {
        people = bed.index(bed.index(bed.table("people", "id!", INT, "name", Oids.TEXT), "people_pkey", true, 1), "people_name", false, 2);
        bed.run(insert(people, values(List.of(INT, Oids.TEXT), List.of(List.of(number(1), text("anna")), List.of(number(2), text("bert")),
                List.of(number(3), text("carl"))))));
        bed.run(change(Command.UPDATE, people, Optional.of(bed.op("=", column(0, INT), number(2))),
                List.of(new Plan.Assignment(1, bed.op("*", column(0, INT), number(10))))));
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private IndexAgreement.Counts check(int index) {
        Transaction t = bed.storage.begin();
        try {
            return IndexAgreement.check(bed.compile, bed.context(t, t.acquireSnapshot()), people, people.indexes().get(index));
        } finally {
            bed.storage.rollback(t);
        }
    }

    @Test
    void aTableThatWasChangedAgreesWithItsIndexes() {
        assertEquals(3, check(0).rows());
        assertTrue(check(0).staleEntries() <= 1);
        assertEquals(new IndexAgreement.Counts("people_name", 3, 0), check(1));
    }

    @Test
    void aMissingEntryIsFound() {
        Transaction t = bed.storage.begin();
        var index = bed.index(people, people.indexes().get(1));
        BytesVector keys = new BytesVector(1);
        LongVector tids = new LongVector(1);
        try (IndexScan scan = index.scan(KeyRange.ALL)) {
            assertEquals(1, scan.next(keys, tids, 1));
        }
        index.remove(t, keys.slice(0), tids.values[0]);
        bed.storage.commit(t, CommitOptions.SYNCHRONOUS);
        // The entry goes when it is purged, which the following commits see to.
        for (int i = 0; i < 100 && index.find(keys.slice(0), 0, new long[1]) > 0; i++) {
            bed.run(insert(people, values(List.of(INT, Oids.TEXT), List.of(List.of(number(100 + i), text("x"))))));
        }
        SqlError error = assertThrows(SqlError.class, () -> check(1));
        assertEquals(SqlState.INDEX_CORRUPTED, error.state());
        assertTrue(error.getMessage().endsWith("from table \"people\" lacks matching index tuple within index \"people_name\""),
                error.getMessage());
    }

    @Test
    void anEntryForNoRowIsStale() {
        Transaction t = bed.storage.begin();
        bed.index(people, people.indexes().get(1)).insert(t, Slice.of("nobody"), 5L << 16);
        bed.storage.commit(t, CommitOptions.SYNCHRONOUS);
        assertEquals(new IndexAgreement.Counts("people_name", 3, 1), check(1));
    }

    @Test
    void anIndexIsBuiltInRunsAndRefusesDuplicatesAcrossThem() {
        for (int i = 0; i < 5_000; i += 1_000) {
            List<List<Expr>> rows = new ArrayList<>();
            for (int row = i; row < i + 1_000; row++) {
                rows.add(List.of(number(1000 + row), text("run" + row % 4_999)));
            }
            bed.run(insert(people, values(List.of(INT, Oids.TEXT), rows)));
        }
        Relation withNew = bed.index(people, "people_id2", true, 1);
        Transaction t = bed.storage.begin();
        IndexBuild.run(bed.compile, bed.context(t, t.acquireSnapshot()), withNew, withNew.indexes().getLast(), 1);
        bed.storage.commit(t, CommitOptions.SYNCHRONOUS);
        people = withNew;
        assertEquals(5_003, check(2).rows());
        Relation withDuplicates = bed.index(people, "people_name2", true, 2);
        Transaction failing = bed.storage.begin();
        SqlError error = assertThrows(SqlError.class, () -> IndexBuild.run(bed.compile,
                bed.context(failing, failing.acquireSnapshot()), withDuplicates, withDuplicates.indexes().getLast(), 1));
        bed.storage.rollback(failing);
        assertEquals(SqlState.UNIQUE_VIOLATION, error.state());
        assertEquals("Key (name)=(run0) is duplicated.", error.detail().orElseThrow());
    }
}
