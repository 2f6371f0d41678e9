package org.gajah.exec;

import static org.gajah.exec.TestBed.column;
import static org.gajah.exec.TestBed.columns;
import static org.gajah.exec.TestBed.nothing;
import static org.gajah.exec.TestBed.number;
import static org.gajah.exec.TestBed.text;
import static org.gajah.exec.TestBed.values;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.plan.Estimate;
import org.gajah.plan.Plan;
import org.gajah.plan.SortKey;
import org.gajah.type.Oids;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AggregateTest {
    private static final int INT = Oids.INT4;
    private static final int TEXT = Oids.TEXT;
    private static final int BIG = Oids.INT8;
    private final TestBed bed = new TestBed();

    @AfterEach
    void close() {
        bed.close();
    }

    private Plan.AggregateSpec call(String name, int type, boolean distinct, List<SortKey> order, Optional<Expr> filter, Expr... args) {
        Integer[] types = name.equals("count") ? args.length == 0 ? new Integer[0] : new Integer[] {2276}
                : java.util.Arrays.stream(args).map(Expr::type).toArray(Integer[]::new);
        return new Plan.AggregateSpec(bed.catalog.function(name, types), type, 100, 100, List.of(args), args.length, distinct, order, filter, List.of(),
                args.length == 0, false);
    }

    private Plan.AggregateSpec call(String name, int type, Expr... args) {
        return call(name, type, false, List.of(), Optional.empty(), args);
    }

    /** Rows a, b, n: text, text, number. */
    private static Plan input() {
        List<List<Expr>> rows = new ArrayList<>();
        Object[][] data = {{"x", "p", 1}, {"y", "p", 5}, {"x", "q", 3}, {"x", "p", null}, {null, "q", 7}, {"y", "p", 5}};
        for (Object[] row : data) {
            rows.add(List.of(row[0] == null ? nothing(TEXT) : text((String) row[0]), text((String) row[1]),
                    row[2] == null ? nothing(INT) : number((Integer) row[2])));
        }
        return values(List.of(TEXT, TEXT, INT), rows);
    }

    private List<String> run(List<Integer> keys, List<List<Integer>> sets, List<List<Integer>> grouping, Integer[] types,
            Plan.AggregateSpec... specs) {
        return bed.run(new Plan.Aggregate(columns(types), Estimate.NONE, input(), Plan.Aggregate.Strategy.HASHED, keys, sets, List.of(specs), grouping));
    }

    @Test
    void withoutKeysThereIsOneGroup() {
        assertEquals(List.of("6|5|21|7"), run(List.of(), List.of(), List.of(), new Integer[] {BIG, BIG, BIG, INT}, call("count", BIG),
                call("count", BIG, column(2, INT)), call("sum", BIG, column(2, INT)), call("max", INT, column(2, INT))));
        Plan none = new Plan.Aggregate(columns(BIG, INT), Estimate.NONE, values(List.of(INT), List.of()), Plan.Aggregate.Strategy.PLAIN, List.of(),
                List.of(), List.of(call("count", BIG), call("max", INT, column(0, INT))), List.of());
        assertEquals(List.of("0|null"), bed.run(none));
    }

    @Test
    void groupsComeInTheOrderTheyWereMet() {
        assertEquals(List.of("x|3|4|q", "y|2|10|p", "null|1|7|q"), run(List.of(0), List.of(), List.of(), new Integer[] {TEXT, BIG, BIG, TEXT},
                call("count", BIG), call("sum", BIG, column(2, INT)), call("max", TEXT, column(1, TEXT))));
    }

    @Test
    void distinctOrderAndFilterSayWhichRowsAnAggregateTakes() {
        Expr big = bed.op(">", column(2, INT), number(2));
        assertEquals(List.of("x|1|1|q,p,p", "y|2|1|p,p", "null|1|1|q"),
                run(List.of(0), List.of(), List.of(), new Integer[] {TEXT, BIG, BIG, TEXT},
                        call("count", BIG, false, List.of(), Optional.of(big), column(2, INT)),
                        call("count", BIG, true, List.of(), Optional.of(big), column(2, INT)),
                        call("string_agg", TEXT, false, List.of(new SortKey(0, true, true, 100)), Optional.empty(), column(1, TEXT), text(","))));
    }

    @Test
    void groupingSetsGroupSeveralTimesAndSayByWhat() {
        assertEquals(List.of("x|null|3|1", "y|null|2|1", "null|null|1|1", "null|p|4|2", "null|q|2|2", "null|null|6|3"),
                run(List.of(0, 1), List.of(List.of(0), List.of(1), List.of()), List.of(List.of(0, 1)), new Integer[] {TEXT, TEXT, BIG, INT},
                        call("count", BIG)));
    }
}
