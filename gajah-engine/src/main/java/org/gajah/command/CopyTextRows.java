package org.gajah.command;

import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.catalog.Relation;
import org.gajah.exec.TableLoader;

/** Rows in text or csv format, or JSON. */
final class CopyTextRows implements CopyRows {
    private static final Slice END = Slice.of("\\.");

    /** FORCE_NOT_NULL and FORCE_NULL by column. */
    record Forced(boolean[] notNull, boolean[] toNull) {
    }

    private final CommandContext context;
    private final CopyOptions options;
    private final CopyColumns columns;
    private final TableLoader loader;
    private final CopyLines lines;
    private final CopyFields fields;
    private final CopyField[] targets;
    private final Optional<CopyPlainLines> plain;
    private final CopyPlace place;
    private final Forced forced;
    private final CopyProgress progress;
    private final Optional<CopyErrorTable> errors;
    private boolean textValid;
    private long skipped;

    CopyTextRows(CommandContext context, CopyOptions options, CopyColumns columns, TableLoader loader, CopySource source, CopyPlace place,
            Forced forced, CopyProgress progress) {
        this.progress = progress;
        this.errors = options.errorTable().map(name -> new CopyErrorTable(context, name, place.table()));
        this.context = context;
        this.options = options;
        this.columns = columns;
        this.loader = loader;
        this.lines = new CopyLines(source, options);
        this.fields = options.format() == CopyOptions.Format.JSON ? new CopyJsonFields(columns, CopyJsonFormat.calls(context))
                : new CopyDelimitedFields(options);
        this.targets = columns.fields(loader, context.analysis().types());
        this.plain = CopyPlainLines.of(lines, targets, options);
        this.place = place;
        this.forced = forced;
    }

    @Override
    public boolean next() {
        if (place.line() == 0 && options.header() != CopyOptions.Header.NONE) {
            boolean found = nextLine();
            if (options.header() == CopyOptions.Header.MATCH) {
                matchHeader();
            }
            if (!found) {
                return false;
            }
        }
        while (!nextPlainLine()) {
            if (!nextLine()) {
                return false;
            }
            if (read()) {
                return true;
            }
        }
        return true;
    }

    private boolean nextPlainLine() {
        if (plain.isEmpty() || !plain.get().next(loader.row())) {
            return false;
        }
        place.nextLine();
        return true;
    }

    private boolean nextLine() {
        textValid = false;
        place.nextLine();
        boolean found = lines.next();
        place.addLines(lines.innerEnds());
        textValid = true;
        return found && (options.format() != CopyOptions.Format.TEXT || !lines.text().equals(END));
    }

    private void matchHeader() {
        fields.split(lines);
        if (fields.count() != columns.count()) {
            throw bad("wrong number of fields in header line: got " + fields.count() + ", expected " + columns.count());
        }
        for (int i = 0; i < columns.count(); i++) {
            String expected = columns.columns().get(i).name();
            if (fields.mark(i) == CopyFields.Mark.NULL) {
                throw bad("column name mismatch in header line field " + (i + 1) + ": got null value (\"" + options.nullText()
                        + "\"), expected \"" + expected + "\"");
            }
            if (!fields.field(i).equals(Slice.of(expected))) {
                throw bad("column name mismatch in header line field " + (i + 1) + ": got \"" + fields.field(i) + "\", expected \""
                        + expected + "\"");
            }
        }
    }

    /** Reads the line into the loader's row; false if it is skipped. */
    private boolean read() {
        fields.split(lines);
        int count = columns.count() == 0 && lines.text().isEmpty() ? 0 : fields.count();
        if (count > columns.count()) {
            throw bad("extra data after last expected column");
        }
        int row = loader.row();
        for (int i = 0; i < targets.length; i++) {
            if (i >= count) {
                throw bad("missing data for column \"" + targets[i].column().name() + "\"");
            }
            if (fields.mark(i) == CopyFields.Mark.DEFAULT) {
                useDefault(targets[i].column());
            } else if (!(isNull(i) ? readNull(targets[i], row) : read(i, row))) {
                return false;
            }
        }
        place.leaveColumn();
        return true;
    }

