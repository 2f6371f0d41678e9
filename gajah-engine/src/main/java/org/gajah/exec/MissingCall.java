package org.gajah.exec;

import java.util.Arrays;
import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.catalog.ProcRow;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** A call of a function that is not implemented: raises 0A000 when there is a row to call it for, so that plans that never do run. */
final class MissingCall extends Kernel {
    private final ProcRow proc;
    private final Kernel[] arguments;

    MissingCall(Carrier carrier, ProcRow proc, Kernel[] arguments) {
        super(carrier);
        this.proc = proc;
        this.arguments = arguments;
    }

    @Override
    Vector eval(Batch in, Selection rows) {
        Vector out = result(in);
        List<Vector> values = Arrays.stream(arguments).map(a -> a.eval(in, rows)).toList();
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.row(i);
            boolean isNull = proc.strict() && values.stream().anyMatch(v -> v.isNull(row));
            if (!isNull) {
                throw SqlError.notSupported("function \"" + proc.name() + "\" is not implemented yet");
            }
            out.setNull(row);
        }
        return out;
    }
}
