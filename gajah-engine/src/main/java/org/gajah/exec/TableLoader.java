package org.gajah.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.analyze.Query.PolicyCheck.Kind;
import org.gajah.api.SqlError;
import org.gajah.base.Slice;
import org.gajah.catalog.Bootstrap;
import org.gajah.catalog.Layouts;
import org.gajah.catalog.Relation;
import org.gajah.plan.Plan;
import org.gajah.txn.Transaction;
import org.gajah.catalog.Trigger;
import org.gajah.vector.Batch;
import org.gajah.vector.BoolVector;
import org.gajah.vector.Carrier;
import org.gajah.vector.IntVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/**
 * Loads rows that come from outside of SQL into a table, a batch at a time: COPY FROM. Columns not given get their defaults; a
 * condition may keep rows out. When a row is refused, {@link #failedRow} says which.
 */
public final class TableLoader {
    /** The default of a column, an expression without columns. */
    public record Default(int column, Expr value) {
    }

    /** A row of the data: the number of its line and its text, as given to {@link #rowDone}. */
    public record Row(long line, Slice text) {
    }

    /** What happens to a row whose key is taken: it is left out, or changes the columns given of the row with the same key. */
    public record OnConflict(Optional<Relation.Index> updatedBy) {
    }

    private record Filler(int column, Kernel value, boolean always, Selection wanted) {
    }

    private final RowWriter writer;
    /** Of a partitioned table: the writer proper. */
    private final Optional<PartitionedWriter> partitions;
    private final WaitingLines partitionLines = new WaitingLines();
    private LongVector tids = new LongVector(1);
    private IntVector tables = new IntVector(1);
    /** Of a foreign table: where its rows go. */
    private final Optional<ForeignInsertion> foreign;
    private final ForeignKeyChecks foreignKeys;
    private final ChangeTriggers triggers;
    private final int most;
    private final Optional<Kernel> condition;
    /** Whether defaults or the condition call what users wrote, a row at a time. */
    private final boolean callsOut;
    private final List<Filler> fillers = new ArrayList<>();
    private final Batch batch;
    private final List<Integer> empty = new ArrayList<>();
    private final WaitingRows waiting = new WaitingRows();
    private final Selection kept = new Selection(BatchSize.MAX);
    private final boolean wantsText;
    /** Absent if defaults, the condition or triggers call what may read the table. */
    private final Optional<BulkEntries> entries;
    /** By row whose entries wait: its line. */
    private long[] lines = new long[0];
    private int unindexed;
    private Optional<Row> failed = Optional.empty();
    private long total;
    private long excluded;
    private final Optional<ConflictResolver> conflicts;
    private final Optional<PartitionConflicts> partitionConflicts;
    private final Transaction transaction;

