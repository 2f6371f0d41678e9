package org.gajah.javaroutine;

import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.spi.SpiCode;
import org.gajah.api.spi.TupleDescriptor;

/** The columns of rows. */
record Columns(List<String> names, List<Integer> types, JavaTypes java) implements TupleDescriptor {
    private static final List<String> SYSTEM = List.of("ctid", "xmin", "cmin", "xmax", "cmax", "tableoid");

    @Override
    public int size() {
        return names.size();
    }

    @Override
    public String name(int column) {
        return names.get(index(column));
    }

    @Override
    public int number(String name) {
        int at = names.indexOf(name);
        int system = SYSTEM.indexOf(name);
        return at >= 0 ? at + 1 : system >= 0 ? -system - 1 : SpiCode.ERROR_NOATTRIBUTE.number();
    }

    @Override
    public String type(int column) {
        return java.name(types.get(index(column)));
    }

    @Override
    public int typeOid(int column) {
        return types.get(index(column));
    }

    /** Where a column's value is. */
    int index(int column) {
        if (column < 1 || column > names.size()) {
            throw new SqlError(SqlState.UNDEFINED_COLUMN, "column number " + column + " does not exist: " + SpiCode.ERROR_NOATTRIBUTE);
        }
        return column - 1;
    }
}
