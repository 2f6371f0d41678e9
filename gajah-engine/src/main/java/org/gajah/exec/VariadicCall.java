package org.gajah.exec;

import java.util.Arrays;

import org.gajah.type.ArrayValue;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** {@code f(a, VARIADIC array)} of a function that takes "any" arguments: the array's elements become arguments. */
final class VariadicCall extends Kernel {
    private final Kernel[] args;
    private final BoundFunction function;

    VariadicCall(Carrier carrier, Kernel[] args, BoundFunction function) {
        super(carrier);
        this.args = args;
        this.function = function;
    }

    @Override
    Vector eval(Batch in, Selection rows) {
        Vector[] values = new Vector[args.length];
        for (int i = 0; i < args.length; i++) {
            values[i] = args[i].eval(in, rows);
        }
        int fixed = args.length - 1;
        Vector out = result(in);
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows[i];
            if (values[fixed].isNull(row)) {
                out.setNull(row);
                continue;
            }
            ArrayValue array = (ArrayValue) values[fixed].get(row);
            Object[] all = new Object[fixed + array.count()];
            Arrays.setAll(all, k -> k < fixed ? values[k].get(row) : array.elements().get(k - fixed));
            Vectors.point(out, row, function.call(all));
        }
        return out;
    }
}