    /**
     * @param given the numbers of the columns that the caller sets
     * @param defaults of columns not given, and of given ones for which {@link #useDefault} may be called
     * @param foreign  where the rows of a foreign table go
     */
    public TableLoader(CompileContext context, ExecContext run, Relation relation, List<Integer> given, List<Default> defaults,
            Optional<Expr> where, Optional<OnConflict> conflict, Optional<ForeignInsertion> foreign) {
        this.foreign = foreign;
        writer = RowWriter.of(context, relation);
        writer.begin(run);
        writer.showGiven(given);
        foreignKeys = ForeignKeyChecks.of(context, writer);
        foreignKeys.begin();
        boolean partitioned = relation.kind() == 'p';
        EnumSet<Trigger.Event> events = conflict.flatMap(OnConflict::updatedBy).isPresent()
                ? EnumSet.of(Trigger.Event.INSERT, Trigger.Event.UPDATE) : EnumSet.of(Trigger.Event.INSERT);
        int[] assigned = updated(given, conflict);
        triggers = partitioned ? ChangeTriggers.ofStatement(context, writer.frame(), relation, events, assigned)
                : ChangeTriggers.of(context, writer, events);
        callsOut = Stream.concat(where.stream(), defaults.stream().map(Default::value)).anyMatch(TableLoader::callsOut);
        partitions = partitioned ? Optional.of(new PartitionedWriter(context, writer.frame(), relation, events, assigned,
                !callsOut && conflict.isEmpty(), PolicyChecks.NONE,
                new ForeignPartition.Asked(0, false, conflict.filter(c -> c.updatedBy().isEmpty()).isPresent(), oid -> false))) : Optional.empty();
        partitions.ifPresent(p -> p.telling(triggers));
        partitions.ifPresent(p -> p.showGiven(given));
        conflicts = partitioned ? Optional.empty() : conflict.map(c -> resolver(context, relation, assigned, c));
        partitionConflicts = partitions.flatMap(p -> conflict.map(c -> new PartitionConflicts(p, triggers,
                target -> resolver(context, relation, target, assigned, c))));
        transaction = run.transaction();
        boolean updates = conflict.isPresent() && conflict.get().updatedBy.isPresent();
        boolean before = triggers.hasBeforeRow() || triggers.hasInsteadOf() || partitions.isPresent() && partitions.get().hasBeforeRow();
        most = before || updates ? 1 : BatchSize.MAX;
        triggers.begin();
        ExprCompiler compiler = new ExprCompiler(context, writer.frame(), ExprCompiler.InputColumns.SINGLE, ExprCompiler.SlotUse.NONE);
        defaults.forEach(d -> fillers.add(new Filler(d.column - 1, compiler.compile(d.value), !given.contains(d.column),
                new Selection(BatchSize.MAX))));
        condition = where.map(compiler::compile);
        List<Carrier> carriers = Layouts.of(relation, context.catalog()).attributes().stream().map(a -> a.carrier()).toList();
        batch = Batch.of(carriers, most);
        for (Relation.Column c : relation.columns()) {
            boolean filled = given.contains(c.number()) || defaults.stream().anyMatch(d -> d.column == c.number());
            if (!filled) {
                empty.add(c.number() - 1);
            }
        }
        entries = partitioned || callsOut || triggers.hasBeforeRow() || conflict.isPresent() || writer.indexes().isEmpty() ? Optional.empty() : Optional.of(new BulkEntries(writer));
        wantsText = partitioned || relation.inheritance().partition() || condition.isPresent() || !relation.checks().isEmpty() || relation.columns().stream().anyMatch(c -> c.notNull() && !c.dropped());
    }

    /** For a table of this cluster. */
    public TableLoader(CompileContext context, ExecContext run, Relation relation, List<Integer> given, List<Default> defaults,
            Optional<Expr> where, Optional<OnConflict> conflict) {
        this(context, run, relation, given, defaults, where, conflict, Optional.empty());
    }

    /** The columns, from 0, that a row with the same key gets from the data. */
    private static int[] updated(List<Integer> given, Optional<OnConflict> conflict) {
        Optional<Relation.Index> key = conflict.flatMap(OnConflict::updatedBy);
        return key.isEmpty() ? new int[0] : given.stream().filter(c -> !key.get().columns().contains(c)).mapToInt(c -> c - 1).toArray();
    }

    private RowBuilder updates(CompileContext context, Relation relation, int[] assigned, IntUnaryOperator numbers) {
        int columns = relation.columns().size();
        ExprCompiler compiler = new ExprCompiler(context, writer.frame(), new ModifyColumns(columns, columns), ExprCompiler.SlotUse.NONE);
        Kernel[] values = Arrays.stream(assigned).mapToObj(i -> relation.columns().get(i)).map(c -> compiler.compile(
                new Expr.InputColumn(Plan.Modify.CHILD, c.number() - 1, c.type(), c.typmod(), c.collation()))).toArray(Kernel[]::new);
        return new RowBuilder(Arrays.stream(assigned).map(numbers).toArray(), values);
    }

    private ConflictResolver resolver(CompileContext context, Relation relation, int[] assigned, OnConflict conflict) {
        Plan.ConflictAction action = new Plan.ConflictAction(conflict.updatedBy.isPresent(),
                conflict.updatedBy.map(Relation.Index::oid).stream().toList(), List.of(), Optional.empty());
        ModifyColumns inputs = new ModifyColumns(relation.columns().size(), relation.columns().size());
        return new ConflictResolver(writer.frame(), writer, foreignKeys, inputs, action, updates(context, relation, assigned, i -> i), Optional.empty(),
                triggers);
    }

    private ConflictResolver resolver(CompileContext context, Relation root, PartitionTarget target, int[] assigned, OnConflict conflict) {
        List<Integer> arbiters = PartitionConflicts.arbiters(context.catalog(), target.relation(),
                conflict.updatedBy.map(Relation.Index::oid).stream().toList());
        Plan.ConflictAction action = new Plan.ConflictAction(conflict.updatedBy.isPresent(), arbiters, List.of(), Optional.empty());
        ModifyColumns inputs = new ModifyColumns(root.columns().size(), root.columns().size());
        return new ConflictResolver(writer.frame(), target, inputs, action, updates(context, root, assigned, target.down()::target), Optional.empty());
    }

