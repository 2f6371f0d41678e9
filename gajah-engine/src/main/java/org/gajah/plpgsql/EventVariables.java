package org.gajah.plpgsql;

import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.exec.EventCall;
import org.gajah.spi.RoutineDefinition;
import org.gajah.type.Oids;

/** TG_EVENT and TG_TAG of an event trigger's function. */
record EventVariables(Variable event, Variable tag) {
    /** Declares them for a function that returns event_trigger. */
    static Optional<EventVariables> declare(RoutineDefinition definition, Reading reading) {
        if (definition.resultType() != Oids.EVENT_TRIGGER) {
            return Optional.empty();
        }
        if (!definition.proc().argTypes().isEmpty()) {
            throw new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, "event trigger functions cannot have declared arguments");
        }
        return Optional.of(new EventVariables(reading.declare("tg_event", reading.type(Oids.TEXT, -1)), reading.declare("tg_tag", reading.type(Oids.TEXT, -1))));
    }

    /** Such a function returns nothing. */
    static RoutineDefinition asProcedure(RoutineDefinition definition) {
        return definition.resultType() == Oids.EVENT_TRIGGER ? new RoutineDefinition(definition.proc(), List.of(), Oids.VOID, List.of()) : definition;
    }

    /** Gives them the values of a call. */
    void set(EventCall call, Activation a) {
        a.values()[event.number()] = Slice.of(call.event());
        a.values()[tag.number()] = Slice.of(call.tag());
    }
}
