package org.gajah.command;

import org.gajah.api.SqlError;
import org.gajah.base.Slice;

/** The rows of a COPY FROM in one of the formats. */
interface CopyRows {
    /** Reads the next row into the loader's present row; false at the end of the data. */
    boolean next();

    /** Adds to an error where in the data it has arisen. */
    SqlError located(SqlError error);

    /** Where in the data the present row is, as errors that are not about one of its values tell it. */
    String where();

    /** The beginning of the present row's data, as much as an error shows; valid until the next row. */
    Slice shown();

    /** The number of the present row's line, from 1. */
    long line();

    /** Reads what follows the end of the data. */
    void finish();

    /** All rows have been written: says what there is to say of those that were not. */
    void tell();
}
