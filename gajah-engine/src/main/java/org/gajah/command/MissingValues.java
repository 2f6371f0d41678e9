package org.gajah.command;

import org.gajah.catalog.PlainContext;
import org.gajah.type.TypeContext;

/** How pg_attribute keeps the value of rows that are older than a column: a one-element array in text form. */
final class MissingValues {
    /** The style in which the value is written and read back, whatever the session's is. */
    static final TypeContext STYLE = PlainContext.INSTANCE;

    private MissingValues() {
    }

    static String array(String element) {
        return "{\"" + element.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
    }
}
