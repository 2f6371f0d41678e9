package org.gajah.api.spi;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/** The columns of rows; they count from 1. C: TupleDesc. */
public interface TupleDescriptor {
    /** How many columns there are. */
    int size();

    /** A column's name. C: SPI_fname */
    String name(int column);

    /** A column's number; a system column's is negative; {@link SpiCode#ERROR_NOATTRIBUTE}'s number if there is none. C: SPI_fnumber */
    int number(String name);

    /** A column's type by name. C: SPI_gettype */
    String type(int column);

    /** A column's type. C: SPI_gettypeid */
    int typeOid(int column);

    /** A column's number, or 42703. */
    default int require(String name) {
        int number = number(name);
        if (number <= 0) {
            throw new SqlError(SqlState.UNDEFINED_COLUMN, "column \"" + name + "\" does not exist");
        }
        return number;
    }
}
