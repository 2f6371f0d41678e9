package org.gajah.exec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import org.gajah.analyze.Query.PolicyCheck.Kind;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.catalog.Relation;
import org.gajah.table.Index;
import org.gajah.table.Table;
import org.gajah.vector.Batch;
import org.gajah.vector.BoolVector;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/**
 * Writes rows of one table as every statement must: generated columns, NOT NULL, CHECK, the rows, their index entries,
 * uniqueness. INSERT, UPDATE, COPY and the rest differ in where the rows come from only.
 *
 * <p>Batches have a column for each column of the table, dropped ones included, in order; defaults and casts are done.
 */
public final class RowWriter {
    private final Frame frame;
    private final Relation relation;
    private final PolicyChecks policies;
    private final List<Generated> generated = new ArrayList<>();
    private final List<CheckConstraint> checks = new ArrayList<>();
    private final Map<Integer, Kernel> virtualValues = new HashMap<>();
    private final List<IndexWriter> indexes = new ArrayList<>();
    private final ByteSink key = new ByteSink();
    private long[] tids = new long[1];
    private Table table;
    private long tableRun;
    private Optional<Integer> failedRow = Optional.empty();
    /** Of a partition that is named itself. */
    private final Optional<PartitionCheck> partition;
    private RowText rowText;
    private Set<Integer> given = Set.of();

    /** A row as errors show it. */
    @FunctionalInterface
    private interface RowText {
        String of(Batch rows, int row);
    }

    private record Generated(int column, Kernel value) {
    }

    private record CheckConstraint(String name, Kernel condition) {
    }

    /** One index of the table: the keys of rows being written, and a look for keys that are taken. */
    record IndexWriter(IndexKeys keys, IndexKeys oldKeys, UniqueCheck unique) {
    }

    RowWriter(CompileContext context, Frame frame, Relation relation) {
        this(context, frame, relation, PolicyChecks.NONE);
    }

    RowWriter(CompileContext context, Frame frame, Relation relation, PolicyChecks policies) {
        this(context, frame, relation, policies, PartitionCheck.of(context, frame, relation));
    }

    /** For rows that were routed to a partition of {@code root}, whose columns errors show and {@code policies} look at. */
    RowWriter(CompileContext context, Frame frame, Relation relation, Relation root, PolicyChecks policies) {
        this(context, frame, relation, policies.over(ColumnMap.of(relation, root, context)), Optional.empty());
        rowText = (rows, row) -> {
            Selection one = new Selection(row + 1);
            one.add(row);
            return KeyText.row(frame.context(), root, given, ColumnMap.of(relation, root, context).apply(rows, one), row);
        };
    }

    private RowWriter(CompileContext context, Frame frame, Relation relation, PolicyChecks policies, Optional<PartitionCheck> partition) {
        this.partition = partition;
        this.rowText = (rows, row) -> KeyText.row(frame.context(), relation, given, rows, row);
        this.frame = frame;
        this.relation = relation;
        this.policies = policies;
        ExprCompiler compiler = new ExprCompiler(context, frame, ExprCompiler.InputColumns.SINGLE, ExprCompiler.SlotUse.NONE);
        VirtualColumns virtual = new VirtualColumns(relation, context.reader());
        for (Relation.Column column : relation.columns()) {
            if (column.generated() == 's' && !column.dropped()) {
                generated.add(new Generated(column.number() - 1, compiler.compile(context.reader().read(column.defaultNode().orElseThrow()))));
            }
        }
        for (Relation.Column column : relation.columns()) {
            if (column.generated() == 'v' && column.notNull() && !column.dropped()) {
                virtualValues.put(column.number(), compiler.compile(context.reader().read(column.defaultNode().orElseThrow())));
            }
        }
        for (Relation.Check check : relation.checks()) {
            if (check.enforced()) {
                checks.add(new CheckConstraint(check.name(), compiler.compile(virtual.in(context.reader().read(check.expression())))));
            }
        }
        for (Relation.Index index : relation.indexes()) {
            if (index.exclusion()) {
                throw SqlError.notSupported("exclusion constraints are not implemented yet");
            }
            if (index.ready()) {
                indexes.add(new IndexWriter(IndexKeys.of(context, frame, relation, index), IndexKeys.of(context, frame, relation, index),
                        new UniqueCheck(relation, IndexKeys.of(context, frame, relation, index))));
            }
        }
    }

    /** A writer of its own, for COPY and other commands: call {@link #begin} before each run. */
    public static RowWriter of(CompileContext context, Relation relation) {
        return new RowWriter(context, new Frame(0, 0), relation);
    }

