package org.gajah.analyze;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.catalog.Relation;
import org.gajah.parse.Parser;
import org.gajah.type.Oids;
import org.junit.jupiter.api.Test;

/** Views are read, locked and changed through to their tables; computed columns are what they compute. */
class RewriterTest {
    private final BuiltInCatalog catalog = new BuiltInCatalog();
    private final int table;

    RewriterTest() {
        new TestSchema(catalog).create("create table base (a int primary key, b text, c int)");
        table = catalog.relation("base", BuiltInCatalog.PUBLIC).orElseThrow().oid();
        view(30000, "v", "select b as x, a as y, c + 1 as z from public.base where c > 0", "x", Oids.TEXT, "y", Oids.INT4, "z", Oids.INT4);
        view(30001, "vv", "select y, x from public.v where x <> 'q'", "y", Oids.INT4, "x", Oids.TEXT);
        view(30002, "grouped", "select c, count(*) as n from public.base group by c", "c", Oids.INT4, "n", Oids.INT8);
    }

    private void view(int oid, String name, String sql, Object... columns) {
        java.util.ArrayList<Relation.Column> list = new java.util.ArrayList<>();
        for (int i = 0; i < columns.length; i += 2) {
            int type = (int) columns[i + 1];
            list.add(new Relation.Column(i / 2 + 1, (String) columns[i], type, -1, type == Oids.TEXT ? 100 : 0, false, false, Optional.empty(),
                    (char) 0, (char) 0, null));
        }
        catalog.add(new Relation(oid, name, BuiltInCatalog.PUBLIC, 77, 'v', 'p', 0, 0, false, list, List.of(), List.of(), List.of(), List.of(),
                List.of(), false, false, Optional.empty(), -1, 0, Optional.empty()));
        catalog.views.put(oid, sql);
    }

    private Analyzed run(String sql) {
        Analyzed analyzed = Analyzer.analyzeForExecution(Parser.parse(sql).getFirst().statement(),
                TestSchema.context(catalog, ParameterTypes.none()));
        QueryCheck.check(analyzed.query());
        return analyzed;
    }

    @Test
    void aViewIsTheSubqueryItStandsFor() {
        Analyzed analyzed = run("select x from vv");
        RangeEntry.Subquery outer = (RangeEntry.Subquery) analyzed.query().rangeTable().getFirst();
        RangeEntry.Subquery inner = (RangeEntry.Subquery) outer.query().rangeTable().getFirst();
        assertEquals(30001, outer.view());
        assertEquals(30000, inner.view());
        assertEquals(table, ((RangeEntry.Relation) inner.query().rangeTable().getFirst()).oid());
    }

    @Test
    void theOwnerNeedsTheRightsBehindTheView() {
        Set<RequiredPermission> needed = Set.copyOf(run("select x from v").permissions());
        assertEquals(Set.of(new RequiredPermission(30000, RequiredPermission.Mode.SELECT, Set.of(1), 0),
                new RequiredPermission(table, RequiredPermission.Mode.SELECT, Set.of(1, 2, 3), 77)), needed);
    }

    @Test
    void lockingAViewLocksItsTable() {
        Analyzed analyzed = run("select x from vv for update skip locked");
        RangeEntry.Subquery outer = (RangeEntry.Subquery) analyzed.query().rangeTable().getFirst();
        RangeEntry.Subquery inner = (RangeEntry.Subquery) outer.query().rangeTable().getFirst();
        assertEquals(List.of(new Query.RowMark(0, Query.RowMark.Strength.UPDATE, Query.RowMark.Wait.SKIP_LOCKED, true)),
                inner.query().rowMarks());
    }

    @Test
    void updatingAViewUpdatesItsTableWhereTheViewLooks() {
        Query query = run("update vv set x = 'new' where y = 5 returning y, x").query();
        assertEquals(table, ((RangeEntry.Relation) query.rangeTable().get(query.targetRelation())).oid());
        assertEquals(List.of(2), query.targets().stream().map(TargetEntry::attribute).toList());
        assertEquals(List.of(1, 2), query.returning().stream().map(t -> ((Expr.Var) t.expr()).attribute()).toList());
        int[] conditions = {0};
        Exprs.any(query.from().where().orElseThrow(), e -> {
            conditions[0] += e instanceof Expr.OperatorCall ? 1 : 0;
            return false;
        });
        assertEquals(3, conditions[0], "y = 5, x <> 'q' and c > 0");
    }

    @Test
    void insertingAndDeletingGoThrough() {
        Query insert = run("insert into v (y, x) values (1, 'a')").query();
        assertEquals(List.of(1, 2), insert.targets().stream().map(TargetEntry::attribute).sorted().toList());
        Query delete = run("delete from v where z = 3").query();
        assertTrue(delete.from().where().orElseThrow() instanceof Expr.BoolExpr);
    }

    @Test
    void computedViewColumnsAndGroupedViewsAreNotUpdatable() {
        SqlError column = assertThrows(SqlError.class, () -> run("update v set z = 1"));
        assertEquals("cannot update column \"z\" of view \"v\"", column.getMessage());
        SqlError grouped = assertThrows(SqlError.class, () -> run("delete from grouped"));
        assertEquals("cannot delete from view \"grouped\"", grouped.getMessage());
        assertEquals("Views containing GROUP BY are not automatically updatable.", grouped.detail().orElseThrow());
    }

    @Test
    void insertingNeedsNoRightToRead() {
        assertEquals(List.of(RequiredPermission.Mode.INSERT),
                run("insert into base values (1, 'x', 2)").permissions().stream().map(RequiredPermission::mode).toList());
        assertEquals(List.of(RequiredPermission.Mode.UPDATE),
                run("update base set a = 1").permissions().stream().map(RequiredPermission::mode).toList());
    }
}
