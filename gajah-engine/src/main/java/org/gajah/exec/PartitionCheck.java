package org.gajah.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.Relation;
import org.gajah.table.PageRange;
import org.gajah.table.Table;
import org.gajah.table.TableScan;
import org.gajah.vector.Batch;
import org.gajah.vector.LongVector;
import org.gajah.vector.Selection;

/** Whether rows of a partition belong to it, and to the tables above it that are partitions themselves. */
public final class PartitionCheck {
    private final Relation relation;
    private final List<Step> steps = new ArrayList<>();
    private int[] found = new int[1];

    /** What the key of one table above says: its partition of this number takes the row. */
    private record Step(PartitionLevel level, ColumnMap up, int number) {
    }

    /** Looks at all tables above, up to but without those above {@code top}. */
    PartitionCheck(CompileContext context, Frame frame, Relation relation, int top) {
        this.relation = relation;
        Relation below = relation;
        while (below.inheritance().bound().isPresent() && below.oid() != top) {
            Relation parent = parent(below, context.catalog());
            PartitionLevel level = new PartitionLevel(context, frame, parent);
            steps.add(new Step(level, ColumnMap.of(relation, parent, context), level.number(below.oid())));
            below = parent;
        }
    }

    static Relation parent(Relation partition, Catalog catalog) {
        return catalog.relation(catalog.parents(partition.oid()).getFirst()).orElseThrow();
    }

    /** Takes those out of a selection that do not belong here. */
    void select(Batch rows, Selection selected) {
        for (Step step : steps) {
            if (selected.count() == 0) {
                return;
            }
            int capacity = selected.rows[selected.count() - 1] + 1;
            if (found.length < capacity) {
                found = new int[Math.max(capacity, BatchSize.MAX)];
            }
            step.level.find(step.up.apply(rows, selected), selected, found);
            int kept = 0;
            for (int i = 0; i < selected.count(); i++) {
                if (found[selected.rows[i]] == step.number) {
                    selected.rows[kept++] = selected.rows[i];
                }
            }
            selected.setCount(kept);
        }
    }

    /** 23514 for the first row that does not belong here; {@code given} as {@link KeyText#row}. */
    void require(ExecContext context, Set<Integer> given, Batch rows, Selection selected) {
        Selection fitting = new Selection(Math.max(1, selected.count()));
        fitting.copyFrom(selected);
        select(rows, fitting);
        if (fitting.count() < selected.count()) {
            int i = 0;
            while (i < fitting.count() && fitting.rows[i] == selected.rows[i]) {
                i++;
            }
            throw new SqlError(SqlState.CHECK_VIOLATION, "new row for relation \"" + relation.name() + "\" violates partition constraint")
                    .detail(KeyText.row(context, relation, given, rows, selected.rows[i])).table(KeyText.schema(context, relation), relation.name());
        }
    }

    /** Whether all rows that a table has belong to it. */
    public static boolean holdsForAll(CompileContext compile, ExecContext run, Relation relation) {
        Frame frame = new Frame(0, 0);
        frame.begin(run);
        PartitionCheck check = new PartitionCheck(compile, frame, relation, 0);
        Table table = run.relations().table(relation);
        int[] all = IntStream.range(0, relation.columns().size()).toArray();
        Batch rows = table.layout().batch(all, BatchSize.MAX);
        LongVector tids = new LongVector(BatchSize.MAX);
        try (TableScan scan = table.scan(run.snapshot(), all, PageRange.ALL)) {
            while (scan.next(rows, tids)) {
                run.cancel().check();
                int count = rows.count();
                check.select(rows, rows.selection());
                if (rows.count() < count) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The check of a table that is written to by its own name. */
    static Optional<PartitionCheck> of(CompileContext context, Frame frame, Relation relation) {
        return relation.inheritance().bound().isPresent() ? Optional.of(new PartitionCheck(context, frame, relation, 0)) : Optional.empty();
    }
}
