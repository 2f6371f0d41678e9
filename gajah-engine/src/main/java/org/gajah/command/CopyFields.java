package org.gajah.command;

import org.gajah.base.Slice;

/** The fields of a line of COPY data; valid until the next line. */
interface CopyFields {
    /** Cuts a line; {@code marked} is what {@link CopyLines#hasMarks} has said. */
    void split(Slice line, boolean marked);

    int count();

    /** Whether the field is written as NULL is; {@link #field} is what it says then. */
    boolean isNull(int field);

    /** Whether the field asks for the column's default. */
    boolean isDefault(int field);

    /** What the field says, in the text form of its column's type. */
    Slice field(int field);
}