    private static boolean callsOut(Expr value) {
        return Exprs.any(value, e -> e instanceof Expr.FunctionCall f && Integer.compareUnsigned(f.function(), Bootstrap.FIRST_USER_OID) >= 0
                || e instanceof Expr.OperatorCall o && Integer.compareUnsigned(o.function(), Bootstrap.FIRST_USER_OID) >= 0
                || e instanceof Expr.CoerceToDomain);
    }

    /** The vector of a column, to be set at {@link #row}. */
    public Vector column(int number) {
        return batch.column(number - 1);
    }

    /** The row that is being filled. */
    public int row() {
        return waiting.size();
    }

    /** Gives a column of the present row its default; false if it has none. */
    public boolean useDefault(int number) {
        for (Filler filler : fillers) {
            if (filler.column == number - 1) {
                filler.wanted.add(row());
                return true;
            }
        }
        return false;
    }

    /** The present row will not be loaded. */
    public void forgetRow() {
        fillers.forEach(f -> f.wanted.removeFrom(row()));
    }

    /** Whether errors that are found later show the text of a row. */
    public boolean wantsText() {
        return wantsText;
    }

    /** The row is filled, which is told as far as errors show it; when the batch is full it is written. Gives whether it was. */
    public boolean rowDone(long line, Slice text) {
        int row = row();
        for (int c : empty) {
            batch.column(c).setNull(row);
        }
        for (Filler filler : fillers) {
            if (filler.always) {
                filler.wanted.add(row);
            }
        }
        waiting.add(line, text);
        if (waiting.size() < most) {
            return false;
        }
        write();
        return true;
    }

    /** The row that an error was about, if that is known. */
    public Optional<Row> failedRow() {
        return failed;
    }

    /** Rows that were loaded. */
    public long kept() {
        return total;
    }

    /** Rows that the condition kept out. */
    public long excluded() {
        return excluded;
    }

    /** Raises what is wrong with the rows so far, without writing those that wait. */
    public void verify() {
        index();
        try {
            evaluate();
            if (partitions.isPresent()) {
                partitions.get().verify(batch, kept);
            } else if (foreign.isEmpty()) {
                writer.prepare(batch, kept, Kind.INSERT);
            }
        } catch (SqlError e) {
            noteFailed();
            throw e;
        }
    }

    /** Writes all that waits: rows and index entries. */
    public void flush() {
        write();
        index();
    }

    private void index() {
        try {
            entries.ifPresent(BulkEntries::flush);
            partitions.ifPresent(p -> p.flush((target, number) ->
                    failed = Optional.of(new Row(partitionLines.line(target.relation().oid(), number), Slice.EMPTY))));
            partitionLines.clear();
            unindexed = 0;
        } catch (SqlError e) {
            entries.flatMap(b -> b.failed().stream().boxed().findFirst()).ifPresent(number -> failed = Optional.of(new Row(lines[number], Slice.EMPTY)));
            throw e;
        }
    }

    private void write() {
        if (waiting.size() == 0) {
            return;
        }
        try {
            evaluate();
            excluded += waiting.size() - kept.count();
            insert();
        } catch (SqlError e) {
            noteFailed();
            throw e;
        }
        total += kept.count();
        batch.reset();
        waiting.clear();
        fillers.forEach(f -> f.wanted.clear());
        if (entries.isPresent() && entries.get().isFull() || partitions.isPresent() && partitions.get().isFull()) {
            index();
        }
    }

    private void noteLines(Selection written) {
        if (unindexed + written.count() > lines.length) {
            lines = Arrays.copyOf(lines, Math.max(lines.length * 2, unindexed + written.count()));
        }
        for (int i = 0; i < written.count() && entries.isPresent(); i++) {
            lines[unindexed++] = waiting.line(written.rows[i]);
        }
    }

