package org.gajah.exec;

import static org.gajah.exec.TestBed.column;
import static org.gajah.exec.TestBed.columns;
import static org.gajah.exec.TestBed.insert;
import static org.gajah.exec.TestBed.nothing;
import static org.gajah.exec.TestBed.number;
import static org.gajah.exec.TestBed.project;
import static org.gajah.exec.TestBed.right;
import static org.gajah.exec.TestBed.scan;
import static org.gajah.exec.TestBed.text;
import static org.gajah.exec.TestBed.values;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.Relation;
import org.gajah.plan.Estimate;
import org.gajah.plan.Plan;
import org.gajah.plan.SortKey;
import org.gajah.type.Oids;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExecutionTest {
    private final TestBed bed = new TestBed();

    @AfterEach
    void close() {
        bed.close();
    }

    private static final int INT = Oids.INT4;
    private static final int TEXT = Oids.TEXT;

    private Relation people() {
        Relation people = bed.index(bed.table("people", "id!", INT, "name", TEXT), "people_pkey", true, 1);
        assertEquals(List.of(), bed.run(insert(people, values(List.of(INT, TEXT),
                List.of(List.of(number(3), text("carl")), List.of(number(1), text("anna")), List.of(number(2), nothing(TEXT)))))));
        return people;
    }

    @Test
    void insertedRowsAreScannedFilteredAndProjected() {
        Relation people = people();
        assertEquals(List.of("3|carl", "1|anna", "2|null"), bed.run(scan(people, Optional.empty())));
        Plan filtered = scan(people, Optional.of(bed.op(">", column(0, INT), number(1))));
        assertEquals(List.of("13|carlo", "12|null"),
                bed.run(project(filtered, bed.op("+", column(0, INT), number(10)), bed.op("||", column(1, TEXT), text("o")))));
    }

    @Test
    void sortPutsNullsWhereTheKeySays() {
        Relation people = people();
        Plan sorted = new Plan.Sort(Estimate.NONE, scan(people, Optional.empty()), List.of(new SortKey(1, true, false, 100)), 0);
        assertEquals(List.of("3|carl", "1|anna", "2|null"), bed.run(sorted));
        Plan first = new Plan.Sort(Estimate.NONE, scan(people, Optional.empty()), List.of(new SortKey(1, false, true, 100)), 0);
        assertEquals(List.of("2|null", "1|anna"), bed.run(new Plan.Limit(Estimate.NONE, first, Optional.of(number(2)), Optional.empty(), List.of())));
    }

    @Test
    void caseEvaluatesResultsOnlyWhereTheirConditionHolds() {
        Relation people = people();
        Expr guarded = new Expr.Case(INT, 0, Optional.empty(), List.of(new Expr.When(bed.op("=", column(0, INT), number(2)), number(-1), 0)),
                bed.op("/", number(6), bed.op("+", column(0, INT), number(-2))), 0);
        assertEquals(List.of("6", "-6", "-1"), bed.run(project(scan(people, Optional.empty()), guarded)));
        SqlError error = assertThrows(SqlError.class,
                () -> bed.run(project(scan(people, Optional.empty()), bed.op("/", number(6), bed.op("+", column(0, INT), number(-2))))));
        assertEquals("division by zero", error.getMessage());
    }

    @Test
    void theSecondRowWithAKeyIsRefused() {
        Relation people = people();
        SqlError error = assertThrows(SqlError.class,
                () -> bed.run(insert(people, values(List.of(INT, TEXT), List.of(List.of(number(1), text("again")))))));
        assertEquals(SqlState.UNIQUE_VIOLATION, error.state());
        assertEquals("Key (id)=(1) already exists.", error.detail().orElseThrow());
        assertEquals(3, bed.run(scan(people, Optional.empty())).size());
    }

    @Test
    void nullsInNotNullColumnsAreRefused() {
        Relation people = people();
        SqlError error = assertThrows(SqlError.class,
                () -> bed.run(insert(people, values(List.of(INT, TEXT), List.of(List.of(nothing(INT), text("x")))))));
        assertEquals("null value in column \"id\" of relation \"people\" violates not-null constraint", error.getMessage());
        assertEquals("Failing row contains (null, x).", error.detail().orElseThrow());
    }

    @Test
    void insertReturnsTheNewRow() {
        Relation people = people();
        Expr id = new Expr.InputColumn(Plan.Modify.NEW, 0, INT, -1, 0);
        Expr table = new Expr.InputColumn(Plan.Modify.ROW, -6, Oids.OID, -1, 0);
        assertEquals(List.of("9|" + people.oid()),
                bed.run(insert(people, values(List.of(INT, TEXT), List.of(List.of(number(9), text("x")))), id, table)));
    }

    @Test
    void indexScansFindRowsByKeyAndRangeInOrder() {
        Relation people = people();
        assertEquals(List.of("2|null"), bed.run(indexScan(people, List.of(new Plan.KeyCondition.Equal(number(2))), Optional.empty(), false)));
        Optional<Plan.KeyRange> above = Optional.of(new Plan.KeyRange(Optional.of(new Plan.KeyBound(number(1), false)), Optional.empty()));
        assertEquals(List.of("2|null", "3|carl"), bed.run(indexScan(people, List.of(), above, false)));
        assertEquals(List.of("3|carl", "2|null", "1|anna"), bed.run(indexScan(people, List.of(), Optional.empty(), true)));
        Expr big = new Expr.Const(Oids.INT8, -1, 0, 5_000_000_000L, 0);
        assertEquals(List.of(), bed.run(indexScan(people, List.of(new Plan.KeyCondition.Equal(big)), Optional.empty(), false)));
    }

    private static Plan indexScan(Relation r, List<Plan.KeyCondition> keys, Optional<Plan.KeyRange> range, boolean backward) {
        Plan.SeqScan s = scan(r, Optional.empty());
        return new Plan.IndexScan(s.columns(), Estimate.NONE, r.oid(), r.name(), s.attributes(), r.indexes().getFirst().oid(), keys, range, backward,
                Optional.empty(), Optional.empty());
    }

    private static Plan numbers(Integer... numbers) {
        List<List<Expr>> rows = new ArrayList<>();
        for (Integer n : numbers) {
            rows.add(List.of(n == null ? nothing(INT) : number(n)));
        }
        return values(List.of(INT), rows);
    }

    private List<String> join(Plan.JoinKind kind, Plan left, Plan right) {
        boolean leftOnly = kind == Plan.JoinKind.SEMI || kind == Plan.JoinKind.ANTI;
        List<String> hashed = bed.run(new Plan.HashJoin(leftOnly ? columns(INT) : columns(INT, INT), Estimate.NONE, kind, left, right,
                List.of(column(0, INT)), List.of(column(0, INT)), Optional.empty(), false));
        if (kind != Plan.JoinKind.RIGHT && kind != Plan.JoinKind.FULL) {
            List<String> looped = bed.run(new Plan.NestedLoop(leftOnly ? columns(INT) : columns(INT, INT), Estimate.NONE, kind, left, right, List.of(),
                    Optional.of(bed.op("=", column(0, INT), right(0, INT)))));
            assertEquals(hashed.stream().sorted().toList(), looped.stream().sorted().toList());
        }
        return hashed.stream().sorted().toList();
    }

    @Test
    void joinsOfEveryKind() {
        Plan left = numbers(1, 2, 2, null, 5);
        Plan right = numbers(2, 2, 3, null, 1);
        assertEquals(List.of("1|1", "2|2", "2|2", "2|2", "2|2"), join(Plan.JoinKind.INNER, left, right));
        assertEquals(List.of("1|1", "2|2", "2|2", "2|2", "2|2", "5|null", "null|null"), join(Plan.JoinKind.LEFT, left, right));
        assertEquals(List.of("1|1", "2|2", "2|2", "2|2", "2|2", "null|3", "null|null"), join(Plan.JoinKind.RIGHT, left, right));
        assertEquals(List.of("1|1", "2|2", "2|2", "2|2", "2|2", "5|null", "null|3", "null|null", "null|null"), join(Plan.JoinKind.FULL, left, right));
        assertEquals(List.of("1", "2", "2"), join(Plan.JoinKind.SEMI, left, right));
        assertEquals(List.of("5", "null"), join(Plan.JoinKind.ANTI, left, right));
    }

    @Test
    void notInKnowsNulls() {
        Plan left = numbers(1, 2, null);
        assertEquals(List.of("2"), notIn(left, numbers(1, 7)));
        assertEquals(List.of(), notIn(left, numbers(1, null)));
        assertEquals(List.of("1", "2", "null"), notIn(left, numbers()));
    }

    private List<String> notIn(Plan left, Plan right) {
        return bed.run(new Plan.HashJoin(columns(INT), Estimate.NONE, Plan.JoinKind.ANTI, left, right, List.of(column(0, INT)), List.of(column(0, INT)),
                Optional.empty(), true));
    }

    @Test
    void nestedLoopsHandTheLeftRowToTheRightSide() {
        Plan inner = new Plan.FunctionScan(columns(INT, Oids.INT8), Estimate.NONE, "g", List.of(new Plan.FunctionSource(new Expr.FunctionCall(
                bed.catalog.function("generate_series", INT, INT), INT, -1, true, false, Expr.CallForm.EXPLICIT_CALL, 0, 0,
                List.of(number(1), new Expr.ExecParam(0, INT, -1, 0)), 0), 1)), true, Optional.empty());
        Plan loop = new Plan.NestedLoop(columns(INT, INT, Oids.INT8), Estimate.NONE, Plan.JoinKind.LEFT, numbers(2, 0, 1), inner,
                List.of(new Plan.Binding(0, column(0, INT))), Optional.empty());
        assertEquals(List.of("2|1|1", "2|2|2", "0|null|null", "1|1|1"), bed.run(loop));
    }

    @Test
    void setOperationsCountRows() {
        Plan left = numbers(1, 2, 2, 3, null, null);
        Plan right = numbers(2, 3, 3, null);
        assertEquals(List.of("2", "3", "null"), setOperation(Plan.SetOperation.Kind.INTERSECT, false, left, right));
        assertEquals(List.of("1"), setOperation(Plan.SetOperation.Kind.EXCEPT, false, left, right));
        assertEquals(List.of("1", "2", "null"), setOperation(Plan.SetOperation.Kind.EXCEPT, true, left, right));
        assertEquals(List.of("1", "2", "3", "null"), bed.run(new Plan.HashDistinct(Estimate.NONE, left, List.of(0))));
    }

    private List<String> setOperation(Plan.SetOperation.Kind kind, boolean all, Plan left, Plan right) {
        return bed.run(new Plan.SetOperation(columns(INT), Estimate.NONE, kind, all, left, right));
    }

    @Test
    void recursionGoesOnUntilNothingNewComes() {
        Plan work = new Plan.WorkTableScan(columns(INT), Estimate.NONE, "w", 0, Optional.of(bed.op("<", column(0, INT), number(5))));
        Plan union = new Plan.RecursiveUnion(columns(INT), Estimate.NONE, numbers(1), project(work, bed.op("+", column(0, INT), number(1))), 0, false);
        assertEquals(List.of("1", "2", "3", "4", "5"), bed.run(union));
    }

    @Test
    void correlatedSubqueriesRunForEachRow() {
        Relation people = people();
        Plan sub = scan(people, Optional.of(bed.op("=", column(0, INT), new Expr.ExecParam(0, INT, -1, 0))));
        Expr name = new Expr.SubPlanCall(Expr.SubLink.Kind.SCALAR, 0, List.of(0), List.of(column(0, INT)), Optional.empty(), false, List.of(), TEXT,
                -1, 100);
        Expr exists = new Expr.SubPlanCall(Expr.SubLink.Kind.EXISTS, 0, List.of(0), List.of(column(0, INT)), Optional.empty(), false, List.of(),
                Oids.BOOL, -1, 0);
        Plan named = project(sub, column(1, TEXT));
        assertEquals(List.of("anna|true", "null|true", "null|false"),
                bed.run(bed.statement(project(numbers(1, 2, 8), name, exists), List.of(named), 1)));
        Plan many = project(scan(people, Optional.empty()), column(0, INT));
        Expr any = new Expr.SubPlanCall(Expr.SubLink.Kind.ANY, 0, List.of(), List.of(),
                Optional.of(bed.op("=", column(0, INT), new Expr.SubLinkColumn(1, INT, -1, 0))), false, List.of(), Oids.BOOL, -1, 0);
        assertEquals(List.of("true", "false", "null"), bed.run(bed.statement(project(numbers(3, 4, null), any), List.of(many), 1)));
        Expr hashed = new Expr.SubPlanCall(Expr.SubLink.Kind.ANY, 0, List.of(), List.of(), Optional.empty(), true, List.of(column(0, INT)), Oids.BOOL,
                -1, 0);
        assertEquals(List.of("true", "false", "null"), bed.run(bed.statement(project(numbers(3, 4, null), hashed), List.of(many), 1)));
        assertEquals(List.of("true", "null"), bed.run(bed.statement(project(numbers(3, 4), hashed), List.of(numbers(3, null)), 1)));
    }

    @Test
    void variadicAnyFunctionsTakeArraysOfArguments() {
        Expr concat = new Expr.FunctionCall(bed.catalog.function("concat", 2276), TEXT, -1, false, false, Expr.CallForm.EXPLICIT_CALL, 100, 100,
                List.of(number(1), text("x"), nothing(TEXT)), 0);
        assertEquals(List.of("1x"), bed.run(new Plan.Result(columns(TEXT), Estimate.NONE, List.of(concat), Optional.empty())));
    }
}
