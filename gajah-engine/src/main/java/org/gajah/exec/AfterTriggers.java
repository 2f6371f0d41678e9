package org.gajah.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.gajah.catalog.Trigger;
import org.gajah.exec.DeferredChecks.DeferredEvents;
import org.gajah.type.RecordValue;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.IntVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/**
 * What AFTER triggers of one statement have to be told: the rows, in the order in which they were changed, and for each which
 * triggers fire. The rows go to a file when they are many.
 *
 * <p>A stored row has the old row's columns, the new row's, the event, and a bit for each trigger, 64 a column.
 */
final class AfterTriggers implements DeferredEvents {
    private static final int BITS = 64;

    private final List<ArmedTrigger> triggers;
    private final RowValues values;
    private final List<Carrier> carriers = new ArrayList<>();
    private final RowStore rows;
    private final TransitionTables tables;
    private final List<ArmedTrigger> deferred = new ArrayList<>();
    private final List<Trigger.Event> ends = new ArrayList<>();
    private final List<ArmedTrigger> atEnd;

    /** {@code triggers} are for each row, {@code atEnd} for the statement. */
    AfterTriggers(List<ArmedTrigger> triggers, List<ArmedTrigger> atEnd, RowValues values, List<Carrier> columns, TransitionTables tables,
            Workspace workspace) {
        this.triggers = triggers;
        this.atEnd = atEnd;
        this.values = values;
        this.tables = tables;
        carriers.addAll(columns);
        carriers.addAll(columns);
        carriers.add(Carrier.INT);
        for (int i = 0; i < triggers.size(); i += BITS) {
            carriers.add(Carrier.LONG);
        }
        rows = new RowStore(carriers, new WorkMemory(workspace));
        rows.begin();
    }

    /** Notes changed rows: {@code input} as conditions see them. */
    void add(Trigger.Event event, Batch input, Selection selected) {
        int width = values.width();
        int capacity = selected.rows[selected.count() - 1] + 1;
        IntVector events = new IntVector(capacity);
        LongVector[] marks = new LongVector[carriers.size() - 2 * width - 1];
        for (int i = 0; i < marks.length; i++) {
            marks[i] = new LongVector(capacity);
        }
        for (int i = 0; i < selected.count(); i++) {
            events.put(selected.rows[i], event.ordinal());
        }
        for (int t = 0; t < triggers.size(); t++) {
            mark(triggers.get(t), event, input, selected, marks[t / BITS], 1L << t % BITS);
        }
        Batch stored = new Batch(new Vector[carriers.size()], capacity);
        for (int c = 0; c < 2 * width; c++) {
            stored.setColumn(c, input.column(c) != null ? input.column(c) : nulls(carriers.get(c), capacity, selected));
        }
        stored.setColumn(2 * width, events);
        for (int i = 0; i < marks.length; i++) {
            stored.setColumn(2 * width + 1 + i, marks[i]);
        }
        for (int i = 0; i < selected.count(); i++) {
            if (isMarked(marks, selected.rows[i])) {
                stored.selection().add(selected.rows[i]);
            }
        }
        rows.append(stored);
    }

    private static void mark(ArmedTrigger trigger, Trigger.Event event, Batch input, Selection selected, LongVector marks, long bit) {
        if (!trigger.concerns(event)) {
            return;
        }
        Selection chosen = new Selection(Math.max(1, selected.count()));
        if (trigger.condition().isPresent()) {
            input.selection().copyFrom(selected);
            trigger.condition().get().select(input, chosen);
        } else {
            chosen.copyFrom(selected);
        }
        for (int i = 0; i < chosen.count(); i++) {
            marks.values[chosen.rows[i]] |= bit;
        }
    }

    private static boolean isMarked(LongVector[] marks, int row) {
        for (LongVector each : marks) {
            if (each.values[row] != 0) {
                return true;
            }
        }
        return false;
    }

    private static Vector nulls(Carrier carrier, int capacity, Selection selected) {
        Vector vector = Vector.of(carrier, capacity);
        for (int i = 0; i < selected.count(); i++) {
            vector.setNull(selected.rows[i]);
        }
        return vector;
    }

    /** The statement has done this too: triggers for it as a whole fire behind the rows'. */
    void end(Trigger.Event event) {
        ends.add(event);
    }

    /** Fires what is not deferred; what is goes to the transaction's end. */
    void fireNow(ExecContext context) {
        DeferredChecks checks = context.constraints();
        for (ArmedTrigger each : triggers) {
            Trigger t = each.trigger();
            if (t.deferrable() && checks.isDeferred(t.constraint(), t.initiallyDeferred())) {
                deferred.add(each);
            }
        }
        boolean kept = false;
        try {
            fire(context, triggers.stream().filter(t -> !deferred.contains(t)).toList());
            for (Trigger.Event event : ends) {
                for (ArmedTrigger each : atEnd) {
                    if (each.concerns(event) && each.holdsForStatement()) {
                        each.fire(context, event, Optional.empty(), Optional.empty(), tables);
                    }
                }
            }
            kept = !deferred.isEmpty() && rows.size() > 0;
        } finally {
            tables.close();
            if (!kept) {
                rows.close();
            }
        }
        if (kept) {
            checks.atCommit(this);
        }
    }

    private void fire(ExecContext context, List<ArmedTrigger> which) {
        int width = values.width();
        for (int row = 0; row < rows.size() && !which.isEmpty(); row++) {
            Trigger.Event event = Trigger.Event.values()[(Integer) rows.get(row, 2 * width)];
            Optional<RecordValue> old = Optional.empty();
            Optional<RecordValue> made = Optional.empty();
            for (ArmedTrigger each : which) {
                int number = triggers.indexOf(each);
                long marks = (Long) rows.get(row, 2 * width + 1 + number / BITS);
                if ((marks & 1L << number % BITS) == 0) {
                    continue;
                }
                if (old.isEmpty() && event != Trigger.Event.INSERT) {
                    old = Optional.of(values.read(rows, 0, row));
                }
                if (made.isEmpty() && event != Trigger.Event.DELETE) {
                    made = Optional.of(values.read(rows, width, row));
                }
                each.fire(context, event, old, made, tables);
            }
        }
    }

    @Override
    public Set<Integer> constraints() {
        Set<Integer> waiting = new TreeSet<>();
        deferred.forEach(each -> waiting.add(each.trigger().constraint()));
        return waiting;
    }

    @Override
    public void run(ExecContext context, Set<Integer> due) {
        List<ArmedTrigger> now = deferred.stream().filter(each -> due.contains(each.trigger().constraint())).toList();
        deferred.removeAll(now);
        fire(context, now);
        if (deferred.isEmpty()) {
            rows.close();
        }
    }

    @Override
    public void forget() {
        tables.close();
        rows.close();
    }
}
