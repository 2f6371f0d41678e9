package org.gajah.exec;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

import org.gajah.analyze.Expr;
import org.gajah.catalog.Relation;
import org.gajah.table.PageRange;
import org.gajah.table.Table;
import org.gajah.table.TableScan;
import org.gajah.vector.Batch;
import org.gajah.vector.BoolVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.Vector;

/** Tests all rows of a table against a condition that a definition contains. */
public final class RowTest {
    private RowTest() {
    }

    /** Whether the condition, over the table as range table entry 0, is false (not null) for a row that the context sees. */
    public static boolean anyFalse(CompileContext compile, ExecContext context, Relation relation, Expr condition) {
        return firstFalse(compile, context, relation, List.of(condition)).isPresent();
    }

    /** Which of several conditions is false for the first row for which any is. */
    public static OptionalInt firstFalse(CompileContext compile, ExecContext context, Relation relation, List<Expr> conditions) {
        Frame frame = new Frame(0, 0);
        frame.begin(context);
        ExprCompiler compiler = new ExprCompiler(compile, frame, ExprCompiler.InputColumns.SINGLE, ExprCompiler.SlotUse.NONE);
        List<Kernel> kernels = conditions.stream().map(new VirtualColumns(relation, compile.reader())::in).map(compiler::compile).toList();
        Table table = context.relations().table(relation);
        int[] attributes = IntStream.range(0, relation.columns().size()).toArray();
        Batch batch = table.layout().batch(attributes, BatchSize.MAX);
        LongVector tids = new LongVector(BatchSize.MAX);
        try (TableScan scan = table.scan(context.snapshot(), attributes, PageRange.ALL)) {
            while (scan.next(batch, tids)) {
                context.cancel().check();
                List<Vector> results = kernels.stream().map(k -> k.eval(batch, batch.selection())).toList();
                for (int i = 0; i < batch.count(); i++) {
                    OptionalInt found = firstFalse(results, batch.selection().row(i));
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return OptionalInt.empty();
    }

    private static OptionalInt firstFalse(List<Vector> results, int row) {
        for (int i = 0; i < results.size(); i++) {
            Vector result = results.get(i);
            if (!result.isNull(row) && !((BoolVector) result).values[row]) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }
}