    /** Begins a run of a writer made by {@link #of}. */
    public void begin(ExecContext context) {
        frame.begin(context);
    }

    /** Tells which columns of the named table the statement itself gives values, so that errors may show them. */
    void showGiven(Collection<Integer> columns) {
        given = Set.copyOf(columns);
    }

    Frame frame() {
        return frame;
    }

    Relation relation() {
        return relation;
    }

    List<IndexWriter> indexes() {
        return indexes;
    }

    /** The table as the present run knows it. */
    Table table() {
        if (tableRun != frame.run()) {
            table = frame.context().relations().table(relation);
            tableRun = frame.run();
        }
        return table;
    }

    Index index(IndexWriter writer) {
        return frame.context().relations().index(relation, writer.keys.index());
    }

    /** Inserts the selected rows; returns their tids in order, in an array that the next call overwrites. */
    public long[] insert(Batch rows) {
        return insert(rows, Kind.INSERT);
    }

    /** The same for what policies take for rows of a kind: one that comes from another partition is an updated one. */
    long[] insert(Batch rows, Kind kind) {
        insertRows(rows, kind);
        for (IndexWriter index : indexes) {
            insertEntries(index, rows, rows.selection(), tids);
        }
        return tids;
    }

    /** As {@link #insert}, but the index entries are left to {@code entries}. */
    long[] insert(Batch rows, BulkEntries entries) {
        insertRows(rows, Kind.INSERT);
        entries.add(rows, rows.selection(), tids);
        return tids;
    }

    private void insertRows(Batch rows, Kind kind) {
        prepare(rows, rows.selection(), kind);
        int count = rows.count();
        if (tids.length < count) {
            tids = new long[Math.max(count, Batch.MAX_ROWS)];
        }
        table().insert(frame.context().transaction(), rows, tids);
    }

    /** The row of the last batch that was refused, if the error was about one. */
    Optional<Integer> failedRow() {
        return failedRow;
    }

    /** Computes generated columns and checks policies, NOT NULL and CHECK of the selected rows; the first bad row is the one that is told. */
    void prepare(Batch rows, Selection selected, Kind kind) {
        failedRow = Optional.empty();
        try {
            compute(rows, selected, kind);
        } catch (SqlError e) {
            Selection one = new Selection(1);
            for (int i = 0; i < selected.count(); i++) {
                one.clear();
                one.add(selected.rows[i]);
                failedRow = Optional.of(selected.rows[i]);
                compute(rows, one, kind);
            }
            throw e;
        }
    }

    /** The policies' say about rows of the table: new ones, or those that a statement finds it has to change. */
    PolicyChecks policies() {
        return policies;
    }

    private void compute(Batch rows, Selection selected, Kind kind) {
        for (Generated g : generated) {
            Vector value = g.value.eval(rows, selected);
            Vector target = rows.column(g.column);
            for (int i = 0; i < selected.count(); i++) {
                target.copyFrom(value, selected.rows[i], selected.rows[i]);
            }
        }
        policies.require(kind, rows, selected);
        for (Relation.Column column : relation.columns()) {
            if (column.notNull() && !column.dropped()) {
                checkNotNull(rows, selected, column);
            }
        }
        for (CheckConstraint check : checks) {
            BoolVector verdict = (BoolVector) check.condition.eval(rows, selected);
            for (int i = 0; i < selected.count(); i++) {
                int row = selected.rows[i];
                if (!verdict.isNull(row) && !verdict.values[row]) {
                    throw new SqlError(SqlState.CHECK_VIOLATION,
                            "new row for relation \"" + relation.name() + "\" violates check constraint \"" + check.name + "\"")
                                    .detail(rowText.of(rows, row))
                                    .constraint(KeyText.schema(frame.context(), relation), relation.name(), check.name);
                }
            }
        }
        if (partition.isPresent()) {
            partition.get().require(frame.context(), given, rows, selected);
        }
    }

    private void checkNotNull(Batch rows, Selection selected, Relation.Column column) {
        Kernel virtual = virtualValues.get(column.number());
        Vector values = virtual == null ? rows.column(column.number() - 1) : virtual.eval(rows, selected);
        if (!values.mayHaveNulls()) {
            return;
        }
        for (int i = 0; i < selected.count(); i++) {
            int row = selected.rows[i];
            if (values.isNull(row)) {
                throw new SqlError(SqlState.NOT_NULL_VIOLATION, "null value in column \"" + column.name() + "\" of relation \""
                        + relation.name() + "\" violates not-null constraint").detail(rowText.of(rows, row))
                                .column(KeyText.schema(frame.context(), relation), relation.name(), column.name());
            }
        }
    }

