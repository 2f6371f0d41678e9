package org.gajah.exec;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.gajah.analyze.Query.PolicyCheck.Kind;
import org.gajah.analyze.Query.RowMark;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.Relation.ForeignKey;
import org.gajah.catalog.Trigger;
import org.gajah.exec.ForeignKeyTarget.Share;
import org.gajah.table.RowState;
import org.gajah.table.Table;
import org.gajah.table.TupleOutcome;
import org.gajah.txn.Snapshot;
import org.gajah.vector.Batch;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/**
 * Looks after one foreign key: that a referenced row exists, or what becomes of the rows that refer to a key that is no more.
 * Everything is judged by the newest state of the tables, not by the statement's snapshot.
 */
final class ForeignKeyActions {
    static final char NO_ACTION = 'a';
    private static final char RESTRICT = 'r';
    private static final char CASCADE = 'c';
    private static final char SET_DEFAULT = 'd';
    private static final int[] NO_COLUMNS = {};

    private final CompileContext context;
    private final Map<Integer, ForeignKeyTarget> targets;
    private final Relation changed;
    private final ForeignKey key;

    /** {@code changed} is the table of the statement: the referring or the referenced one. */
    ForeignKeyActions(CompileContext context, Map<Integer, ForeignKeyTarget> targets, Relation changed, ForeignKey key) {
        this.context = context;
        this.targets = targets;
        this.changed = changed;
        this.key = key;
    }

    private Relation relation(int oid) {
        return oid == changed.oid() ? changed : context.catalog().relation(oid).orElseThrow();
    }

    /** 23503 unless a row has the key; {@code tid} is the referring row if it may have gone meanwhile, else -1. */
    void requireReferenced(ExecContext run, List<Object> values, long tid) {
        if (tid >= 0 && !stillRefers(run, values, tid)) {
            return;
        }
        Relation parent = relation(key.referencedTable());
        boolean there;
        try {
            there = exists(run, parent, key.referencedColumns(), values, true);
        } catch (SqlError e) {
            throw e.context(lookupText(run, parent));
        }
        if (!there) {
            throw missing(run, changed, key, parent, values.toArray());
        }
    }

    static SqlError missing(ExecContext run, Relation table, ForeignKey key, Relation parent, Object[] values) {
        return new SqlError(SqlState.FOREIGN_KEY_VIOLATION,
                "insert or update on table \"" + table.name() + "\" violates foreign key constraint \"" + key.name() + "\"")
                        .detail(KeyText.describe(run, table, key.columns(), values) + " is not present in table \"" + parent.name() + "\".")
                        .constraint(KeyText.schema(run, table), table.name(), key.name());
    }

    /** The statement that PostgreSQL looks for a referenced row with, in whose context errors of the look come. */
    private String lookupText(ExecContext run, Relation parent) {
        StringBuilder text = new StringBuilder("SQL statement \"SELECT 1 FROM ").append(name(run, parent)).append(" x WHERE ");
        for (int i = 0; i < key.referencedColumns().size(); i++) {
            text.append(i == 0 ? "" : " AND ").append(KeyText.quoted(parent.column(key.referencedColumns().get(i)).name()))
                    .append(" OPERATOR(pg_catalog.=) $").append(i + 1);
        }
        return text.append(" FOR KEY SHARE OF x\"").toString();
    }

    /** Whether a table, or the partition of it that such a row would be in, has a live row with these values. */
    private boolean exists(ExecContext run, Relation table, List<Integer> columns, List<Object> values, boolean lock) {
        if (table.kind() != 'p') {
            RowLookup lookup = new RowLookup(context, table, columns);
            return lookup.want(values.toArray()) && exists(run, lookup, lock);
        }
        Frame frame = new Frame(0, 0);
        frame.begin(run);
        PartitionLevel level = new PartitionLevel(context, frame, table);
        Optional<Relation> partition = level.partition(columns, values);
        return partition.isPresent() && exists(run, partition.get(), columns.stream().map(table.numbersIn(partition.get())::get).toList(), values, lock);
    }

