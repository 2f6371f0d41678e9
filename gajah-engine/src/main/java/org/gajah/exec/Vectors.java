package org.gajah.exec;

import java.util.Arrays;

import org.gajah.base.Slice;
import org.gajah.vector.Batch;
import org.gajah.vector.BoolVector;
import org.gajah.vector.BytesVector;
import org.gajah.vector.Carrier;
import org.gajah.vector.DoubleVector;
import org.gajah.vector.IntVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.ObjectVector;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** Small operations on vectors that the kernels and operators share. */
final class Vectors {
    private Vectors() {
    }

    /** Sets a boxed value without copying bytes: the slice must outlive the batch. */
    static void point(Vector vector, int row, Object value) {
        if (value instanceof Slice slice && vector instanceof BytesVector bytes) {
            bytes.point(row, slice);
        } else {
            vector.set(row, value);
        }
    }

    /** The boxed value without copying bytes: valid as long as the row. Null is SQL NULL. */
    static Object peek(Vector vector, int row) {
        if (vector instanceof BytesVector bytes) {
            return bytes.isNull(row) ? null : bytes.slice(row);
        }
        return vector.get(row);
    }

    /** Sets rows {@code from} to {@code to} (exclusive) of a vector to one value. */
    static void fill(Vector vector, int from, int to, Object value) {
        if (value == null) {
            for (int row = from; row < to; row++) {
                vector.setNull(row);
            }
            return;
        }
        switch (vector) {
            case BoolVector v -> Arrays.fill(v.values, from, to, (Boolean) value);
            case IntVector v -> Arrays.fill(v.values, from, to, (Integer) value);
            case LongVector v -> Arrays.fill(v.values, from, to, (Long) value);
            case DoubleVector v -> Arrays.fill(v.values, from, to, (Double) value);
            case ObjectVector v -> Arrays.fill(v.values, from, to, value);
            case BytesVector v -> {
                Slice slice = (Slice) value;
                for (int row = from; row < to; row++) {
                    v.point(row, slice);
                }
            }
        }
    }

    /** Copies a row, pointing at bytes rather than copying them: the source must outlive the target's batch. */
    static void share(Vector source, int sourceRow, Vector target, int row) {
        if (source instanceof BytesVector from && !from.isNull(sourceRow)) {
            ((BytesVector) target).point(row, from.arrays[sourceRow], from.offsets[sourceRow], from.lengths[sourceRow]);
        } else {
            target.copyFrom(source, sourceRow, row);
        }
    }

    /** {@link #share} for all selected rows, to the same row numbers. */
    static void shareAll(Vector source, Selection rows, Vector target) {
        int count = rows.count();
        for (int i = 0; i < count; i++) {
            int row = rows.rows[i];
            share(source, row, target, row);
        }
    }

    /** Bytes of memory that a row takes, roughly; for memory budgets. */
    static long weight(Vector vector, int row) {
        return switch (vector) {
            case BoolVector v -> 2;
            case IntVector v -> 5;
            case LongVector v -> 9;
            case DoubleVector v -> 9;
            case ObjectVector v -> v.isNull(row) ? 9 : 16 + org.gajah.type.DatumForm.weight(v.values[row]);
            case BytesVector v -> v.isNull(row) ? 17 : 17 + v.lengths[row];
        };
    }

    /** A batch's first {@code count} columns. */
    static Vector[] first(Batch batch, int count) {
        return batch.columnCount() == count ? batch.columns() : Arrays.copyOf(batch.columns(), count);
    }

    /** A batch without columns in which one row is selected: what expressions without input see. */
    static Batch oneRow() {
        Batch batch = new Batch(new Vector[0], 1);
        batch.selection().all(1);
        return batch;
    }

    /** A batch without rows. */
    static Batch nothing() {
        return new Batch(new Vector[0], 1);
    }

    /** How a type's values travel; also for the pseudo-types that aggregates' states have. */
    static Carrier carrier(org.gajah.catalog.Catalog catalog, int type) {
        return type == INTERNAL ? Carrier.OBJECT : catalog.codec(type).carrier();
    }

    static final int INTERNAL = 2281;
}
