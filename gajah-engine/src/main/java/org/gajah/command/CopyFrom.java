package org.gajah.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import org.gajah.analyze.Definitions;
import org.gajah.analyze.Expr;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.Expression;
import org.gajah.base.Slice;
import org.gajah.catalog.Relation;
import org.gajah.catalog.Trigger;
import org.gajah.exec.TableLoader;
import org.gajah.type.Privilege;

/** Reads COPY data into a table. */
final class CopyFrom {
    private final CommandContext context;
    private final Relation table;
    private final CopyOptions options;
    private final CopyColumns columns;
    private final Optional<Expr> where;
    private final CopyProgress progress;

    CopyFrom(CommandContext context, Relation table, List<String> names, CopyOptions options, Optional<Expression> where,
            CopyProgress progress) {
        this.context = context;
        this.table = table;
        this.options = options;
        this.progress = progress;
        this.columns = CopyColumns.of(table, names, context);
        this.where = where.map(w -> Definitions.copyWhere(w, table, context.analysis()));
    }

    private void checkTarget() {
        boolean instead = table.kind() == 'v' && table.triggers().stream()
                .anyMatch(t -> t.timing() == Trigger.Timing.INSTEAD_OF && t.firesAt(Trigger.Event.INSERT));
        if ("rpf".indexOf(table.kind()) < 0 && !instead) {
            SqlError error = new SqlError(SqlState.WRONG_OBJECT_TYPE, "cannot copy to " + ObjectNames.kind(table.kind()) + " \"" + table.name()
                    + "\"");
            throw table.kind() == 'v' ? error.hint("To enable copying to a view, provide an INSTEAD OF INSERT trigger.") : error;
        }
        if (options.freeze() && table.kind() == 'f') {
            throw SqlError.notSupported("cannot perform COPY FREEZE on a foreign table");
        }
        if (options.freeze() && table.kind() == 'p') {
            throw SqlError.notSupported("cannot perform COPY FREEZE on a partitioned table");
        }
        if (options.freeze() && !context.isNew(table)) {
            throw new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "cannot perform COPY FREEZE because the table was not created or "
                    + "truncated in the current subtransaction");
        }
    }

    long run(CopyEnds ends) {
        CopyTextRows.Forced forced = new CopyTextRows.Forced(columns.chosen(options.forceNotNull(), "FORCE_NOT_NULL", table),
                columns.chosen(options.forceNull(), "FORCE_NULL", table));
        boolean binary = options.format() == CopyOptions.Format.BINARY;
        CopySource source = ends.in(binary, columns.count());
        checkTarget();
        List<Integer> given = columns.columns().stream().map(Relation.Column::number).toList();
        TableLoader loader = new TableLoader(context.compile(), context.execution(), table, given, defaults(context, table, c -> options.defaultText().isPresent()
                || options.format() == CopyOptions.Format.JSON || !columns.columns().contains(c)), where, conflict(), ForeignCopy.into(table, context));
        CopyPlace place = new CopyPlace(table.name());
        CopyRows rows = binary ? new CopyBinaryRows(context, columns, loader, source, place)
                : new CopyTextRows(context, options, columns, loader, source, place, forced, progress);
        load(rows, loader, place);
        context.transaction().incrementCommand();
        context.endStatement();
        return loader.kept();
    }

    private void load(CopyRows rows, TableLoader loader, CopyPlace place) {
        context.enterContext(rows::where);
        try {
            while (rows.next()) {
                if (write(rows, loader)) {
                    progress.rows(loader.kept());
                    progress.excluded(loader.excluded());
                }
            }
            rows.finish();
        } catch (SqlError e) {
            SqlError located = loader.failedRow().isPresent() ? e : rows.located(e);
            if (e.state().code().startsWith("22") || e.state().code().startsWith("23")) {
                verifyEarlier(loader, place);
            }
            throw inRow(located, loader, place);
        } finally {
            context.leaveContext();
        }
        try {
            loader.finish();
        } catch (SqlError e) {
            throw inRow(e, loader, place);
        }
        rows.tell();
    }

    /** Hands the present row over. Errors of triggers, which have their own CONTEXT, tell where in the data they fired, too. */
    private static boolean write(CopyRows rows, TableLoader loader) {
        try {
            return loader.rowDone(rows.line(), loader.wantsText() ? rows.shown() : Slice.EMPTY);
        } catch (SqlError e) {
            throw loader.failedRow().isPresent() ? e : e.context(rows.where());
        }
    }

    /** Rows that wait to be written come before the one that cannot be read: what is wrong with them is said first. */
    private void verifyEarlier(TableLoader loader, CopyPlace place) {
        if (loader.failedRow().isEmpty()) {
            try {
                loader.verify();
            } catch (SqlError e) {
                throw inRow(e, loader, place);
            }
        }
    }

    private static SqlError inRow(SqlError error, TableLoader loader, CopyPlace place) {
        boolean unique = error.state() == SqlState.UNIQUE_VIOLATION;
        return loader.failedRow().map(row -> place.atLine(error, row.line(), unique ? Optional.empty() : Optional.of(CopyPlace.shown(row.text()))))
                .orElse(error);
    }

    /** What happens to rows whose key is taken; an update needs the right to see and to change. */
    private Optional<TableLoader.OnConflict> conflict() {
        if (options.conflict() == CopyOptions.Conflict.ERROR) {
            return Optional.empty();
        }
        if (table.kind() != 'r' && table.kind() != 'p') {
            throw SqlError.notSupported("COPY ON_CONFLICT with " + ObjectNames.kind(table.kind()) + " \"" + table.name() + "\" is not supported");
        }
        if (options.conflict() == CopyOptions.Conflict.NOTHING) {
            return Optional.of(new TableLoader.OnConflict(Optional.empty()));
        }
        context.requireHeld(table, Privilege.UPDATE);
        context.requireHeld(table, Privilege.SELECT);
        Relation.Index key = table.indexes().stream().filter(Relation.Index::primary).findFirst().orElseThrow(
                () -> new SqlError(SqlState.INVALID_COLUMN_REFERENCE, "COPY ON_CONFLICT update requires a primary key"));
        return Optional.of(new TableLoader.OnConflict(Optional.of(key)));
    }

    /** The defaults of the columns that need one. */
    static List<TableLoader.Default> defaults(CommandContext context, Relation table, Predicate<Relation.Column> needed) {
        List<TableLoader.Default> defaults = new ArrayList<>();
        ColumnDefinitions definitions = new ColumnDefinitions(context);
        for (Relation.Column c : table.columns()) {
            if (c.dropped() || c.generated() != 0 || !needed.test(c)) {
                continue;
            }
            if (c.identity() != 0) {
                defaults.add(new TableLoader.Default(c.number(),
                        new Expr.NextValue(context.catalog().identitySequence(table.oid(), c.number()), c.type())));
            } else {
                definitions.defaultOrTypes(c).ifPresent(value -> defaults.add(new TableLoader.Default(c.number(), value)));
            }
        }
        return defaults;
    }
}
