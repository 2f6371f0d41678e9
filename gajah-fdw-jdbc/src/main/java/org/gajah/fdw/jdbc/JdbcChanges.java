package org.gajah.fdw.jdbc;

import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignChange;
import org.gajah.api.foreign.ForeignColumn;
import org.gajah.api.foreign.ForeignExpr;
import org.gajah.api.foreign.ForeignQuery;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.ForeignTable;
import org.gajah.api.foreign.RemoteStatement;

/** Changes of one row, found by the columns with the option key, or of all rows that conditions find there. */
final class JdbcChanges {
    private final ForeignServer server;
    private final Routines routines;
    private final String label;

    JdbcChanges(ForeignServer server, Routines routines, String label) {
        this.server = server;
        this.routines = routines;
        this.label = label;
    }

    private Dialect dialect() {
        return routines.dialect();
    }

    private static List<ForeignColumn> keys(ForeignTable table) {
        return table.columns().stream().filter(c -> OptionValues.flag(c.options(), "key", false)).toList();
    }

    /** The key; an error if there is none. */
    static List<ForeignColumn> identity(ForeignTable table) {
        List<ForeignColumn> keys = keys(table);
        if (keys.isEmpty()) {
            throw new SqlError(SqlState.FDW_UNABLE_TO_CREATE_EXECUTION, "no primary key column specified for foreign table \"" + table.name() + "\"")
                    .detail("For UPDATE or DELETE, at least one foreign table column must be marked as primary key column.")
                    .hint("Set the option \"key\" on the columns that belong to the primary key.");
        }
        return keys;
    }

    /** Whether a changed row can be had back. */
    boolean returns(ForeignTable table, ForeignChange.Kind kind) {
        boolean keyed = !keys(table).isEmpty();
        return switch (dialect().returning(kind, keyed)) {
            case CLAUSE, TABLE -> true;
            case INTO, READ -> keyed;
        };
    }

    /** The change; {@code batchSize} of them are handed over at once if no row is wanted back. */
    RemoteSql of(ForeignChange change, int batchSize) {
        requireChangeable(change);
        JdbcSql w = new JdbcSql(routines);
        if (change.returning().isEmpty()) {
            return write(w, change).statement(label, List.of(), batchSize);
        }
        List<RemoteSql.Output> outputs = change.returning().stream().map(c -> new RemoteSql.Output(c.type(), RemoteColumn.strips(c))).toList();
        String columns = String.join(", ", change.returning().stream().map(c -> w.column(new ForeignExpr.Column(0, c), "")).toList());
        return switch (dialect().returning(change.kind(), !keys(change.table()).isEmpty())) {
            case CLAUSE -> write(w, change).text(" RETURNING " + columns).statement(label, 1, outputs);
            case TABLE -> {
                w.text("SELECT " + columns + " FROM " + (change.kind() == ForeignChange.Kind.DELETE ? "OLD" : "FINAL") + " TABLE (");
                yield write(w, change).text(")").statement(label, 1, outputs);
            }
            case INTO -> {
                String into = " RETURNING " + columns + " INTO ";
                List<String> names = IntStream.rangeClosed(1, change.returning().size()).mapToObj(i -> "o" + i).toList();
                String places = String.join(", ", Collections.nCopies(names.size(), "?"));
                yield write(w, change).text("", into + String.join(", ", names)).statement(label, 1, outputs)
                        .returning(read(change, columns, outputs, into + places));
            }
            case READ -> write(w, change).statement(label, 1, outputs).returning(read(change, columns, outputs, ""));
        };
    }

    /** A whole UPDATE or DELETE of the rows of a query; nothing unless they are found by conditions on the table alone, and its values are the same there. */
    Optional<RemoteStatement> whole(ForeignChange change, ForeignQuery rows, List<ForeignExpr> values) {
        requireChangeable(change);
        boolean alone = rows.from() instanceof ForeignQuery.From.Table && rows.limit().isEmpty() && rows.offset().isEmpty() && !rows.grouped() && !rows.distinct()
                && !JdbcSql.isQuery(change.table());
        JdbcConditions conditions = new JdbcConditions(routines);
        if (!alone || !IntStream.range(0, values.size()).allMatch(i -> conditions.assigns(change.columns().get(i), values.get(i), change.columns()))) {
            return Optional.empty();
        }
        JdbcSql w = new JdbcSql(routines);
        String table = w.table(change.table());
        w.text(change.kind() == ForeignChange.Kind.DELETE ? "DELETE FROM " + table : "UPDATE " + table + " SET ");
        for (int i = 0; i < values.size(); i++) {
            w.text((i == 0 ? "" : ", ") + w.columns(List.of(change.columns().get(i))) + " = ").expr(JdbcConditions.plain(values.get(i)));
        }
        return Optional.of(w.where(rows.where(), List.of()).statement(label, List.of(), 1));
    }

