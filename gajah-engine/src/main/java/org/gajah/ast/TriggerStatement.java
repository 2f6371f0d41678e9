package org.gajah.ast;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Triggers. */
public sealed interface TriggerStatement extends Statement {
    /**
     * CREATE [CONSTRAINT] TRIGGER.
     *
     * @param columns     of UPDATE OF
     * @param row         FOR EACH ROW
     * @param arguments   as text
     * @param transitions REFERENCING
     * @param constrained the table of FROM, for constraint triggers
     */
    record CreateTrigger(boolean replace, boolean constraint, String name, RangeVar relation, Timing timing,
            Set<Event> events, List<String> columns, boolean row, Optional<Expression> when, List<String> function,
            List<String> arguments, List<Transition> transitions, Optional<RangeVar> constrained, boolean deferrable,
            boolean initiallyDeferred, int location) implements TriggerStatement {
    }

    /** When a trigger fires. */
    enum Timing { BEFORE, AFTER, INSTEAD_OF }

    /** What fires a trigger. */
    enum Event { INSERT, DELETE, UPDATE, TRUNCATE }

    /** OLD TABLE AS name or NEW TABLE AS name (ROW instead of TABLE is read too). */
    record Transition(boolean isNew, boolean isTable, String name) {
    }

    /** CREATE EVENT TRIGGER; a filter is a name and its values. */
    record CreateEventTrigger(String name, String event, List<DefElem> filters, List<String> function)
            implements TriggerStatement {
    }

    /** ALTER EVENT TRIGGER ... ENABLE or DISABLE. */
    record AlterEventTrigger(String name, AlterTableCommand.TriggerState state) implements TriggerStatement {
    }
}