    private void insert() {
        Batch rows = new Batch(batch.columns().clone(), batch.selection().rows.length);
        if (triggers.hasBeforeRow() && kept.count() > 0 && !triggers.before(Trigger.Event.INSERT, rows, Vectors.nothing(), kept.row(0))) {
            kept.clear();
        }
        if (conflicts.isPresent()) {
            rows.selection().copyFrom(kept);
            conflicts.get().insert(rows, rows);
            kept.copyFrom(conflicts.get().affected());
            letNextLineSee();
            return;
        }
        rows.selection().copyFrom(kept);
        if (partitionConflicts.isPresent()) {
            resolveInPartitions(rows);
            return;
        }
        if (partitions.isPresent()) {
            insertInPartitions(rows);
            return;
        }
        if (triggers.hasInsteadOf()) {
            if (kept.count() > 0) {
                triggers.insteadOf(Trigger.Event.INSERT, rows, Vectors.nothing(), kept.row(0));
            }
            return;
        }
        if (foreign.isPresent()) {
            foreign.get().insert(rows, kept);
            triggers.after(Trigger.Event.INSERT, rows, Vectors.nothing(), kept);
            return;
        }
        long[] tids = entries.isPresent() ? writer.insert(rows, entries.get()) : writer.insert(rows);
        foreignKeys.inserted(rows, kept, tids);
        noteLines(kept);
        triggers.wrote();
        triggers.after(Trigger.Event.INSERT, rows, Vectors.nothing(), kept);
    }

    /** The next line may change what this one has written. */
    private void letNextLineSee() {
        if (most == 1) {
            transaction.incrementCommand();
        }
    }

    private void resolveInPartitions(Batch rows) {
        BitSet affected = new BitSet();
        for (PartitionedWriter.Group group : partitions.orElseThrow().route(rows, rows.selection())) {
            partitionConflicts.orElseThrow().resolve(group, rows, rows).ifPresent(outcome -> {
                for (int i = 0; i < outcome.affected().count(); i++) {
                    affected.set(outcome.affected().rows[i]);
                }
            });
        }
        kept.clear();
        affected.stream().forEach(kept::add);
        letNextLineSee();
    }

    private void insertInPartitions(Batch rows) {
        if (tids.capacity() < batch.selection().rows.length) {
            tids = new LongVector(batch.selection().rows.length);
            tables = new IntVector(batch.selection().rows.length);
        }
        Selection inserted = partitions.orElseThrow().insert(rows, rows.selection(), tids, tables);
        kept.copyFrom(inserted);
        for (int i = 0; i < kept.count(); i++) {
            partitionLines.add(tables.values[kept.rows[i]], waiting.line(kept.rows[i]));
        }
        triggers.after(Trigger.Event.INSERT, rows, Vectors.nothing(), kept);
    }

    /** All rows have been given: the statement's triggers fire when it ends. */
    public void finish() {
        flush();
        foreign.ifPresent(ForeignInsertion::finish);
        partitions.ifPresent(PartitionedWriter::end);
        triggers.end();
    }

    private void noteFailed() {
        if (failed.isEmpty()) {
            failed = partitions.map(PartitionedWriter::failedRow).orElseGet(writer::failedRow).map(waiting::get);
        }
    }

    /** Fills defaults in and finds the rows to keep. */
    private void evaluate() {
        batch.selection().all(waiting.size());
        for (Filler filler : fillers) {
            if (filler.wanted.count() > 0) {
                Vector values = filler.value.eval(batch, filler.wanted);
                for (int i = 0; i < filler.wanted.count(); i++) {
                    int row = filler.wanted.rows[i];
                    batch.column(filler.column).copyFrom(values, row, row);
                }
            }
        }
        kept.clear();
        if (condition.isEmpty()) {
            kept.all(waiting.size());
        } else if (callsOut) {
            choose(condition.get());
        } else {
            choose(condition.get(), batch.selection());
        }
    }

    /** Keeps those rows of a selection for which the condition holds. When that fails, it is done row by row to see where. */
    private void choose(Kernel holds, Selection rows) {
        try {
            keep((BoolVector) holds.eval(batch, rows), rows);
        } catch (SqlError e) {
            kept.clear();
            choose(holds);
            throw e;
        }
    }

    private void choose(Kernel holds) {
        Selection one = new Selection(1);
        for (int row = 0; row < waiting.size(); row++) {
            one.clear();
            one.add(row);
            try {
                keep((BoolVector) holds.eval(batch, one), one);
            } catch (SqlError e) {
                failed = Optional.of(waiting.get(row));
                throw e;
            }
        }
    }

    private void keep(BoolVector verdicts, Selection rows) {
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows[i];
            if (!verdicts.isNull(row) && verdicts.values[row]) {
                kept.add(row);
            }
        }
    }
}
