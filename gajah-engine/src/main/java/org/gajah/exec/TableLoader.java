package org.gajah.exec;

import java.util.ArrayList;
import java.util.List;

import org.gajah.analyze.Expr;
import org.gajah.catalog.Relation;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** Loads rows that come from outside of SQL into a table, a batch at a time: COPY FROM. Columns not given get their defaults. */
public final class TableLoader {
    /** The default of a column that is not given, an expression without columns. */
    public record Default(int column, Expr value) {
    }

    private record Filler(int column, Kernel value) {
    }

    private final RowWriter writer;
    private final ForeignKeyChecks foreignKeys;
    private final List<Filler> fillers = new ArrayList<>();
    private final Batch batch;
    private final List<Integer> empty = new ArrayList<>();
    private int rows;

    /** {@code given} are the numbers of the columns that the caller sets. */
    public TableLoader(CompileContext context, ExecContext run, Relation relation, List<Integer> given, List<Default> defaults) {
        writer = RowWriter.of(context, relation);
        writer.begin(run);
        foreignKeys = ForeignKeyChecks.of(context, writer);
        foreignKeys.begin();
        ExprCompiler compiler = new ExprCompiler(context, writer.frame(), ExprCompiler.InputColumns.SINGLE, ExprCompiler.SlotUse.NONE);
        defaults.forEach(d -> fillers.add(new Filler(d.column - 1, compiler.compile(d.value))));
        List<Carrier> carriers = writer.table().layout().attributes().stream().map(a -> a.carrier()).toList();
        batch = Batch.of(carriers, BatchSize.MAX);
        for (Relation.Column c : relation.columns()) {
            boolean filled = given.contains(c.number()) || defaults.stream().anyMatch(d -> d.column == c.number());
            if (!filled) {
                empty.add(c.number() - 1);
            }
        }
    }

    /** The vector of a column, to be set at {@link #row}. */
    public Vector column(int number) {
        return batch.column(number - 1);
    }

    /** The row that is being filled. */
    public int row() {
        return rows;
    }

    /** The row is filled; when the batch is full it is written. */
    public void rowDone() {
        empty.forEach(c -> batch.column(c).setNull(rows));
        if (++rows == BatchSize.MAX) {
            flush();
        }
    }

    /** Writes the rows that wait. */
    public void flush() {
        if (rows == 0) {
            return;
        }
        Selection selection = batch.selection();
        selection.all(rows);
        for (Filler filler : fillers) {
            Vector values = filler.value.eval(batch, selection);
            for (int i = 0; i < rows; i++) {
                batch.column(filler.column).copyFrom(values, i, i);
            }
        }
        long[] tids = writer.insert(batch);
        foreignKeys.inserted(batch, selection, tids);
        batch.reset();
        rows = 0;
    }
}
