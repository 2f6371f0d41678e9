package org.gajah.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.gajah.analyze.Expr;
import org.gajah.catalog.Relation;
import org.gajah.table.PageRange;
import org.gajah.table.Table;
import org.gajah.table.TableScan;
import org.gajah.vector.Batch;
import org.gajah.vector.LongVector;
import org.gajah.vector.Vector;

/** Copies the rows of a table into other storage of it, with some columns computed anew; constraints and indexes are not looked at. */
public final class RowCopy {
    /** A column's new value over the row as it was (range table entry 0). */
    public record Value(int column, Expr value) {
    }

    private RowCopy() {
    }

    /** Copies all rows that the context sees from {@code source}'s storage to {@code target}'s. */
    public static void run(CompileContext compile, ExecContext context, Relation source, Relation target, List<Value> values) {
        Frame frame = new Frame(0, 0);
        frame.begin(context);
        ExprCompiler compiler = new ExprCompiler(compile, frame, ExprCompiler.InputColumns.SINGLE, ExprCompiler.SlotUse.NONE);
        List<Kernel> kernels = new ArrayList<>();
        values.forEach(v -> kernels.add(compiler.compile(v.value)));
        Table from = context.relations().table(source);
        Table to = context.relations().table(target);
        int[] attributes = IntStream.range(0, source.columns().size()).toArray();
        Batch batch = from.layout().batch(attributes, BatchSize.MAX);
        LongVector tids = new LongVector(BatchSize.MAX);
        long[] newTids = new long[BatchSize.MAX];
        try (TableScan scan = from.scan(context.snapshot(), attributes, PageRange.ALL)) {
            while (scan.next(batch, tids)) {
                context.cancel().check();
                Vector[] columns = new Vector[target.columns().size()];
                for (int i = 0; i < columns.length; i++) {
                    columns[i] = i < batch.columnCount() ? batch.column(i)
                            : Vector.of(to.layout().attribute(i).carrier(), BatchSize.MAX);
                }
                for (int i = 0; i < kernels.size(); i++) {
                    columns[values.get(i).column - 1] = kernels.get(i).eval(batch, batch.selection());
                }
                Batch out = new Batch(columns, BatchSize.MAX);
                out.selection().copyFrom(batch.selection());
                to.insert(context.transaction(), out, newTids);
            }
        }
    }
}