    private boolean stillRefers(ExecContext run, List<Object> values, long tid) {
        RowLookup lookup = new RowLookup(context, changed, key.columns());
        Table table = run.relations().table(changed);
        Batch row = table.layout().batch(lookup.all(), 1);
        return lookup.want(values.toArray()) && !(table.fetchNewest(run.transaction(), tid, lookup.all(), row, 0) instanceof RowState.Dead)
                && lookup.matches(row, 0);
    }

    /** Whether a live row has the wanted values; {@code lock} keeps it from going away until the transaction ends. */
    private boolean exists(ExecContext run, RowLookup lookup, boolean lock) {
        Table table = run.relations().table(lookup.relation());
        int[] keyColumns = ModifyBuilder.keyColumns(lookup.relation());
        Batch row = table.layout().batch(lookup.all(), 1);
        for (long tid : lookup.candidates(run, run.snapshot())) {
            if (lock) {
                row.reset();
                RowState present = table.fetchNewest(run.transaction(), tid, lookup.all(), row, 0);
                if (present instanceof RowState.Dead) {
                    continue;
                }
                RowLocks.Writer writer = () -> LockRowsOperator.conflicting(run, table, tid, keyColumns, RowMark.Strength.KEY_SHARE);
                lock(run, table, lookup.relation(), tid, writer, present instanceof RowState.InProgress);
            }
            row.reset();
            RowState state = table.fetchNewest(run.transaction(), tid, lookup.all(), row, 0);
            boolean there = switch (state) {
                case RowState.Live live -> true;
                case RowState.InProgress other -> !other.inserting() && !other.deleting();
                case RowState.Dead dead -> false;
            };
            if (there && lookup.matches(row, 0)) {
                return true;
            }
        }
        return false;
    }

    /** Locks a referenced row; one that who is {@code changing} it moves to another partition is not looked for there. */
    private static void lock(ExecContext run, Table table, Relation relation, long tid, RowLocks.Writer writer, boolean changing) {
        if (!changing) {
            run.locks().lock(table.id(), relation.name(), tid, RowMark.Strength.KEY_SHARE, RowMark.Wait.BLOCK, writer);
            return;
        }
        Snapshot before = run.transaction().acquireSnapshot();
        try {
            run.locks().lock(table.id(), relation.name(), tid, RowMark.Strength.KEY_SHARE, RowMark.Wait.BLOCK, writer);
            requireUnchanged(run.with(before), table, tid);
        } finally {
            run.transaction().releaseSnapshot(before);
        }
    }

    private static void requireUnchanged(ExecContext run, Table table, long tid) {
        boolean repeatable = run.isolation() == ExecContext.Isolation.REPEATABLE_READ;
        if (repeatable && table.check(run.transaction(), run.snapshot(), tid) instanceof TupleOutcome.Deleted) {
            throw new SqlError(SqlState.SERIALIZATION_FAILURE, "could not serialize access due to concurrent update");
        }
        RowChanger.requireStays(run, table, tid);
    }

    /** Does what the key's action says with the rows that refer to {@code before}. */
    void settle(ExecContext run, List<Object> before, List<Object> after) {
        char action = after.isEmpty() ? key.onDelete() : key.onUpdate();
        Relation child = relation(key.table());
        if (action == NO_ACTION && existsElsewhere(run, before)) {
            return;
        }
        settle(run, child, key, before, after, action);
    }

    /** Another row may have the key by now, also in another partition of the table that the key is really about. */
    private boolean existsElsewhere(ExecContext run, List<Object> before) {
        Relation table = changed;
        List<Integer> columns = key.referencedColumns();
        for (int parent = key.parent(); parent != 0;) {
            CatalogRow row = context.catalog().row("pg_constraint", 2667, parent).orElseThrow();
            table = relation(row.number("confrelid"));
            columns = row.numbers("confkey");
            parent = row.number("conparentid");
        }
        return exists(run, table, columns, before, false);
    }

