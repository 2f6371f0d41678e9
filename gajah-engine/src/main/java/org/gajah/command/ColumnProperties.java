package org.gajah.command;

import java.util.List;
import java.util.Locale;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.AlterTableCommand;
import org.gajah.ast.ColumnDef;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.TypeRow;
import org.gajah.sysfunc.RegNames;

/** STORAGE, COMPRESSION, STATISTICS and parameters of columns. The first two are kept and shown only: pages compress nothing. */
final class ColumnProperties {
    private static final int MAX_STATISTICS = 10_000;

    private final CommandContext context;

    ColumnProperties(CommandContext context) {
        this.context = context;
    }

    /** What a new column's definition says. */
    void fill(int table, int number, ColumnDef definition) {
        Relation relation = context.catalog().relation(table).orElseThrow();
        definition.storage().ifPresent(s -> storage(relation, relation.column(number), s));
        definition.compression().ifPresent(c -> compression(relation, relation.column(number), c));
    }

    void storage(Relation table, AlterTableCommand.ColumnStorage c) {
        storage(table, AlterTableCommands.column(table, c.column()), c.storage());
    }

    private CatalogRow row(Relation table, Relation.Column column) {
        return context.catalog().row("pg_attribute", 2659, table.oid(), column.number()).orElseThrow();
    }

    private void storage(Relation table, Relation.Column column, String word) {
        TypeRow type = context.catalog().type(column.type()).orElseThrow();
        char letter = switch (word.toLowerCase(Locale.ROOT)) {
            case "plain" -> 'p';
            case "external" -> 'e';
            case "extended" -> 'x';
            case "main" -> 'm';
            case "default" -> TypeLayout.storage(type);
            default -> throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "invalid storage type \"" + word + "\"");
        };
        if (letter != 'p' && TypeLayout.storage(type) == 'p') {
            throw SqlError.notSupported("column data type " + RegNames.typeName(column.type(), -1, context.analysis())
                    + " can only have storage PLAIN");
        }
        CatalogRow row = row(table, column);
        context.writer().update(row, row.with("attstorage", (int) letter));
        context.changed();
    }

    void compression(Relation table, AlterTableCommand.ColumnCompression c) {
        compression(table, AlterTableCommands.column(table, c.column()), c.compression());
    }

    private void compression(Relation table, Relation.Column column, String word) {
        TypeRow type = context.catalog().type(column.type()).orElseThrow();
        if (TypeLayout.storage(type) == 'p') {
            throw SqlError.notSupported("column data type " + RegNames.typeName(column.type(), -1, context.analysis())
                    + " does not support compression");
        }
        int letter = switch (word) {
            case "pglz" -> 'p';
            case "lz4" -> 'l';
            case "default" -> 0;
            default -> throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "invalid compression method \"" + word + "\"");
        };
        CatalogRow row = row(table, column);
        context.writer().update(row, row.with("attcompression", letter));
        context.changed();
    }

    void statistics(Relation table, AlterTableCommand.ColumnStatistics c) {
        if (c.column().isEmpty() && table.kind() != 'i') {
            throw SqlError.notSupported("cannot refer to non-index column by number");
        }
        int number = c.column().isEmpty() ? c.number() : AlterTableCommands.column(table, c.column()).number();
        if (c.column().isEmpty() && (number < 1 || number > table.columns().size())) {
            throw new SqlError(SqlState.UNDEFINED_COLUMN, "column number " + number + " of relation \"" + table.name() + "\" does not exist");
        }
        if (c.column().isEmpty()) {
            String name = context.catalog().row("pg_attribute", 2659, table.oid(), number).orElseThrow().text("attname");
            int key = context.catalog().row("pg_index", 2679, table.oid()).orElseThrow().numbers("indkey").get(number - 1);
            if (key != 0) {
                throw SqlError.notSupported("cannot alter statistics on non-expression column \"" + name + "\" of index \"" + table.name() + "\"")
                        .hint("Alter statistics on table column instead.");
            }
        }
        int target = c.target();
        if (target < -1) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "statistics target " + target + " is too low");
        }
        if (target > MAX_STATISTICS) {
            context.message("WARNING", new SqlError(SqlState.INVALID_PARAMETER_VALUE, "lowering statistics target to " + MAX_STATISTICS));
            target = MAX_STATISTICS;
        }
        CatalogRow row = context.catalog().row("pg_attribute", 2659, table.oid(), number).orElseThrow();
        context.writer().update(row, row.with("attstattarget", target == -1 ? null : (Object) target));
    }

    void options(Relation table, AlterTableCommand.ColumnOptions c) {
        CatalogRow row = row(table, AlterTableCommands.column(table, c.column()));
        List<String> stored = row.texts("attoptions");
        List<String> options = c.reset() ? StorageParameters.without(stored, c.options())
                : StorageParameters.merged(stored, c.options(), StorageParameters.Kind.COLUMN);
        context.writer().update(row, row.with("attoptions", options.isEmpty() ? null : CatalogValues.texts(options)));
    }
}
