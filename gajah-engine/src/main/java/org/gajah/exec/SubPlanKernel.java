package org.gajah.exec;

import java.util.Optional;

import org.gajah.analyze.Expr.SubLink.Kind;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.type.ArrayValue;
import org.gajah.type.RecordValue;
import org.gajah.vector.Batch;
import org.gajah.vector.BoolVector;
import org.gajah.vector.Carrier;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** A subquery in an expression, run for each row; or once, if it does not depend on the row. */
final class SubPlanKernel extends Kernel {
    private final Kind kind;
    private final Frame frame;
    private final int plan;
    private final int[] slots;
    private final Kernel[] values;
    private final Optional<Kernel> test;
    private final ValueKernels.Held[] columns;
    private final Result shape;
    private final Selection one = new Selection(1);
    private Vector[] held = new Vector[0];

    /** What the result is made of: an array's element type, a record's type and fields. */
    record Result(int type, int elementType, java.util.List<Integer> fieldTypes) {
    }

    SubPlanKernel(Carrier carrier, Kind kind, Frame frame, int plan, int[] slots, Kernel[] values, Optional<Kernel> test,
            ValueKernels.Held[] columns, Result shape) {
        super(carrier);
        this.kind = kind;
        this.frame = frame;
        this.plan = plan;
        this.slots = slots;
        this.values = values;
        this.test = test;
        this.columns = columns;
        this.shape = shape;
    }

    @Override
    Vector eval(Batch in, Selection rows) {
        Vector[] arguments = new Vector[values.length];
        for (int i = 0; i < values.length; i++) {
            arguments[i] = values[i].eval(in, rows);
        }
        Vector out = result(in);
        SubPlan subPlan = frame.subPlans().get(plan);
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows[i];
            for (int k = 0; k < slots.length; k++) {
                frame.setSlot(slots[k], arguments[k].get(row));
            }
            out.set(row, run(subPlan, in, row));
        }
        return out;
    }

    private Object run(SubPlan subPlan, Batch in, int row) {
        return switch (kind) {
            case EXISTS -> subPlan.rows(0).size() > 0;
            case SCALAR -> single(subPlan) ? subPlan.rows(1).get(0, 0) : null;
            case ARRAY -> array(subPlan.rows(Integer.MAX_VALUE - 1));
            case ROW_COMPARE -> single(subPlan) ? verdict(subPlan.rows(1), 0, in, row) : null;
            case MULTI_ASSIGN -> single(subPlan) ? record(subPlan.rows(1)) : null;
            case ANY -> quantified(subPlan, in, row, true);
            case ALL -> quantified(subPlan, in, row, false);
        };
    }

    private boolean single(SubPlan subPlan) {
        int size = subPlan.rows(1).size();
        if (size > 1) {
            throw new SqlError(SqlState.CARDINALITY_VIOLATION, "more than one row returned by a subquery used as an expression");
        }
        return size == 1;
    }

    private Object array(RowStore rows) {
        if (rows.size() > 0 && rows.get(0, 0) instanceof ArrayValue) {
            Object[] parts = new Object[rows.size()];
            for (int i = 0; i < parts.length; i++) {
                parts[i] = rows.get(i, 0);
            }
            return ArrayKernels.nest(shape.elementType, ((ArrayValue) parts[0]).elements().carrier(), parts);
        }
        Vector made = Vector.of(rows.carriers().getFirst(), rows.size());
        for (int i = 0; i < rows.size(); i++) {
            made.copyFrom(rows.vector(i, 0), rows.place(i), i);
        }
        return ArrayValue.of(shape.elementType, made, rows.size());
    }

    private Object record(RowStore rows) {
        Object[] fields = new Object[rows.carriers().size()];
        java.util.List<String> names = new java.util.ArrayList<>();
        for (int i = 0; i < fields.length; i++) {
            fields[i] = rows.get(0, i);
            names.add("f" + (i + 1));
        }
        return new RecordValue(shape.type, shape.fieldTypes, names, fields);
    }

    private Boolean quantified(SubPlan subPlan, Batch in, int row, boolean any) {
        boolean sawNull = false;
        for (int i = 0; i < subPlan.rows(i).size(); i++) {
            Boolean verdict = verdict(subPlan.rows(i), i, in, row);
            if (verdict == null) {
                sawNull = true;
            } else if (verdict == any) {
                return any;
            }
            if ((i & 1023) == 1023) {
                frame.checkCancelled();
            }
        }
        return sawNull ? null : (Boolean) !any;
    }

    /** The test for one row of the subquery against one row outside. */
    private Boolean verdict(RowStore rows, int index, Batch in, int row) {
        int capacity = in.selection().rows.length;
        if (held.length == 0 || held[0].capacity() < capacity) {
            held = new Vector[columns.length];
            for (int c = 0; c < held.length; c++) {
                held[c] = Vector.of(rows.carriers().get(c), capacity);
            }
        }
        for (int c = 0; c < held.length; c++) {
            Vectors.share(rows.vector(index, c), rows.place(index), held[c], row);
            columns[c].hold(held[c]);
        }
        one.rows[0] = row;
        one.setCount(1);
        BoolVector verdict = (BoolVector) test.orElseThrow().eval(in, one);
        return verdict.isNull(row) ? null : verdict.values[row];
    }
}