    private void settle(ExecContext run, Relation child, ForeignKey own, List<Object> before, List<Object> after, char action) {
        if (child.kind() == 'p') {
            for (Relation partition : context.catalog().partitions(child).partitions()) {
                settle(run, partition, own.from(partition, child.numbersIn(partition)), before, after, action);
            }
            return;
        }
        RowLookup lookup = new RowLookup(context, child, own.columns());
        if (!lookup.want(before.toArray())) {
            return;
        }
        run.transaction().incrementCommand();
        Snapshot newer = run.transaction().acquireSnapshot();
        try {
            ExecContext now = run.with(newer);
            Table table = run.relations().table(child);
            Batch row = table.layout().batch(lookup.all(), 1);
            for (long tid : lookup.candidates(now, newer)) {
                run.cancel().check();
                row.reset();
                if (table.fetch(newer, tid, lookup.all(), row, 0) && lookup.matches(row, 0)) {
                    row.selection().all(1);
                    if (action == NO_ACTION || action == RESTRICT) {
                        refuse(now, relation(key.table()), lookup, before, action);
                    } else {
                        within(now, after, action, () -> apply(now, child, own, table, lookup, row, tid, after, action));
                    }
                }
            }
        } finally {
            run.transaction().releaseSnapshot(newer);
        }
    }

    private void refuse(ExecContext now, Relation child, RowLookup lookup, List<Object> before, char action) {
        if (!exists(now, lookup, true)) {
            return;
        }
        boolean restrict = action == RESTRICT;
        throw new SqlError(restrict ? SqlState.RESTRICT_VIOLATION : SqlState.FOREIGN_KEY_VIOLATION,
                "update or delete on table \"" + changed.name() + "\" violates " + (restrict ? "RESTRICT setting of " : "") + "foreign key constraint \""
                        + key.name() + "\" on table \"" + child.name() + "\"")
                                .detail(KeyText.describe(now, changed, key.referencedColumns(), before.toArray())
                                        + " is " + (restrict ? "" : "still ") + "referenced from table \"" + child.name() + "\".")
                                .constraint(KeyText.schema(now, child), child.name(), key.name());
    }

    private void apply(ExecContext now, Relation child, ForeignKey own, Table table, RowLookup lookup, Batch row, long tid, List<Object> after, char action) {
        ForeignKeyTarget target = target(child);
        target.frame().begin(now);
        if (action == CASCADE && after.isEmpty()) {
            delete(now, child, table, lookup, row, tid);
            return;
        }
        List<Integer> columns = after.isEmpty() && !own.setColumns().isEmpty() ? own.setColumns() : own.columns();
        int[] attributes = columns.stream().mapToInt(number -> number - 1).toArray();
        ChangeTriggers triggers = target.triggers(attributes, share(child));
        RowChanger changer = RowChanger.of(target.frame(), target.writer(), attributes, triggers);
        Batch changedRow = table.layout().batch(lookup.all(), 1);
        Optional<ChangeTriggers> statement = statement(now, child, attributes);
        boolean[] moves = new boolean[1];
        boolean done = attempt(now, table, lookup, row, tid, snapshot -> {
            RowChanger.Result found = triggers.hasBeforeRow() ? changer.lock(snapshot, tid, false) : RowChanger.Result.DONE;
            if (found != RowChanger.Result.DONE) {
                return found;
            }
            changedRow.reset();
            for (int c = 0; c < changedRow.columnCount(); c++) {
                changedRow.column(c).copyFrom(row.column(c), 0, 0);
            }
            for (int number : columns) {
                Object value = action == CASCADE ? after.get(own.columns().indexOf(number)) : action == SET_DEFAULT ? defaultOf(child, number, now) : null;
                changedRow.column(number - 1).set(0, converted(changedRow.column(number - 1), value));
            }
            changedRow.selection().all(1);
            if (!triggers.before(Trigger.Event.UPDATE, changedRow, row, 0)) {
                return RowChanger.Result.OWN;
            }
            moves[0] = isPart(child) && !target.keeps(changedRow);
            if (moves[0]) {
                return target.triggers(NO_COLUMNS, Share.ROWS).before(Trigger.Event.DELETE, Vectors.nothing(), row, 0)
                        ? changer.delete(snapshot, tid, row, 0, true) : RowChanger.Result.OWN;
            }
            target.writer().prepare(changedRow, changedRow.selection(), Kind.UPDATE);
            return changer.update(snapshot, tid, changedRow, row, 0);
        });
        if (!done) {
            return;
        }
        triggers.wrote();
        if (moves[0]) {
            move(now, child, changedRow, row);
        } else {
            target.checks().updated(changedRow, row, 0, tid);
            triggers.after(Trigger.Event.UPDATE, changedRow, row, row.selection());
        }
        statement.ifPresent(s -> s.after(Trigger.Event.UPDATE, up(child, changedRow), up(child, row), row.selection()));
    }

