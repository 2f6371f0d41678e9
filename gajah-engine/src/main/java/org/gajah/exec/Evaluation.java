package org.gajah.exec;

import java.util.List;

import org.gajah.analyze.Expr;
import org.gajah.vector.Batch;

/** Expressions that depend on no row, ready to be evaluated again and again. */
public final class Evaluation {
    private final Frame frame = new Frame(0, 0);
    private final Kernel[] kernels;
    private final Batch input = Vectors.oneRow();

    public Evaluation(List<Expr> exprs, CompileContext context) {
        kernels = new ExprCompiler(context, frame, ExprCompiler.InputColumns.SINGLE, ExprCompiler.SlotUse.NONE).compile(exprs);
    }

    /** The boxed values. */
    public Object[] values(ExecContext context) {
        frame.begin(context);
        Object[] values = new Object[kernels.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = kernels[i].eval(input, input.selection()).get(0);
        }
        return values;
    }
}
