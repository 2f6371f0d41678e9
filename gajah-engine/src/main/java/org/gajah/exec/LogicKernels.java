package org.gajah.exec;

import org.gajah.analyze.Expr;
import org.gajah.type.RecordValue;
import org.gajah.vector.Batch;
import org.gajah.vector.BoolVector;
import org.gajah.vector.Carrier;
import org.gajah.vector.ObjectVector;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** AND, OR, NOT and the tests for null and truth: three-valued logic, and nowhere else. */
final class LogicKernels {
    private LogicKernels() {
    }

    /** AND, or OR: {@code decisive} is the value that settles a row, which later arguments are then spared. */
    static final class Junction extends Kernel {
        private final Kernel[] args;
        private final boolean decisive;
        private Selection open = new Selection(1);

        Junction(Kernel[] args, boolean decisive) {
            super(Carrier.BOOL);
            this.args = args;
            this.decisive = decisive;
        }

        @Override
        Vector eval(Batch in, Selection rows) {
            BoolVector out = boolResult(in);
            open = scratch(open, in);
            open.copyFrom(rows);
            for (int i = 0; i < rows.count(); i++) {
                out.values[rows.rows[i]] = !decisive;
            }
            for (Kernel arg : args) {
                BoolVector value = (BoolVector) arg.eval(in, open);
                int kept = 0;
                for (int i = 0; i < open.count(); i++) {
                    int row = open.rows[i];
                    if (value.isNull(row)) {
                        out.setNull(row);
                        open.rows[kept++] = row;
                    } else if (value.values[row] == decisive) {
                        out.put(row, decisive);
                    } else {
                        open.rows[kept++] = row;
                    }
                }
                open.setCount(kept);
            }
            return out;
        }

        @Override
        void select(Batch in, Selection rows, Selection out) {
            if (decisive) {
                super.select(in, rows, out);
                return;
            }
            Selection from = rows;
            for (Kernel arg : args) {
                arg.select(in, from, out);
                from = out;
            }
        }
    }

    /** NOT. */
    static final class Not extends Kernel {
        private final Kernel arg;

        Not(Kernel arg) {
            super(Carrier.BOOL);
            this.arg = arg;
        }

        @Override
        Vector eval(Batch in, Selection rows) {
            BoolVector value = (BoolVector) arg.eval(in, rows);
            BoolVector out = boolResult(in);
            for (int i = 0; i < rows.count(); i++) {
                int row = rows.rows[i];
                if (value.isNull(row)) {
                    out.setNull(row);
                } else {
                    out.put(row, !value.values[row]);
                }
            }
            return out;
        }
    }

    /** IS [NOT] NULL; a row value is null if all its fields are, and not null if none is. */
    static final class NullTest extends Kernel {
        private final Kernel arg;
        private final boolean wantNull;
        private final boolean rowArg;

        NullTest(Kernel arg, boolean wantNull, boolean rowArg) {
            super(Carrier.BOOL);
            this.arg = arg;
            this.wantNull = wantNull;
            this.rowArg = rowArg && arg.carrier() == Carrier.OBJECT;
        }

        @Override
        Vector eval(Batch in, Selection rows) {
            Vector value = arg.eval(in, rows);
            BoolVector out = boolResult(in);
            for (int i = 0; i < rows.count(); i++) {
                int row = rows.rows[i];
                boolean isNull = value.isNull(row);
                if (rowArg && !isNull && ((ObjectVector) value).values[row] instanceof RecordValue r) {
                    out.values[row] = fieldsAre(r);
                } else {
                    out.values[row] = isNull == wantNull;
                }
            }
            return out;
        }

        private boolean fieldsAre(RecordValue value) {
            for (int i = 0; i < value.fields().length; i++) {
                if (!value.isDropped(i) && (value.fields()[i] == null) != wantNull) {
                    return false;
                }
            }
            return true;
        }
    }

    /** IS [NOT] TRUE, FALSE, UNKNOWN. */
    static final class BooleanTest extends Kernel {
        private final Kernel arg;
        private final boolean ofTrue;
        private final boolean ofFalse;
        private final boolean ofNull;

        BooleanTest(Kernel arg, Expr.BooleanTest.Kind kind) {
            super(Carrier.BOOL);
            this.arg = arg;
            ofTrue = switch (kind) {
                case IS_TRUE, IS_NOT_FALSE, IS_NOT_UNKNOWN -> true;
                case IS_NOT_TRUE, IS_FALSE, IS_UNKNOWN -> false;
            };
            ofFalse = switch (kind) {
                case IS_FALSE, IS_NOT_TRUE, IS_NOT_UNKNOWN -> true;
                case IS_NOT_FALSE, IS_TRUE, IS_UNKNOWN -> false;
            };
            ofNull = switch (kind) {
                case IS_UNKNOWN, IS_NOT_TRUE, IS_NOT_FALSE -> true;
                case IS_NOT_UNKNOWN, IS_TRUE, IS_FALSE -> false;
            };
        }

        @Override
        Vector eval(Batch in, Selection rows) {
            BoolVector value = (BoolVector) arg.eval(in, rows);
            BoolVector out = boolResult(in);
            for (int i = 0; i < rows.count(); i++) {
                int row = rows.rows[i];
                out.values[row] = value.isNull(row) ? ofNull : value.values[row] ? ofTrue : ofFalse;
            }
            return out;
        }
    }
}