    /** Carries an action out as the statement that PostgreSQL has for it. */
    private void within(ExecContext now, List<Object> after, char action, Runnable work) {
        Supplier<String> line = () -> actionText(now, after, action);
        try {
            now.session().within(line, work);
        } catch (SqlError e) {
            throw e.context(line.get());
        }
    }

    private String actionText(ExecContext run, List<Object> after, char action) {
        Relation table = relation(key.table());
        boolean delete = action == CASCADE && after.isEmpty();
        StringBuilder text = new StringBuilder("SQL statement \"").append(delete ? "DELETE FROM " : "UPDATE ").append(name(run, table));
        int parameter = 1;
        if (!delete) {
            List<Integer> columns = after.isEmpty() && !key.setColumns().isEmpty() ? key.setColumns() : key.columns();
            for (int i = 0; i < columns.size(); i++) {
                text.append(i == 0 ? " SET " : ", ").append(KeyText.quoted(table.column(columns.get(i)).name())).append(" = ")
                        .append(action == CASCADE ? "$" + parameter++ : action == SET_DEFAULT ? "DEFAULT" : "NULL");
            }
        }
        for (int i = 0; i < key.columns().size(); i++) {
            text.append(i == 0 ? " WHERE $" : " AND $").append(parameter++).append(" OPERATOR(pg_catalog.=) ")
                    .append(KeyText.quoted(table.column(key.columns().get(i)).name()));
        }
        return text.append('"').toString();
    }

    private static String name(ExecContext run, Relation table) {
        return (table.kind() == 'p' ? "" : "ONLY ") + KeyText.quoted(KeyText.schema(run, table)) + "." + KeyText.quoted(table.name());
    }

    private ForeignKeyTarget target(Relation table) {
        return targets.computeIfAbsent(table.oid(), oid -> new ForeignKeyTarget(context, table, targets));
    }

    /** Whether rows of a table are changed because it is a partition of the referring one. */
    private boolean isPart(Relation child) {
        return child.oid() != key.table();
    }

    private Share share(Relation child) {
        return isPart(child) ? Share.ROWS : Share.ALL;
    }

    /** The triggers of the partitioned table above, for its statement as a whole. */
    private Optional<ChangeTriggers> statement(ExecContext now, Relation child, int[] attributes) {
        if (!isPart(child)) {
            return Optional.empty();
        }
        Relation top = relation(key.table());
        ForeignKeyTarget target = target(top);
        target.frame().begin(now);
        int[] own = Arrays.stream(attributes).map(a -> child.numbersIn(top).get(a + 1) - 1).toArray();
        return Optional.of(target.triggers(own, Share.STATEMENT)).filter(t -> !t.isEmpty());
    }

