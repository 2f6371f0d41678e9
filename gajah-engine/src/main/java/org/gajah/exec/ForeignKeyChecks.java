package org.gajah.exec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.Relation;
import org.gajah.catalog.Relation.ForeignKey;
import org.gajah.vector.Batch;
import org.gajah.vector.Selection;

/**
 * What a statement that changes a table owes to its foreign keys: rows it adds must refer to rows that exist, and rows that
 * refer to what it takes away are looked at or changed in turn. All of it happens at the end of the statement, or of the
 * transaction where a constraint is deferred.
 */
public final class ForeignKeyChecks {
    private static final List<ForeignKey> NONE = List.of();
    /** What pg_trigger says of triggers that fire unless the session replays. */
    private static final char AS_USUAL = 'O';

    private final CompileContext context;
    private final Frame frame;
    private final Relation relation;
    private final Map<Integer, ForeignKeyTarget> targets;
    private final List<ForeignKey> outgoing;
    private final List<ForeignKey> incoming;
    private final Map<Integer, Set<List<Object>>> pending = new HashMap<>();
    /** As PostgreSQL's triggers for them, they are silent while the session replays what was checked elsewhere. */
    private boolean on = true;

    ForeignKeyChecks(CompileContext context, Frame frame, Relation relation) {
        this(context, frame, relation, new HashMap<>());
    }

    /** {@code targets} are the tables that actions of one statement have met. */
    ForeignKeyChecks(CompileContext context, Frame frame, Relation relation, Map<Integer, ForeignKeyTarget> targets) {
        this.context = context;
        this.frame = frame;
        this.relation = relation;
        this.targets = targets;
        this.outgoing = tops(relation.foreignKeys());
        this.incoming = tops(relation.referencedBy());
    }

    /** Those that are enforced and no parts of others among them: what is to be done for a key is done for all partitions at once. */
    private static List<ForeignKey> tops(List<ForeignKey> keys) {
        return keys.stream().filter(k -> k.enforced() && (k.parent() == 0 || keys.stream().noneMatch(o -> o.oid() == k.parent()))).toList();
    }

    /** 23503 for a row that refers to nothing by a key with these values. */
    public static SqlError missing(ExecContext run, Relation table, ForeignKey key, Relation parent, Object[] values) {
        return ForeignKeyActions.missing(run, table, key, parent, values);
    }

    /** For COPY and other commands that write with a {@link RowWriter} of their own. */
    public static ForeignKeyChecks of(CompileContext context, RowWriter writer) {
        return new ForeignKeyChecks(context, writer.frame(), writer.relation());
    }

    /** A statement begins. */
    public void begin() {
        on = frame.context().session().fires(AS_USUAL);
        pending.clear();
        targets.values().forEach(ForeignKeyTarget::reset);
    }

    /** Rows have been inserted; {@code tids} by position in the selection. */
    public void inserted(Batch rows, Selection selected, long[] tids) {
        for (ForeignKey key : on ? outgoing : NONE) {
            for (int i = 0; i < selected.count(); i++) {
                refers(key, rows, selected.rows[i], tids[i]);
            }
        }
    }

    /** A row has been changed. */
    void updated(Batch rows, Batch old, int row, long tid) {
        for (ForeignKey key : on ? outgoing : NONE) {
            if (!values(rows, row, key.columns()).equals(values(old, row, key.columns()))) {
                refers(key, rows, row, tid);
            }
        }
        for (ForeignKey key : on ? incoming : NONE) {
            List<Object> before = values(old, row, key.referencedColumns());
            List<Object> after = values(rows, row, key.referencedColumns());
            if (!before.contains(null) && !before.equals(after)) {
                left(key, before, after);
            }
        }
    }

    /** A row has gone to another partition of the table: what referred to it, by way of the whole table, still may. */
    void moved(Batch rows, Batch old, int row) {
        for (ForeignKey key : on ? incoming : NONE) {
            List<Object> before = values(old, row, key.referencedColumns());
            List<Object> after = values(rows, row, key.referencedColumns());
            if (!before.contains(null) && !before.equals(after)) {
                left(key, before, after);
            }
        }
    }

    /** A row has been deleted. */
    void deleted(Batch old, int row) {
        for (ForeignKey key : on ? incoming : NONE) {
            List<Object> before = values(old, row, key.referencedColumns());
            if (!before.contains(null)) {
                left(key, before, List.of());
            }
        }
    }

    private static List<Object> values(Batch rows, int row, List<Integer> columns) {
        List<Object> values = new ArrayList<>(columns.size());
        for (int number : columns) {
            values.add(rows.column(number - 1).get(row));
        }
        return values;
    }

    /** A row refers to another by this key. */
    private void refers(ForeignKey key, Batch rows, int row, long tid) {
        List<Object> values = values(rows, row, key.columns());
        if (values.contains(null)) {
            if (key.match() == 'f' && values.stream().anyMatch(value -> value != null)) {
                throw new SqlError(SqlState.FOREIGN_KEY_VIOLATION,
                        "insert or update on table \"" + relation.name() + "\" violates foreign key constraint \"" + key.name() + "\"")
                                .detail("MATCH FULL does not allow mixing of null and nonnull key values.")
                                .constraint(KeyText.schema(frame.context(), relation), relation.name(), key.name());
            }
            return;
        }
        DeferredChecks checks = frame.context().constraints();
        if (key.deferrable() && checks.isDeferred(key.oid(), key.initiallyDeferred())) {
            checks.atCommit(key.oid(), run -> new ForeignKeyActions(context, targets, relation, key).requireReferenced(run, values, tid));
            return;
        }
        Set<List<Object>> waiting = pending.computeIfAbsent(key.oid(), oid -> new LinkedHashSet<>());
        if (waiting.isEmpty()) {
            checks.atStatementEnd(run -> {
                ForeignKeyActions actions = new ForeignKeyActions(context, targets, relation, key);
                List<List<Object>> due = List.copyOf(waiting);
                waiting.clear();
                due.forEach(each -> actions.requireReferenced(run, each, -1));
            });
        }
        waiting.add(values);
    }

    /** A key that others may refer to is no more; {@code after} is empty if its row was deleted. */
    private void left(ForeignKey key, List<Object> before, List<Object> after) {
        DeferredChecks checks = frame.context().constraints();
        char action = after.isEmpty() ? key.onDelete() : key.onUpdate();
        DeferredChecks.ConstraintCheck check = run -> new ForeignKeyActions(context, targets, relation, key).settle(run, before, after);
        if (action == ForeignKeyActions.NO_ACTION && key.deferrable() && checks.isDeferred(key.oid(), key.initiallyDeferred())) {
            checks.atCommit(key.oid(), check);
        } else {
            checks.atStatementEnd(check);
        }
    }
}
