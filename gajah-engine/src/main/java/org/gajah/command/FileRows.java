package org.gajah.command;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignColumn;
import org.gajah.api.foreign.ForeignRows;
import org.gajah.api.foreign.RowTarget;
import org.gajah.base.Slice;

/** The lines of a file as rows: read as COPY reads them, but only the columns that are wanted are converted. */
final class FileRows implements ForeignRows {
    private static final Slice END = Slice.of("\\.");

    private final CopyOptions options;
    private final List<ForeignColumn> columns;
    /** For each column of the file the place in the target, -1 if nobody wants it. */
    private final int[] places;
    private final CopyFileEnds ends;
    private final Consumer<SqlError> notices;
    private final Supplier<FileDefaults> defaults;
    private Optional<FileDefaults> known = Optional.empty();
    private final CopyLines lines;
    private final CopyFields fields;
    private final CopyPlace place;
    private boolean atEnd;
    private boolean readable;
    private long skipped;

    FileRows(FileQuery file, CopyOptions options, CopyFileEnds ends, CopySource source, Consumer<SqlError> notices,
            Supplier<FileDefaults> defaults) {
        this.options = options;
        this.ends = ends;
        this.notices = notices;
        columns = file.table().columns();
        places = file.places();
        this.defaults = defaults;
        lines = new CopyLines(source, options);
        fields = new CopyDelimitedFields(options);
        place = new CopyPlace(file.table().name());
    }

    @Override
    public int fetch(RowTarget target, int most) {
        int count = 0;
        try {
            if (place.line() == 0 && options.header() != CopyOptions.Header.NONE) {
                header();
            }
            while (count < most && !atEnd && nextLine()) {
                if (read(target)) {
                    target.endRow();
                    count++;
                }
            }
        } catch (SqlError e) {
            throw atEnd ? e : place.column().isPresent() ? place.at(e) : place.atLine(e, place.line(), readable ? Optional.of(CopyPlace.shown(lines.text())) : Optional.empty());
        }
        return count;
    }

    private boolean nextLine() {
        readable = false;
        place.nextLine();
        boolean found = lines.next();
        place.addLines(lines.innerEnds());
        readable = true;
        if (found && (options.format() != CopyOptions.Format.TEXT || !lines.text().equals(END))) {
            return true;
        }
        atEnd = true;
        lines.drain();
        ends.finish();
        tell();
        return false;
    }

    private void header() {
        if (!nextLine() || options.header() != CopyOptions.Header.MATCH) {
            return;
        }
        fields.split(lines);
        if (fields.count() != columns.size()) {
            throw bad("wrong number of fields in header line: got " + fields.count() + ", expected " + columns.size());
        }
        for (int i = 0; i < columns.size(); i++) {
            String expected = columns.get(i).name();
            if (fields.mark(i) == CopyFields.Mark.NULL) {
                throw bad("column name mismatch in header line field " + (i + 1) + ": got null value (\"" + options.nullText() + "\"), expected \"" + expected + "\"");
            }
            if (!fields.field(i).equals(Slice.of(expected))) {
                throw bad("column name mismatch in header line field " + (i + 1) + ": got \"" + fields.field(i) + "\", expected \"" + expected + "\"");
            }
        }
    }

    private static SqlError bad(String message) {
        return new SqlError(SqlState.BAD_COPY_FILE_FORMAT, message);
    }

    /** Hands the line's values over; false if it is skipped. */
    private boolean read(RowTarget target) {
        fields.split(lines);
        int count = columns.isEmpty() && lines.text().isEmpty() ? 0 : fields.count();
        if (count > columns.size()) {
            throw bad("extra data after last expected column");
        }
        for (int i = 0; i < columns.size(); i++) {
            if (i >= count) {
                throw bad("missing data for column \"" + columns.get(i).name() + "\"");
            }
            if (fields.mark(i) == CopyFields.Mark.DEFAULT) {
                useDefault(i, target);
            } else if (places[i] >= 0 && !isNull(i)) {
                try {
                    target.setText(places[i], fields.array(i), fields.start(i), fields.length(i));
                } catch (SqlError e) {
                    place.enter(columns.get(i).name());
                    skip(i, e);
                    target.dropRow();
                    return false;
                }
            }
        }
        return true;
    }

    private void useDefault(int field, RowTarget target) {
        FileDefaults all = known.orElseGet(defaults);
        known = Optional.of(all);
        if (!all.has(columns.get(field).number())) {
            throw bad("unexpected default marker in COPY data").detail("Column \"" + columns.get(field).name() + "\" has no default value.");
        }
        if (places[field] >= 0) {
            all.text(columns.get(field).number()).ifPresent(text -> target.setText(places[field], text));
        }
    }

    private boolean isNull(int field) {
        String name = columns.get(field).name();
        if (fields.mark(field) == CopyFields.Mark.NULL) {
            return !options.forceNotNull().contains(name);
        }
        return options.forceNull().contains(name) && fields.field(field).equals(options.nullText());
    }

    private void skip(int field, SqlError error) {
        Optional<Slice> value = Optional.of(fields.field(field));
        if (!options.ignoreErrors() || !error.state().code().startsWith("22")) {
            throw place.atInput(error, value);
        }
        skipped++;
        if (options.verbosity() == CopyOptions.Verbosity.VERBOSE) {
            notices.accept(new SqlError(SqlState.SUCCESSFUL_COMPLETION, "skipping row due to data type incompatibility at line " + place.line() + " for column \""
                    + columns.get(field).name() + "\": " + CopyPlace.input(value))
                    .context("COPY " + place.table()));
        }
        if (skipped > options.rejectLimit().orElse(Long.MAX_VALUE)) {
            throw place.atInput(new SqlError(SqlState.INVALID_TEXT_REPRESENTATION, "skipped more than REJECT_LIMIT (" + options.rejectLimit().getAsLong()
                    + ") rows due to data type incompatibility"), value);
        }
        place.leaveColumn();
    }

    private void tell() {
        if (skipped > 0 && options.verbosity() != CopyOptions.Verbosity.SILENT) {
            notices.accept(new SqlError(SqlState.SUCCESSFUL_COMPLETION, skipped + (skipped == 1 ? " row was" : " rows were")
                    + " skipped due to data type incompatibility"));
        }
    }

    @Override
    public void close() {
        ends.close();
    }
}