    /** A partition's row as one of the referring table. */
    private Batch up(Relation child, Batch row) {
        return ColumnMap.of(child, relation(key.table()), context).apply(row, row.selection());
    }

    private void delete(ExecContext now, Relation child, Table table, RowLookup lookup, Batch row, long tid) {
        ForeignKeyTarget target = target(child);
        RowChanger changer = new RowChanger(target.frame(), target.writer(), NO_COLUMNS);
        ChangeTriggers triggers = target.triggers(NO_COLUMNS, share(child));
        Optional<ChangeTriggers> statement = statement(now, child, NO_COLUMNS);
        boolean done = attempt(now, table, lookup, row, tid, snapshot -> {
            RowChanger.Result found = triggers.hasBeforeRow() ? changer.lock(snapshot, tid, true) : RowChanger.Result.DONE;
            if (found != RowChanger.Result.DONE) {
                return found;
            }
            return triggers.before(Trigger.Event.DELETE, Vectors.nothing(), row, 0) ? changer.delete(snapshot, tid, row, 0) : RowChanger.Result.OWN;
        });
        if (done) {
            target.checks().deleted(row, 0);
            triggers.wrote();
            triggers.after(Trigger.Event.DELETE, Vectors.nothing(), row, row.selection());
            statement.ifPresent(s -> s.after(Trigger.Event.DELETE, Vectors.nothing(), up(child, row), row.selection()));
        }
    }

    /** The new key belongs to another partition of the referring table: the row, deleted already, is inserted there. */
    private void move(ExecContext now, Relation child, Batch changedRow, Batch row) {
        ForeignKeyTarget from = target(child);
        from.checks().moved(changedRow, row, 0);
        from.triggers(NO_COLUMNS, Share.ROWS).after(Trigger.Event.DELETE, Vectors.nothing(), row, row.selection());
        target(relation(key.table())).insert(now, up(child, changedRow));
    }

    static Object converted(Vector column, Object value) {
        return switch (value) {
            case Integer i when column instanceof org.gajah.vector.LongVector -> i.longValue();
            case Long l when column instanceof org.gajah.vector.IntVector -> Math.toIntExact(l);
            case null, default -> value;
        };
    }

    @FunctionalInterface
    private interface Change {
        RowChanger.Result make(Snapshot snapshot);
    }

    /** Changes a row, looking again when others have changed it; false if there is nothing to change any more. */
    private boolean attempt(ExecContext now, Table table, RowLookup lookup, Batch row, long tid, Change change) {
        RowChanger.Result result = change.make(now.snapshot());
        while (result == RowChanger.Result.CHANGED) {
            Snapshot newer = now.transaction().acquireSnapshot();
            try {
                row.reset();
                if (!table.fetch(newer, tid, lookup.all(), row, 0)) {
                    RowChanger.requireStays(now, table, tid);
                    return false;
                }
                if (!lookup.matches(row, 0)) {
                    return false;
                }
                row.selection().all(1);
                result = change.make(newer);
            } finally {
                now.transaction().releaseSnapshot(newer);
            }
        }
        if (result == RowChanger.Result.MOVED) {
            throw RowChanger.moved();
        }
        return result == RowChanger.Result.DONE;
    }

    private Object defaultOf(Relation child, int number, ExecContext now) {
        Relation.Column column = child.column(number);
        if (column.defaultNode().isEmpty()) {
            return null;
        }
        Frame frame = new Frame(0, 0);
        frame.begin(now);
        Kernel kernel = new ExprCompiler(context, frame, ExprCompiler.InputColumns.SINGLE, ExprCompiler.SlotUse.NONE)
                .compile(context.reader().read(column.defaultNode().get()));
        Batch one = Vectors.oneRow();
        Selection rows = one.selection();
        return kernel.eval(one, rows).get(0);
    }
}
