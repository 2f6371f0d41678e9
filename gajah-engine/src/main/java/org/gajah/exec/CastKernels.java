package org.gajah.exec;

import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.type.TypeCodec;
import org.gajah.vector.Batch;
import org.gajah.vector.BoolVector;
import org.gajah.vector.Carrier;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** Casts by way of the text form, int8 widening for keys, and domains' checks. */
final class CastKernels {
    private CastKernels() {
    }

    /** A cast through the text form: one type's output, the other's input. */
    static final class ViaText extends Kernel {
        private final Kernel arg;
        private final TypeCodec from;
        private final TypeCodec to;
        private final Frame frame;
        private final ByteSink text = new ByteSink();

        ViaText(Kernel arg, TypeCodec from, TypeCodec to, Frame frame) {
            super(to.carrier());
            this.arg = arg;
            this.from = from;
            this.to = to;
            this.frame = frame;
        }

        @Override
        Vector eval(Batch in, Selection rows) {
            Vector values = arg.eval(in, rows);
            Vector out = result(in);
            for (int i = 0; i < rows.count(); i++) {
                int row = rows.rows[i];
                if (values.isNull(row)) {
                    out.setNull(row);
                } else {
                    text.clear();
                    from.format(values, row, frame.context().types(), text);
                    to.parse(Slice.of(text.toBytes()), -1, frame.context().types(), out, row);
                }
            }
            return out;
        }
    }

    /** What errors call a domain. */
    record DomainName(String schema, String name) {
    }

    /** A domain's constraint: its name and the condition over the held value. */
    record DomainCheck(String name, Kernel condition) {
    }

    /** The value itself, once the domain's constraints have been found to hold. */
    static final class Domain extends Kernel {
        private final Kernel arg;
        private final DomainName domain;
        private final boolean notNull;
        private final List<DomainCheck> checks;
        private final ValueKernels.Held held;

        Domain(Kernel arg, DomainName domain, boolean notNull, List<DomainCheck> checks, ValueKernels.Held held) {
            super(arg.carrier());
            this.arg = arg;
            this.domain = domain;
            this.notNull = notNull;
            this.checks = checks;
            this.held = held;
        }

        @Override
        Vector eval(Batch in, Selection rows) {
            Vector values = arg.eval(in, rows);
            if (notNull) {
                for (int i = 0; i < rows.count(); i++) {
                    if (values.isNull(rows.rows[i])) {
                        throw new SqlError(SqlState.NOT_NULL_VIOLATION, "domain " + domain.name + " does not allow null values")
                                .dataType(domain.schema, domain.name);
                    }
                }
            }
            for (DomainCheck check : checks) {
                held.hold(values);
                BoolVector verdict = (BoolVector) check.condition.eval(in, rows);
                for (int i = 0; i < rows.count(); i++) {
                    int row = rows.rows[i];
                    if (!verdict.isNull(row) && !verdict.values[row]) {
                        throw new SqlError(SqlState.CHECK_VIOLATION,
                                "value for domain " + domain.name + " violates check constraint \"" + check.name + "\"")
                                .dataTypeConstraint(domain.schema, domain.name, check.name);
                    }
                }
            }
            return values;
        }
    }

    /** An int as a long: so that keys of int2, int4 and int8 can be compared. */
    static final class Widen extends Kernel {
        private final Kernel arg;

        Widen(Kernel arg) {
            super(Carrier.LONG);
            this.arg = arg;
        }

        @Override
        Vector eval(Batch in, Selection rows) {
            org.gajah.vector.IntVector values = (org.gajah.vector.IntVector) arg.eval(in, rows);
            org.gajah.vector.LongVector out = (org.gajah.vector.LongVector) result(in);
            for (int i = 0; i < rows.count(); i++) {
                int row = rows.rows[i];
                if (values.isNull(row)) {
                    out.setNull(row);
                } else {
                    out.put(row, values.values[row]);
                }
            }
            return out;
        }
    }
}