    private boolean isNull(int field) {
        if (fields.mark(field) == CopyFields.Mark.NULL) {
            return !forced.notNull[field];
        }
        return forced.toNull[field] && fields.field(field).equals(options.nullText());
    }

    private void useDefault(Relation.Column column) {
        if (!loader.useDefault(column.number())) {
            if (options.format() == CopyOptions.Format.JSON) {
                loader.column(column.number()).setNull(loader.row());
                return;
            }
            throw new SqlError(SqlState.BAD_COPY_FILE_FORMAT, "unexpected default marker in COPY data")
                    .detail("Column \"" + column.name() + "\" has no default value.");
        }
    }

    private boolean read(int field, int row) {
        try {
            targets[field].parse(fields.array(field), fields.start(field), fields.length(field), row);
            return true;
        } catch (SqlError e) {
            return refused(targets[field].column(), Optional.of(fields.field(field)), e);
        }
    }

    /** A null, which a domain may have something against. */
    private boolean readNull(CopyField field, int row) {
        try {
            field.setNull(row);
            return true;
        } catch (SqlError e) {
            return refused(field.column(), Optional.empty(), e);
        }
    }

    /** Skips the row of a value, empty for a null, that does not fit, or raises the error; gives false. */
    private boolean refused(Relation.Column column, Optional<Slice> value, SqlError e) {
        place.enter(column.name());
        if (!options.ignoreErrors() || !isIncompatible(e)) {
            throw place.atInput(e, value);
        }
        skip(column, value, e);
        return false;
    }

    /** Whether the error says that a value does not fit its type, rather than that something is wrong here. */
    private static boolean isIncompatible(SqlError e) {
        return e.state().code().startsWith("22") || e.state() == SqlState.CHECK_VIOLATION || e.state() == SqlState.NOT_NULL_VIOLATION;
    }

    private void skip(Relation.Column column, Optional<Slice> value, SqlError error) {
        skipped++;
        progress.skipped(skipped);
        loader.forgetRow();
        errors.ifPresent(table -> table.add(place.line(), column.name(), value, error, lines.text()));
        if (options.verbosity() == CopyOptions.Verbosity.VERBOSE) {
            context.message("NOTICE", new SqlError(SqlState.SUCCESSFUL_COMPLETION, "skipping row due to data type incompatibility at line "
                    + place.line() + " for column \"" + column.name() + "\": " + CopyPlace.input(value))
                    .context("COPY " + place.table()));
        }
        if (skipped > options.rejectLimit().orElse(Long.MAX_VALUE)) {
            throw place.atInput(new SqlError(SqlState.INVALID_TEXT_REPRESENTATION, "skipped more than REJECT_LIMIT ("
                    + options.rejectLimit().getAsLong() + ") rows due to data type incompatibility"), value);
        }
        place.leaveColumn();
    }

    private SqlError bad(String message) {
        return new SqlError(SqlState.BAD_COPY_FILE_FORMAT, message);
    }

    @Override
    public SqlError located(SqlError error) {
        if (place.column().isPresent()) {
            return place.at(error);
        }
        return place.atLine(error, place.line(), shownText());
    }

    @Override
    public String where() {
        return place.where(shownText());
    }

    private Optional<String> shownText() {
        return textValid ? Optional.of(CopyPlace.shown(lines.text())) : Optional.empty();
    }

    @Override
    public Slice shown() {
        return CopyPlace.beginning(lines.text());
    }

    @Override
    public long line() {
        return place.line();
    }

    @Override
    public void finish() {
        lines.drain();
        errors.ifPresent(CopyErrorTable::flush);
    }

    @Override
    public void tell() {
        if (skipped > 0 && options.verbosity() != CopyOptions.Verbosity.SILENT) {
            context.message("NOTICE", new SqlError(SqlState.SUCCESSFUL_COMPLETION, skipped
                    + (skipped == 1 ? " row was" : " rows were") + " skipped due to data type incompatibility"));
        }
    }
}
