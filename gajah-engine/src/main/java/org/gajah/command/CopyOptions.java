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
 * @param rejectLimit how many rows may be skipped
 */
record CopyOptions(Format format, byte delimiter, Slice nullText, Optional<Slice> defaultText, Header header, byte quote, byte escape,
        Columns forceQuote, Columns forceNotNull, Columns forceNull, boolean ignoreErrors, OptionalLong rejectLimit, Verbosity verbosity,
        boolean freeze) {
    /** The formats; JSON is one object a line, and not PostgreSQL's. */
    enum Format { TEXT, CSV, BINARY, JSON }

    enum Header { NONE, PRESENT, MATCH }

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
