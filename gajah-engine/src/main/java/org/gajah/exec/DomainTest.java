package org.gajah.exec;

import org.gajah.analyze.Expr;
import org.gajah.catalog.TypeRow;
import org.gajah.vector.Batch;
import org.gajah.vector.Vector;

/** Tests values against a domain's constraints outside of any query: what comes in as text or in binary. */
public final class DomainTest {
    private final Frame frame = new Frame(0, 0);
    private final ValueKernels.Held value;
    private final Kernel test;
    private final Batch none = new Batch(new Vector[0], 1);

    private DomainTest(int domain, CompileContext compile) {
        TypeRow type = compile.catalog().type(domain).orElseThrow();
        value = new ValueKernels.Held(compile.carrier(domain));
        test = new ExprCompiler(compile, frame, ExprCompiler.InputColumns.SINGLE, ExprCompiler.SlotUse.NONE).domainTest(
                new Expr.CoerceToDomain(new Expr.DomainValue(type.base(), -1, 0, 0), domain, -1, 0, Expr.CallForm.IMPLICIT_CAST, 0), value);
        none.selection().all(1);
    }

    public static DomainTest of(int domain, CompileContext compile) {
        return new DomainTest(domain, compile);
    }

    /** 23502 or 23514 if the value, maybe null, is not one of the domain's. */
    public void check(Vector values, int row, ExecContext context) {
        Vector one = Vector.of(value.carrier(), 1);
        one.copyFrom(values, row, 0);
        value.hold(one);
        frame.begin(context);
        test.eval(none, none.selection());
    }
}
