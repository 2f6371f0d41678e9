package org.gajah.exec;

import static org.gajah.exec.TestBed.change;
import static org.gajah.exec.TestBed.column;
import static org.gajah.exec.TestBed.insert;
import static org.gajah.exec.TestBed.number;
import static org.gajah.exec.TestBed.scan;
import static org.gajah.exec.TestBed.text;
import static org.gajah.exec.TestBed.values;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Query.Command;
import org.gajah.api.SqlError;
import org.gajah.catalog.Relation;
import org.gajah.plan.Estimate;
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

class ChangeTest {
    private static final int INT = Oids.INT4;
    private static final int TEXT = Oids.TEXT;
    private final TestBed bed = new TestBed();
    private Relation people;

    @BeforeEach
    void fill() {
        people = bed.index(bed.index(bed.table("people", "id!", INT, "name", TEXT), "people_pkey", true, 1), "people_name", false, 2);
        bed.run(insert(people, values(List.of(INT, TEXT), List.of(List.of(number(1), text("anna")), List.of(number(2), text("bert")),
                List.of(number(3), text("carl"))))));
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private List<String> all() {
        return bed.run(scan(people, Optional.empty()));
    }

    private int entries(int index) {
        LongVector tids = new LongVector(100);
        try (IndexScan scan = bed.index(people, people.indexes().get(index)).scan(KeyRange.ALL)) {
            return scan.next(new BytesVector(100), tids, 100);
        }
    }

    private Expr is(int id) {
        return bed.op("=", column(0, INT), number(id));
    }

    @Test
    void updateChangesRowsAndReturnsBothVersions() {
        Expr oldId = new Expr.InputColumn(Plan.Modify.OLD, 0, INT, -1, 0);
        Expr newId = new Expr.InputColumn(Plan.Modify.NEW, 0, INT, -1, 0);
        assertEquals(List.of("2|20"), bed.run(change(Command.UPDATE, people, Optional.of(is(2)),
                List.of(new Plan.Assignment(1, bed.op("*", column(0, INT), number(10)))), oldId, newId)));
        assertEquals(List.of("1|anna", "20|bert", "3|carl"), all());
        assertEquals(List.of("20|bert"), bed.run(byKey(20)));
        assertEquals(List.of(), bed.run(byKey(2)));
    }

    private Plan byKey(int key) {
        Plan.SeqScan s = scan(people, Optional.empty());
        return new Plan.IndexScan(s.columns(), Estimate.NONE, people.oid(), "people", s.attributes(), people.indexes().getFirst().oid(),
                List.of(new Plan.KeyCondition.Equal(number(key))), Optional.empty(), false, Optional.empty(), Optional.empty());
    }

    @Test
    void anUpdateThatKeepsTheKeyLeavesTheIndexAlone() {
        bed.run(change(Command.UPDATE, people, Optional.empty(), List.of(new Plan.Assignment(2, text("x")))));
        assertEquals(List.of("1|x", "2|x", "3|x"), all());
        assertEquals(3, entries(0));
    }

    @Test
    void anUpdateToATakenKeyIsRefusedAndUndone() {
        SqlError error = assertThrows(SqlError.class,
                () -> bed.run(change(Command.UPDATE, people, Optional.of(is(2)), List.of(new Plan.Assignment(1, number(3))))));
        assertEquals("duplicate key value violates unique constraint \"people_pkey\"", error.getMessage());
        assertEquals(List.of("1|anna", "2|bert", "3|carl"), all());
    }

    @Test
    void deleteReturnsTheOldRow() {
        Expr name = new Expr.InputColumn(Plan.Modify.ROW, 1, TEXT, -1, 0);
        assertEquals(List.of("bert"), bed.run(change(Command.DELETE, people, Optional.of(is(2)), List.of(), name)));
        assertEquals(List.of("1|anna", "3|carl"), all());
        bed.run(insert(people, values(List.of(INT, TEXT), List.of(List.of(number(2), text("berta"))))));
        assertEquals(List.of("2|berta"), bed.run(byKey(2)));
    }

    @Test
    void readCommittedLooksAgainAtARowThatOthersHaveChanged() {
        Transaction first = bed.storage.begin();
        var snapshot = first.acquireSnapshot();
        Execution update = new Execution(bed.statement(change(Command.UPDATE, people, Optional.of(bed.op("<", column(0, INT), number(3))),
                List.of(new Plan.Assignment(2, bed.op("||", column(1, TEXT), text("!"))))), List.of(), 1), bed.compile);
        bed.run(change(Command.UPDATE, people, Optional.of(is(2)), List.of(new Plan.Assignment(2, text("ben")))));
        bed.run(change(Command.UPDATE, people, Optional.of(is(1)), List.of(new Plan.Assignment(1, number(7)))));
        update.open(bed.context(first, snapshot));
        assertEquals(0, update.next(100).count());
        assertEquals(1, update.processed());
        update.close();
        first.releaseSnapshot(snapshot);
        bed.storage.commit(first, CommitOptions.SYNCHRONOUS);
        assertEquals(List.of("7|anna", "2|ben!", "3|carl"), all());
    }

    private Plan upsert(Plan.Modify insert, boolean update, List<Plan.Assignment> set, Optional<Expr> where) {
        return new Plan.Modify(insert.columns(), insert.estimate(), insert.command(), insert.relation(), insert.alias(), insert.child(), -1,
                insert.assignments(), List.of(), Optional.empty(), Optional.of(new Plan.ConflictAction(update, List.of(), set, where)), List.of(),
                insert.returning(), List.of(), List.of(), List.of(), 0);
    }

    private Plan.Modify twoRows(Expr... returning) {
        return insert(people, values(List.of(INT, TEXT), List.of(List.of(number(2), text("new")), List.of(number(4), text("dora")))), returning);
    }

    @Test
    void onConflictDoNothingInsertsTheOthers() {
        Expr id = new Expr.InputColumn(Plan.Modify.NEW, 0, INT, -1, 0);
        assertEquals(List.of("4"), bed.run(upsert(twoRows(id), false, List.of(), Optional.empty())));
        assertEquals(List.of("1|anna", "2|bert", "3|carl", "4|dora"), all());
        assertEquals(4, entries(0));
        assertEquals(4, entries(1));
    }

    @Test
    void onConflictDoUpdateSeesTheOldRowAndTheProposedOne() {
        Expr oldName = new Expr.InputColumn(Plan.Modify.OLD, 1, TEXT, -1, 0);
        Expr newName = new Expr.InputColumn(Plan.Modify.NEW, 1, TEXT, -1, 0);
        List<Plan.Assignment> set = List.of(new Plan.Assignment(2, bed.op("||", oldName, newName)));
        assertEquals(List.of("bert|bertnew", "null|dora"), bed.run(upsert(twoRows(oldName, newName), true, set, Optional.empty())));
        assertEquals(List.of("1|anna", "2|bertnew", "3|carl", "4|dora"), all());
        Expr never = bed.op("=", newName, text("x"));
        assertEquals(List.of(), bed.run(upsert(twoRows(oldName, newName), true, set, Optional.of(never))));
    }

    @Test
    void oneCommandMayNotAffectARowTwice() {
        Plan.Modify twice = insert(people, values(List.of(INT, TEXT), List.of(List.of(number(9), text("x")), List.of(number(9), text("y")))));
        SqlError error = assertThrows(SqlError.class,
                () -> bed.run(upsert(twice, true, List.of(new Plan.Assignment(2, text("z"))), Optional.empty())));
        assertEquals("ON CONFLICT DO UPDATE command cannot affect row a second time", error.getMessage());
        assertEquals(3, all().size());
    }
}
