package org.gajah.exec;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.ProcRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.Trigger;
import org.gajah.type.RecordValue;
import org.gajah.vector.Selection;

/** A trigger of a plan's table, with its condition and, once a session runs the plan, its function. */
final class ArmedTrigger {
    /** The function of suppress_redundant_updates_trigger, which is built in. */
    private static final int SUPPRESS_REDUNDANT = 1291;

    private final Trigger trigger;
    private final Relation relation;
    private final ProcRow proc;
    private final Optional<TriggerCondition> condition;
    private final boolean columnsConcerned;
    private SessionView session;
    private boolean on;
    private TriggerCall.Function function;
    private boolean timed;
    private long calls;
    private long nanos;

    /** {@code assigned} are the numbers of the columns that an UPDATE sets or computes. */
    ArmedTrigger(CompileContext context, Frame frame, Relation relation, Trigger trigger, Set<Integer> assigned) {
        this.trigger = trigger;
        this.relation = relation;
        this.proc = context.proc(trigger.function());
        this.columnsConcerned = trigger.columns().isEmpty() || trigger.columns().stream().anyMatch(assigned::contains);
        this.condition = trigger.condition().map(text -> TriggerCondition.of(context, frame, relation, text));
    }

    /** A run begins: whether it fires in this session. */
    void arm(SessionView session) {
        on = session.fires(trigger.enabled());
    }

    /** Whether it fires at the event in this run, if its condition is true. */
    boolean concerns(Trigger.Event event) {
        return on && trigger.firesAt(event) && (columnsConcerned || event != Trigger.Event.UPDATE);
    }

    /** Whether the condition of a trigger for the whole statement, which is about no row, is true. */
    boolean holdsForStatement() {
        Selection kept = new Selection(1);
        Selection one = new Selection(1);
        one.all(1);
        condition.ifPresentOrElse(c -> c.select(TriggerCondition.input(Vectors.nothing(), Vectors.nothing(), relation.columns().size(), one), kept),
                () -> kept.all(1));
        return kept.count() > 0;
    }

    Trigger trigger() {
        return trigger;
    }

    Relation relation() {
        return relation;
    }

    /** From now on measures how long its function takes. */
    void time() {
        timed = true;
    }

    /** How often it has fired. */
    long calls() {
        return calls;
    }

    long nanos() {
        return nanos;
    }

    Optional<TriggerCondition> condition() {
        return condition;
    }

    /** Fires; what comes back means something for row triggers before or instead of the change. */
    RecordValue fire(ExecContext context, Trigger.Event event, Optional<RecordValue> oldRow, Optional<RecordValue> newRow,
            TransitionTables tables) {
        context.cancel().check();
        if (session != context.session()) {
            session = context.session();
            function = proc.oid() == SUPPRESS_REDUNDANT ? ArmedTrigger::suppressRedundant : session.trigger(proc, trigger);
        }
        TriggerCall call = new TriggerCall(trigger, relation, event, oldRow, newRow, trigger.oldTable().flatMap(name -> tables.oldRows(event)),
                trigger.newTable().flatMap(name -> tables.newRows(event)));
        calls++;
        long start = timed ? Operator.now() : 0;
        RecordValue row = function.fire(call);
        if (timed) {
            nanos += Operator.now() - start;
        }
        if (row != null && trigger.forEachRow() && row.fields().length != relation.columns().size()) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "returned row structure does not match the structure of the triggering table");
        }
        return row;
    }

    /** Drops an UPDATE that would change nothing. */
    private static RecordValue suppressRedundant(TriggerCall call) {
        if (call.event() != Trigger.Event.UPDATE || !call.trigger().forEachRow() || call.trigger().timing() != Trigger.Timing.BEFORE) {
            String must = call.event() != Trigger.Event.UPDATE ? "called on update" : !call.trigger().forEachRow() ? "called for each row"
                    : "called before update";
            throw new SqlError(SqlState.TRIGGER_PROTOCOL_VIOLATED, "suppress_redundant_updates_trigger: must be " + must);
        }
        RecordValue before = call.oldRow().orElseThrow();
        RecordValue after = call.newRow().orElseThrow();
        for (int i = 0; i < before.fields().length; i++) {
            if (!Objects.equals(before.fields()[i], after.fields()[i])) {
                return after;
            }
        }
        return null;
    }
}
