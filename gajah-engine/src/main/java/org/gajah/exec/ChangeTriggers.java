package org.gajah.exec;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.gajah.analyze.Exprs;
import org.gajah.analyze.Expr;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.Layouts;
import org.gajah.catalog.Relation;
import org.gajah.catalog.Trigger;
import org.gajah.catalog.Trigger.Event;
import org.gajah.catalog.Trigger.Timing;
import org.gajah.type.RecordValue;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/**
 * What a statement that changes rows of a table owes to the table's triggers: {@link #begin}, then for each row {@link #before}
 * and {@link #after}, at last {@link #end}. A table without triggers costs a look at two flags for each batch.
 *
 * <p>Triggers before the change see what the statement has done so far, so rows come one by one where there are any. Triggers after
 * it fire when the statement ends, from a queue.
 */
final class ChangeTriggers {
    private final Frame frame;
    private final Relation relation;
    private final EnumSet<Event> events;
    private final RowValues values;
    private final List<ArmedTrigger> all = new ArrayList<>();
    private final boolean beforeRow;
    private final boolean insteadOf;
    private final BitSet ownCommands = new BitSet();
    private Optional<AfterTriggers> after = Optional.empty();
    private TransitionTables tables = TransitionTables.NONE;
    private boolean running;
    private int firstCommand;

    /**
     * For the triggers of a relation that some events fire.
     *
     * @param assigned the columns, from 0, that an UPDATE sets
     */
    ChangeTriggers(CompileContext context, Frame frame, Relation relation, EnumSet<Event> events, int[] assigned) {
        this(context, frame, relation, events, assigned, t -> true);
    }

    /** The triggers of a statement on a partitioned table, without those for rows. */
    static ChangeTriggers ofStatement(CompileContext context, Frame frame, Relation relation, EnumSet<Event> events, int[] assigned) {
        return new ChangeTriggers(context, frame, relation, events, assigned, t -> !t.forEachRow());
    }

    /** The triggers for rows of a partition whose parent a statement names. */
    static ChangeTriggers ofRows(CompileContext context, Frame frame, Relation relation, EnumSet<Event> events, int[] assigned) {
        return new ChangeTriggers(context, frame, relation, events, assigned, Trigger::forEachRow);
    }

    private ChangeTriggers(CompileContext context, Frame frame, Relation relation, EnumSet<Event> events, int[] assigned, Predicate<Trigger> which) {
        this.frame = frame;
        this.relation = relation;
        this.events = events;
        this.values = new RowValues(relation);
        List<Trigger> wanted = relation.triggers().stream().filter(t -> t.enabled() != 'D' && which.test(t) && events.stream().anyMatch(t::firesAt)).toList();
        beforeRow = wanted.stream().anyMatch(t -> t.forEachRow() && t.timing() == Timing.BEFORE);
        insteadOf = wanted.stream().anyMatch(t -> t.timing() == Timing.INSTEAD_OF);
        Set<Integer> columns = wanted.isEmpty() ? Set.of() : updated(context, assigned);
        wanted.forEach(t -> all.add(new ArmedTrigger(context, frame, relation, t, columns)));
        frame.note(all);
        if (beforeRow || insteadOf) {
            frame.watchChanges();
        }
    }

    /** For a command that writes with a {@link RowWriter} of its own. */
    static ChangeTriggers of(CompileContext context, RowWriter writer, EnumSet<Event> events) {
        return new ChangeTriggers(context, writer.frame(), writer.relation(), events, new int[0]);
    }

    /** The columns that get new values: those set, and generated ones that depend on them or, with triggers before, on whatever. */
    private Set<Integer> updated(CompileContext context, int[] assigned) {
        Set<Integer> columns = new TreeSet<>();
        for (int column : assigned) {
            columns.add(column + 1);
        }
        Set<Integer> given = Set.copyOf(columns);
        for (Relation.Column c : relation.columns()) {
            if (c.generated() == 's' && !c.dropped() && (beforeRow || Exprs.any(context.reader().read(c.defaultNode().orElseThrow()),
                    e -> e instanceof Expr.Var v && given.contains(v.attribute())))) {
                columns.add(c.number());
            }
        }
        return columns;
    }

