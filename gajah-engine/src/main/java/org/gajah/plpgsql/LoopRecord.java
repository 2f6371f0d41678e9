package org.gajah.plpgsql;

import org.gajah.exec.ScalarFunctions;
import org.gajah.type.RecordValue;

/**
 * The record variable of a loop over rows whose body is generated code: the code takes fields from the rows' columns, and the variable
 * gets its value only when something wants the whole record. Its first row it always gets at once, so that it has the rows' shape.
 */
final class LoopRecord {
    private final Object[] values;
    private final int variable;
    private final RowReader rows;
    private boolean inColumns;
    private boolean due;

    LoopRecord(Activation activation, Variable variable, RowReader rows) {
        this.values = activation.values();
        this.variable = variable.number();
        this.rows = rows;
    }

    /** From the present row on, which the variable has, its fields are the rows' columns. */
    void begin() {
        inColumns = true;
    }

    /** The next row, if it has been read, becomes the present one. */
    boolean step() {
        if (inColumns && rows.step()) {
            due = true;
            return true;
        }
        return false;
    }

    /** Reads on, if it has begun. */
    boolean read() {
        if (rows.read()) {
            due = true;
            return true;
        }
        settle();
        return false;
    }

    boolean hasBegun() {
        return inColumns;
    }

    /** Gives the variable the present row. */
    void settle() {
        if (due) {
            due = false;
            values[variable] = rows.row();
        }
    }

    private Object field(int number) {
        return ((RecordValue) values[variable]).fields()[number];
    }

    boolean isNull(int field) {
        return inColumns ? rows.isNull(field) : field(field) == null;
    }

    boolean booleanAt(int field) {
        return inColumns ? rows.booleanAt(field) : ScalarFunctions.booleanOf(field(field));
    }

    int intAt(int field) {
        return inColumns ? rows.intAt(field) : ScalarFunctions.intOf(field(field));
    }

    long longAt(int field) {
        return inColumns ? rows.longAt(field) : ScalarFunctions.longOf(field(field));
    }

    double doubleAt(int field) {
        return inColumns ? rows.doubleAt(field) : ScalarFunctions.doubleOf(field(field));
    }

    Object objectAt(int field) {
        return inColumns ? rows.objectAt(field) : field(field);
    }
}
