package org.gajah.exec;

import static org.gajah.exec.TestBed.column;
import static org.gajah.exec.TestBed.columns;
import static org.gajah.exec.TestBed.number;
import static org.gajah.exec.TestBed.scan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.catalog.Relation;
import org.gajah.plan.Estimate;
import org.gajah.plan.Plan;
import org.gajah.plan.PlannedStatement;
import org.gajah.plan.SortKey;
import org.gajah.txn.Transaction;
import org.gajah.type.FixedTypeContext;
import org.gajah.type.Oids;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExplainTest {
    private static final int INT = Oids.INT4;
    private final TestBed bed = new TestBed();

    @AfterEach
    void close() {
        bed.close();
    }

    private PlannedStatement sortedJoin() {
        Relation a = bed.table("a", "id", INT, "b", INT);
        Relation c = bed.table("c", "id", INT);
        Plan join = new Plan.HashJoin(columns(INT, INT, INT), Estimate.NONE, Plan.JoinKind.LEFT,
                scan(a, Optional.of(bed.op(">", column(1, INT), number(3)))), scan(c, Optional.empty()), List.of(column(0, INT)), List.of(column(0, INT)),
                Optional.empty(), false);
        return bed.statement(new Plan.Sort(Estimate.NONE, join, List.of(new SortKey(1, true, true, 0)), 0), List.of(), 0);
    }

    @Test
    void textHasPostgresLayout() {
        ExplainOptions plain = new ExplainOptions(false, false, false, false, false);
        assertEquals(List.of("Sort", "  Sort Key: a.b DESC", "  ->  Hash Left Join", "        Hash Cond: (a.id = c.id)", "        ->  Seq Scan on a",
                "              Filter: (b > 3)", "        ->  Hash", "              ->  Seq Scan on c"),
                new ExplainPrinter(sortedJoin(), bed.catalog, FixedTypeContext.DEFAULT, plain, Optional.empty(), _ -> List.of()).text(0, 0));
        ExplainOptions costs = new ExplainOptions(false, false, true, false, false);
        assertEquals("Sort  (cost=0.00..0.00 rows=1 width=0)",
                new ExplainPrinter(sortedJoin(), bed.catalog, FixedTypeContext.DEFAULT, costs, Optional.empty(), _ -> List.of()).text(0, 0).getFirst());
    }

    @Test
    void analyzeShowsWhatWasCounted() {
        PlannedStatement statement = sortedJoin();
        Transaction t = bed.storage.begin();
        var snapshot = t.acquireSnapshot();
        try (Execution run = new Execution(statement, bed.compile)) {
            run.instrument();
            run.open(bed.context(t, snapshot));
            while (run.next(10).count() > 0) {
                bed.checks.clear();
            }
            ExplainOptions analyze = new ExplainOptions(true, false, false, false, true);
            List<String> lines = new ExplainPrinter(statement, bed.catalog, FixedTypeContext.DEFAULT, analyze, Optional.of(run), _ -> List.of()).text(1.25, 2.5);
            assertEquals("Sort (actual rows=0.00 loops=1)", lines.getFirst());
            assertEquals("Execution Time: 2.500 ms", lines.getLast());
        }
        t.releaseSnapshot(snapshot);
        bed.storage.rollback(t);
    }

    @Test
    void jsonNestsPlans() {
        ExplainOptions plain = new ExplainOptions(false, false, true, false, false, ExplainOptions.Format.JSON, Map.of());
        String json = new ExplainPrinter(sortedJoin(), bed.catalog, FixedTypeContext.DEFAULT, plain, Optional.empty(), _ -> List.of()).document(0, 0);
        assertTrue(json.startsWith("[\n  {\n    \"Plan\": {\n      \"Node Type\": \"Sort\",\n      \"Parallel Aware\": false,"), json);
        assertTrue(json.contains("\"Sort Key\": [\"a.b DESC\"],\n      \"Plans\": [\n        {\n          \"Node Type\": \"Hash Join\","), json);
    }
}