    /** Adds the entries of rows that have been written; {@code tids} by position in the selection. */
    void insertEntries(IndexWriter writer, Batch rows, Selection selected, long[] tids) {
        IndexKeys keys = writer.keys;
        keys.evaluate(rows, selected);
        Index index = index(writer);
        Selection included = keys.included();
        int position = 0;
        for (int i = 0; i < included.count(); i++) {
            int row = included.rows[i];
            while (selected.rows[position] != row) {
                position++;
            }
            key.clear();
            keys.encode(row, key);
            insertEntry(writer, index, row, tids[position], key.view());
        }
    }

    private void insertEntry(IndexWriter writer, Index index, int row, long tid, Slice entry) {
        Relation.Index definition = writer.keys.index();
        if (!isUnique(writer.keys, row)) {
            index.insert(frame.context().transaction(), entry, tid);
        } else if (!definition.immediate()) {
            index.insert(frame.context().transaction(), entry, tid);
            deferUnique(writer, row, entry.copy(), tid);
        } else if (!insertUnique(writer, index, tid, entry)) {
            failedRow = Optional.of(row);
            throw writer.unique.violation(frame.context(), writer.keys, row);
        }
    }

    /** Whether no other row may have the key of an evaluated row. */
    static boolean isUnique(IndexKeys keys, int row) {
        return keys.index().unique() && (keys.index().nullsNotDistinct() || !keys.hasNull(row));
    }

    /** The error for a row that is in the table and whose key is taken. */
    SqlError violation(IndexWriter writer, long tid) {
        int[] all = java.util.stream.IntStream.range(0, relation.columns().size()).toArray();
        Batch row = table().layout().batch(all, 1);
        table().fetchNewest(frame.context().transaction(), tid, all, row, 0);
        row.selection().all(1);
        writer.keys.evaluate(row, 0);
        return writer.unique.violation(frame.context(), writer.keys, 0);
    }

    /** Adds an entry unless a row that is not gone has its key; waits for those that nobody knows about yet. */
    boolean insertUnique(IndexWriter writer, Index index, long tid, Slice entry) {
        ExecContext context = frame.context();
        ReentrantLock latch = KeyLatches.of(index.id(), entry);
        while (true) {
            UniqueCheck.Finding finding;
            latch.lock();
            try {
                finding = writer.unique.look(context, table(), index, entry, tid);
                if (finding instanceof UniqueCheck.Finding.Free) {
                    index.insert(context.transaction(), entry, tid);
                }
            } finally {
                latch.unlock();
            }
            switch (finding) {
                case UniqueCheck.Finding.Free free -> {
                    return true;
                }
                case UniqueCheck.Finding.Taken taken -> {
                    return false;
                }
                case UniqueCheck.Finding.Pending pending -> WaitContext.await("inserting index", writer.keys.index().name(), tid,
                        () -> context.locks().waitFor(pending.xid(), index.id(), pending.tid()));
            }
        }
    }

    /** A deferrable unique constraint: a key that may be taken is looked at again when the constraint has to hold. */
    private void deferUnique(IndexWriter writer, int row, Slice entry, long tid) {
        Relation.Index definition = writer.keys.index();
        ExecContext now = frame.context();
        Index present = now.relations().index(relation, definition);
        if (writer.unique.look(now, table(), present, entry, tid) instanceof UniqueCheck.Finding.Free) {
            return;
        }
        SqlError violation = writer.unique.violation(now, writer.keys, row);
        DeferredChecks.ConstraintCheck check = context -> {
            Index index = context.relations().index(relation, definition);
            Table table = context.relations().table(relation);
            if (!writer.unique.has(context, table, tid, entry)) {
                return;
            }
            UniqueCheck.Finding finding = writer.unique.look(context, table, index, entry, tid);
            while (finding instanceof UniqueCheck.Finding.Pending pending) {
                context.locks().waitFor(pending.xid(), index.id(), pending.tid());
                finding = writer.unique.look(context, table, index, entry, tid);
            }
            if (finding instanceof UniqueCheck.Finding.Taken) {
                throw violation;
            }
        };
        Optional<Relation.Deferral> deferral = definition.deferral().filter(d -> now.constraints().isDeferred(d.constraint(), d.initiallyDeferred()));
        if (deferral.isPresent()) {
            now.constraints().atCommit(deferral.get().constraint(), check);
        } else {
            now.constraints().atStatementEnd(check);
        }
    }
}
