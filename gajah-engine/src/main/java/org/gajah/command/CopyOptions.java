package org.gajah.command;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.gajah.base.Slice;

/**
 * COPY's options, checked against each other by {@link CopyOptionReader}. PostgreSQL manual, COPY.
 *
 * @param nullText what stands for NULL, as it is written
 * @param defaultText what stands for the column's default, if anything does
 * @param ignoreErrors whether rows with values that do not fit their types are skipped
 * @param errorTable where rows that are skipped are told of, as it is written; not PostgreSQL's
 * @param rejectLimit how many rows may be skipped
 * @param conflict what happens to a row whose key is taken; not PostgreSQL's
 */
record CopyOptions(Format format, byte delimiter, Slice nullText, Optional<Slice> defaultText, Header header, byte quote, byte escape,
        Columns forceQuote, Columns forceNotNull, Columns forceNull, boolean ignoreErrors, Optional<String> errorTable, OptionalLong rejectLimit, Verbosity verbosity,
        boolean freeze, Conflict conflict) {
    /** The formats; JSON is one object a line, and not PostgreSQL's. */
    enum Format { TEXT, CSV, BINARY, JSON }

    enum Header { NONE, PRESENT, MATCH }

    enum Conflict { ERROR, NOTHING, UPDATE }

    enum Verbosity { SILENT, DEFAULT, VERBOSE }

    /** Some columns by name, or all. */
    record Columns(boolean all, List<String> names) {
        static final Columns NONE = new Columns(false, List.of());

        boolean contains(String name) {
            return all || names.contains(name);
        }
    }

    boolean csv() {
        return format == Format.CSV;
    }
}
