package org.gajah.exec;

import static org.gajah.exec.TestBed.column;
import static org.gajah.exec.TestBed.columns;
import static org.gajah.exec.TestBed.number;
import static org.gajah.exec.TestBed.values;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Query.Frame;
import org.gajah.plan.Estimate;
import org.gajah.plan.Plan;
import org.gajah.plan.PlanColumn;
import org.gajah.plan.SortKey;
import org.gajah.type.Oids;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final int INT = Oids.INT4;
    private static final int BIG = Oids.INT8;
    private final TestBed bed = new TestBed();

    @AfterEach
    void close() {
        bed.close();
    }

    /** Partition, order: sorted. */
    private static Plan input() {
        List<List<Expr>> rows = new ArrayList<>();
        for (int[] row : new int[][] {{1, 10}, {1, 20}, {1, 20}, {1, 40}, {2, 5}, {2, 6}}) {
            rows.add(List.of(number(row[0]), number(row[1])));
        }
        return values(List.of(INT, INT), rows);
    }

    private Plan.WindowSpec call(String name, int type, boolean aggregate, Expr... args) {
        Integer[] types = name.equals("lag") ? new Integer[] {2283} : java.util.Arrays.stream(args).map(Expr::type).toArray(Integer[]::new);
        return new Plan.WindowSpec(bed.catalog.function(name, types), type, 0, 0, List.of(args), Optional.empty(), aggregate, args.length == 0);
    }

    private static Frame frame(Frame.Mode mode, Frame.Bound start, Frame.Bound end, Frame.Exclusion exclusion) {
        return new Frame(false, mode, start, end, Optional.empty(), Optional.empty(), exclusion, 0, 0, 0, true, false);
    }

    private List<String> run(Frame frame, Optional<Expr> start, Optional<Expr> end, Plan.WindowSpec... functions) {
        List<PlanColumn> columns = new ArrayList<>(columns(INT, INT));
        for (Plan.WindowSpec f : functions) {
            columns.addAll(columns(f.type()));
        }
        return bed.run(new Plan.WindowAggregate(columns, Estimate.NONE, input(), List.of(0), List.of(new SortKey(1, false, false, 0)), frame, start, end,
                List.of(functions)));
    }

    @Test
    void rankingFunctionsCountRowsAndPeers() {
        Frame all = frame(Frame.Mode.RANGE, Frame.Bound.UNBOUNDED_PRECEDING, Frame.Bound.CURRENT_ROW, Frame.Exclusion.NO_OTHERS);
        assertEquals(List.of("1|10|1|1|1|null", "1|20|2|2|2|10", "1|20|3|2|2|20", "1|40|4|4|3|20", "2|5|1|1|1|null", "2|6|2|2|2|5"),
                run(all, Optional.empty(), Optional.empty(), call("row_number", BIG, false), call("rank", BIG, false),
                        call("dense_rank", BIG, false), call("lag", INT, false, column(1, INT))));
    }

    @Test
    void aggregatesFollowTheFrame() {
        Frame range = frame(Frame.Mode.RANGE, Frame.Bound.UNBOUNDED_PRECEDING, Frame.Bound.CURRENT_ROW, Frame.Exclusion.NO_OTHERS);
        assertEquals(List.of("1|10|10", "1|20|50", "1|20|50", "1|40|90", "2|5|5", "2|6|11"),
                run(range, Optional.empty(), Optional.empty(), call("sum", BIG, true, column(1, INT))));
        Frame around = frame(Frame.Mode.ROWS, Frame.Bound.OFFSET_PRECEDING, Frame.Bound.OFFSET_FOLLOWING, Frame.Exclusion.CURRENT_ROW);
        assertEquals(List.of("1|10|20", "1|20|30", "1|20|60", "1|40|20", "2|5|6", "2|6|5"),
                run(around, Optional.of(number(1)), Optional.of(number(1)), call("sum", BIG, true, column(1, INT))));
        Frame groups = frame(Frame.Mode.GROUPS, Frame.Bound.OFFSET_PRECEDING, Frame.Bound.CURRENT_ROW, Frame.Exclusion.NO_OTHERS);
        assertEquals(List.of("1|10|10", "1|20|50", "1|20|50", "1|40|80", "2|5|5", "2|6|11"),
                run(groups, Optional.of(number(1)), Optional.empty(), call("sum", BIG, true, column(1, INT))));
    }
}