    /** INSERT of all rows of a query; nothing unless its outputs are columns and constants that mean the same there. */
    Optional<RemoteStatement> all(ForeignChange change, ForeignQuery rows) {
        requireChangeable(change);
        JdbcConditions conditions = new JdbcConditions(routines);
        boolean same = IntStream.range(0, rows.output().size()).allMatch(i -> conditions.inserts(change.columns().get(i), rows.output().get(i)));
        boolean there = change.columns().stream().noneMatch(c -> c.options().containsKey(JdbcSql.MISSING)) && !JdbcSql.isQuery(change.table());
        if (!same || !there) {
            return Optional.empty();
        }
        JdbcSql w = new JdbcSql(routines);
        w.text("INSERT INTO " + w.table(change.table()) + " (" + w.columns(change.columns()) + ") ");
        return Optional.of(w.query(rows).statement(label, List.of(), 1));
    }

    /** How the row is read by its key. */
    private Returning read(ForeignChange change, String columns, List<RemoteSql.Output> outputs, String into) {
        List<ForeignColumn> keys = keys(change.table());
        if (keys.isEmpty()) {
            throw SqlError.notSupported("RETURNING is not supported for foreign table \"" + change.table().name() + "\", which has no key")
                    .hint("Set the option \"key\" on the columns that belong to the primary key.");
        }
        boolean insert = change.kind() == ForeignChange.Kind.INSERT;
        JdbcSql w = new JdbcSql(routines);
        w.text("SELECT " + columns + " FROM " + w.table(change.table()));
        for (int i = 0; i < keys.size(); i++) {
            int place = insert ? change.columns().indexOf(keys.get(i)) : change.columns().size() + change.identity().indexOf(keys.get(i));
            w.text((i == 0 ? " WHERE " : " AND ") + w.columns(List.of(keys.get(i))) + " = ").bare(place, keys.get(i).type());
        }
        w.text(change.kind() == ForeignChange.Kind.DELETE ? dialect().keeping().orElse("") : "");
        return new Returning(change.kind(), w.statement(label, 1, outputs), keys.stream().map(w::name).toList(), into,
                change.returning().stream().map(this::given).toList(), dialect().keeping().isPresent());
    }

    /** The number of the type in which a column comes back. */
    private int given(ForeignColumn c) {
        return dialect().documents() && RemoteColumn.isDocument(c) ? Types.CLOB : RemoteColumn.code(c);
    }

    private static JdbcSql write(JdbcSql w, ForeignChange change) {
        String table = w.table(change.table());
        int number = 0;
        switch (change.kind()) {
            case INSERT -> {
                List<ForeignColumn> there = change.columns().stream().filter(c -> !c.options().containsKey(JdbcSql.MISSING)).toList();
                w.text("INSERT INTO " + table + " (" + w.columns(there) + ") VALUES (");
                for (ForeignColumn c : there) {
                    w.text(number++ == 0 ? "" : ", ").bare(change.columns().indexOf(c), c.type());
                }
                w.text(")");
            }
            case UPDATE -> {
                w.text("UPDATE " + table + " SET ");
                for (ForeignColumn c : change.columns()) {
                    w.text((number == 0 ? "" : ", ") + w.columns(List.of(c)) + " = ").bare(number++, c.type());
                }
            }
            case DELETE -> w.text("DELETE FROM " + table);
        }
        List<ForeignColumn> identity = change.identity();
        for (int i = 0; i < identity.size(); i++) {
            w.text((i == 0 ? " WHERE " : " AND ") + w.columns(List.of(identity.get(i))) + " = ").bare(number++, identity.get(i).type());
        }
        return w;
    }

    private void requireChangeable(ForeignChange change) {
        ForeignTable table = change.table();
        boolean closed = OptionValues.flag(table.options(), "readonly", false) || !OptionValues.flag(table.options(), "updatable", true);
        if (closed) {
            throw new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "foreign table \"" + table.name() + "\" does not allow "
                    + change.kind().name().toLowerCase(Locale.ROOT) + "s");
        }
        if (server.options().getOrDefault("isolation_level", "").equals("read_only")) {
            throw new SqlError(SqlState.READ_ONLY_SQL_TRANSACTION, "cannot execute " + change.kind() + " in a read-only transaction")
                    .detail("Option \"isolation_level\" of server \"" + server.name() + "\" is \"read_only\".");
        }
        if (change.doNothing()) {
            throw SqlError.notSupported("ON CONFLICT is not supported for foreign tables of wrapper \"" + server.wrapper() + "\"");
        }
        List<ForeignColumn> keys = new ArrayList<>(change.identity());
        keys.retainAll(change.columns());
        Optional<ForeignColumn> changed = keys.stream().findFirst();
        if (changed.isPresent()) {
            throw new SqlError(SqlState.FDW_UNABLE_TO_CREATE_EXECUTION, "cannot update key column \"" + changed.get().name() + "\" of foreign table \""
                    + table.name() + "\"");
        }
    }
}
