package org.gajah.exec;

import static org.gajah.exec.TestBed.change;
import static org.gajah.exec.TestBed.column;
import static org.gajah.exec.TestBed.insert;
import static org.gajah.exec.TestBed.nothing;
import static org.gajah.exec.TestBed.number;
import static org.gajah.exec.TestBed.scan;
import static org.gajah.exec.TestBed.values;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Query.Command;
import org.gajah.api.SqlError;
import org.gajah.catalog.Relation;
import org.gajah.plan.Plan;
import org.gajah.type.Oids;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ForeignKeyTest {
    private static final int INT = Oids.INT4;
    private final TestBed bed = new TestBed();
    private Relation parents;
    private Relation children;

    @AfterEach
    void close() {
        bed.close();
    }

    /** Parents 1, 2, 3; children (10, 1), (11, 1), (12, 2), (13, null). */
    private void family(char onDelete, char onUpdate, boolean indexed) {
        parents = bed.index(bed.table("parents", "id!", INT), "parents_pkey", true, 1);
        children = bed.table("children", "id", INT, "parent", INT);
        if (indexed) {
            children = bed.index(children, "children_parent", false, 2);
        }
        Relation.ForeignKey key = new Relation.ForeignKey(900, "children_parent_fkey", children.oid(), parents.oid(), parents.indexes().getFirst().oid(),
                List.of(2), List.of(1), onUpdate, onDelete, 's', List.of(), false, false, true, true, List.of(), 0);
        parents = bed.put(bed.relation(parents.oid(), "parents", parents.columns(), parents.indexes(), List.of(), List.of(key)), false);
        children = bed.put(bed.relation(children.oid(), "children", children.columns(), children.indexes(), List.of(key), List.of()), false);
        bed.run(insert(parents, values(List.of(INT), List.of(List.of(number(1)), List.of(number(2)), List.of(number(3))))));
        bed.run(insert(children, values(List.of(INT, INT), List.of(List.of(number(10), number(1)), List.of(number(11), number(1)),
                List.of(number(12), number(2)), List.of(number(13), nothing(INT))))));
    }

    private void deleteParent(int id) {
        bed.run(change(Command.DELETE, parents, Optional.of(is(id)), List.of()));
    }

    private void moveParent(int id, int to) {
        bed.run(change(Command.UPDATE, parents, Optional.of(is(id)), List.of(new Plan.Assignment(1, number(to)))));
    }

    private Expr is(int id) {
        return bed.op("=", column(0, INT), number(id));
    }

    private List<String> children() {
        return bed.run(scan(children, Optional.empty()));
    }

    @Test
    void aRowMustReferToOneThatIsThere() {
        family('a', 'a', true);
        SqlError error = assertThrows(SqlError.class,
                () -> bed.run(insert(children, values(List.of(INT, INT), List.of(List.of(number(14), number(9)))))));
        assertEquals("insert or update on table \"children\" violates foreign key constraint \"children_parent_fkey\"", error.getMessage());
        assertEquals("Key (parent)=(9) is not present in table \"parents\".", error.detail().orElseThrow());
        assertEquals(4, children().size());
    }

    @Test
    void aReferencedRowStays() {
        family('a', 'r', false);
        SqlError error = assertThrows(SqlError.class, () -> deleteParent(1));
        assertEquals("Key (id)=(1) is still referenced from table \"children\".", error.detail().orElseThrow());
        SqlError restricted = assertThrows(SqlError.class, () -> moveParent(2, 20));
        assertEquals("update or delete on table \"parents\" violates RESTRICT setting of foreign key constraint \"children_parent_fkey\" on table "
                + "\"children\"", restricted.getMessage());
        deleteParent(3);
        assertEquals(List.of("1", "2"), bed.run(scan(parents, Optional.empty())));
    }

    @Test
    void cascadesReachTheReferringRows() {
        for (boolean indexed : new boolean[] {true, false}) {
            family('c', 'c', indexed);
            moveParent(1, 5);
            assertEquals(List.of("10|5", "11|5", "12|2", "13|null"), children());
            deleteParent(5);
            assertEquals(List.of("12|2", "13|null"), children());
        }
    }

    @Test
    void setNullUnbindsTheReferringRows() {
        family('n', 'a', true);
        deleteParent(1);
        assertEquals(List.of("10|null", "11|null", "12|2", "13|null"), children());
    }
}