    /** Whether there are none at all. */
    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Whether {@link #before} may do something; rows then come one by one. */
    boolean hasBeforeRow() {
        return beforeRow;
    }

    /** Whether the rows of a view are changed by triggers. */
    boolean hasInsteadOf() {
        return insteadOf;
    }

    /** The statement begins: fires what is before it as a whole. */
    void begin() {
        if (all.isEmpty()) {
            return;
        }
        ExecContext context = frame.context();
        reset();
        ownCommands.clear();
        firstCommand = context.transaction().commandId();
        all.forEach(t -> t.arm(context.session()));
        running = true;
        for (Event event : events) {
            for (ArmedTrigger each : all) {
                if (each.trigger().timing() == Timing.BEFORE && !each.trigger().forEachRow() && each.concerns(event)
                        && each.holdsForStatement()) {
                    RecordValue ignored = each.fire(context, event, Optional.empty(), Optional.empty(), TransitionTables.NONE);
                    if (ignored != null) {
                        throw new SqlError(SqlState.TRIGGER_PROTOCOL_VIOLATED, "BEFORE STATEMENT trigger cannot return a value");
                    }
                }
            }
        }
        List<ArmedTrigger> rowTriggers = after(true);
        List<ArmedTrigger> statementTriggers = after(false);
        if (!rowTriggers.isEmpty() || !statementTriggers.isEmpty()) {
            List<Carrier> carriers = Layouts.of(relation, context.catalog()).attributes().stream().map(a -> a.carrier()).toList();
            tables = new TransitionTables(carriers);
            rowTriggers.forEach(t -> tables.want(t.trigger(), context.workspace()));
            statementTriggers.forEach(t -> tables.want(t.trigger(), context.workspace()));
            after = Optional.of(new AfterTriggers(rowTriggers, statementTriggers, values, carriers, tables, context.workspace()));
        }
    }

    /** Whether it stands between {@link #begin} and {@link #end}. */
    boolean isRunning() {
        return running;
    }

    /** What was begun and not ended has failed. */
    void reset() {
        running = false;
        after.ifPresent(AfterTriggers::forget);
        after = Optional.empty();
    }

    private List<ArmedTrigger> after(boolean row) {
        return all.stream().filter(t -> t.trigger().timing() == Timing.AFTER && t.trigger().forEachRow() == row
                && events.stream().anyMatch(t::concerns)).toList();
    }

    /**
     * Fires what is before the change of a row. Columns of {@code rows} that a trigger changes are replaced.
     *
     * @param rows the new row at {@code row}; without columns for DELETE
     * @param old  the old row at {@code row}; without columns for INSERT
     * @return false if the row is to be left alone
     */
    boolean before(Event event, Batch rows, Batch old, int row) {
        if (event == Event.UPDATE && beforeRow) {
            forgetGenerated(rows, row);
        }
        return fire(Timing.BEFORE, event, rows, old, row, trigger -> { });
    }

    /** Fires what is before the insertion of a row into a partition; {@code changed} is told of each trigger that has made another row of it. */
    boolean beforeInsertion(Batch rows, int row, Consumer<Trigger> changed) {
        return fire(Timing.BEFORE, Event.INSERT, rows, Vectors.nothing(), row, changed);
    }

    /** Generated columns are computed when the triggers are through; until then they are null. */
    private void forgetGenerated(Batch rows, int row) {
        for (Relation.Column c : relation.columns()) {
            if (c.generated() == 's' && !c.dropped()) {
                Vector nothing = Vector.of(rows.column(c.number() - 1).carrier(), row + 1);
                nothing.setNull(row);
                rows.setColumn(c.number() - 1, nothing);
            }
        }
    }

    /** Fires what is in place of the change of a view's row; as {@link #before}. */
    boolean insteadOf(Event event, Batch rows, Batch old, int row) {
        return fire(Timing.INSTEAD_OF, event, rows, old, row, trigger -> { });
    }

    private boolean fire(Timing timing, Event event, Batch rows, Batch old, int row, Consumer<Trigger> changed) {
        ExecContext context = frame.context();
        Optional<RecordValue> oldRow = Optional.empty();
        Optional<RecordValue> newRow = Optional.empty();
        for (ArmedTrigger each : all) {
            if (each.trigger().timing() != timing || !each.trigger().forEachRow() || !each.concerns(event)
                    || !holds(each, rows, old, row)) {
                continue;
            }
            if (oldRow.isEmpty() && old.columnCount() > 0) {
                oldRow = Optional.of(values.read(old, 0, row));
            }
            if (rows.columnCount() > 0) {
                newRow = Optional.of(newRow.isEmpty() ? values.read(rows, 0, row) : newRow.get());
            }
            RecordValue result = each.fire(context, event, oldRow, newRow, TransitionTables.NONE);
            if (result == null) {
                return false;
            }
            if (newRow.isPresent() && result != newRow.get()) {
                replace(rows, row, newRow.get(), result);
                newRow = Optional.of(result);
                changed.accept(each.trigger());
            }
        }
        return true;
    }

    private boolean holds(ArmedTrigger trigger, Batch rows, Batch old, int row) {
        if (trigger.condition().isEmpty()) {
            return true;
        }
        Selection one = new Selection(row + 1);
        one.add(row);
        Selection kept = new Selection(1);
        trigger.condition().get().select(TriggerCondition.input(old, rows, values.width(), one), kept);
        return kept.count() > 0;
    }

    private void replace(Batch rows, int row, RecordValue before, RecordValue result) {
        for (int c = 0; c < result.fields().length; c++) {
            Object value = result.fields()[c];
            if (value != before.fields()[c] && !relation.columns().get(c).dropped()) {
                Vector column = Vector.of(rows.column(c).carrier(), row + 1);
                column.set(row, value);
                rows.setColumn(c, column);
            }
        }
    }

    /** The statement has just written rows: what it finds later to have been changed by itself, was changed by this. */
    void wrote() {
        if (beforeRow) {
            ownCommands.set(frame.context().transaction().commandId() - firstCommand);
        }
    }

    /** 27000 if a row that was changed by this command of the transaction was not changed by the statement itself. */
    void requireOwn(int command, boolean update) {
        if (beforeRow && command >= firstCommand && !ownCommands.get(command - firstCommand)) {
            throw new SqlError(SqlState.TRIGGERED_DATA_CHANGE_VIOLATION, "tuple to be " + (update ? "updated" : "deleted")
                    + " was already modified by an operation triggered by the current command")
                            .hint("Consider using an AFTER trigger instead of a BEFORE trigger to propagate changes to other rows.");
        }
    }

    /** 0A000 if a trigger behind this event wants a table of the changed rows, of which some are in a foreign table. */
    void requireNoTable(Event event) {
        boolean wanted = all.stream().anyMatch(t -> t.trigger().timing() == Timing.AFTER && t.concerns(event)
                && (t.trigger().oldTable().isPresent() || t.trigger().newTable().isPresent()));
        if (wanted) {
            throw SqlError.notSupported("cannot collect transition tuples from child foreign tables");
        }
    }

    /** Rows have been changed: notes those in the selection for the triggers after. */
    void after(Event event, Batch rows, Batch old, Selection selected) {
        if (after.isPresent() && selected.count() > 0) {
            tables.add(event, old, rows, selected);
            after.get().add(event, TriggerCondition.input(old, rows, values.width(), selected), selected);
        }
    }

    /** The statement has changed all it will: the triggers after it fire when it ends. */
    void end() {
        if (!running) {
            return;
        }
        running = false;
        if (after.isPresent()) {
            AfterTriggers queue = after.get();
            after = Optional.empty();
            List.copyOf(events).reversed().forEach(queue::end);
            frame.context().constraints().atStatementEnd(new DeferredChecks.ConstraintCheck() {
                @Override
                public void run(ExecContext context) {
                    queue.fireNow(context);
                }

                @Override
                public void forget() {
                    queue.forget();
                }
            });
        }
    }
}
