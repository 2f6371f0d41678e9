package org.gajah.command;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Names;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.catalog.Relation;
import org.gajah.exec.TableLoader;
import org.gajah.sysfunc.Identifiers;
import org.gajah.txn.lock.LockMode;
import org.gajah.type.Oids;
import org.gajah.vector.Vector;

/** The table that tells of rows that a COPY FROM has skipped; its other columns get their defaults. Stays only if the COPY does. */
final class CopyErrorTable {
    private static final List<String> COLUMNS = List.of("relation", "line", "attribute", "value", "sqlstate", "message", "record");

    private final String copied;
    private final List<Relation.Column> columns;
    private final TableLoader loader;

    /** @param copied the table that the rows were for */
    CopyErrorTable(CommandContext context, String name, String copied) {
        this.copied = copied;
        Relation found = Names.relation(Identifiers.split(name), context.analysis());
        if (found.kind() != 'r') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "\"" + found.name() + "\" is not a table");
        }
        context.requireInsert(found);
        context.lockRelation(found.oid(), LockMode.ROW_EXCLUSIVE);
        Relation table = context.catalog().relation(found.oid()).orElseThrow();
        columns = COLUMNS.stream().map(column -> column(table, column)).toList();
        loader = new TableLoader(context.compile(), context.execution(), table, columns.stream().map(Relation.Column::number).toList(),
                CopyFrom.defaults(context, table, c -> !columns.contains(c)), Optional.empty(), Optional.empty());
    }

    private static Relation.Column column(Relation table, String name) {
        Relation.Column column = AlterTableCommands.column(table, name);
        if (column.type() != (name.equals("line") ? Oids.INT8 : Oids.TEXT) || column.generated() != 0) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "column \"" + name + "\" of error table \"" + table.name() + "\" must be of type "
                    + (name.equals("line") ? "bigint" : "text"));
        }
        return column;
    }

    /** Tells of a row: its line, the column and value (empty for a null) that are wrong, and all of its data. */
    void add(long line, String attribute, Optional<Slice> value, SqlError error, Slice record) {
        put("relation", Slice.of(copied));
        put("line", line);
        put("attribute", Slice.of(attribute));
        put("value", value.orElse(null));
        put("sqlstate", Slice.of(error.state().code()));
        put("message", Slice.of(error.getMessage()));
        put("record", record);
        loader.rowDone(line, Slice.EMPTY);
    }

    private void put(String column, Object value) {
        Vector vector = loader.column(columns.get(COLUMNS.indexOf(column)).number());
        vector.set(loader.row(), value);
    }

    /** Writes the rows that wait. */
    void flush() {
        loader.flush();
    }
}
