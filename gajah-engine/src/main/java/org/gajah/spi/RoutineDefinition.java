package org.gajah.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.catalog.ProcRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.Trigger;
import org.gajah.func.CallContext;

/**
 * A function as it is called at a place, or as it is checked when it is created.
 *
 * @param proc       its row in pg_proc
 * @param argTypes   the types of the input arguments, polymorphic ones resolved where there is a call
 * @param resultType the type of the result, likewise
 * @param columns    the columns that a caller expects of a result of type record; empty if it does not say
 * @param trigger    the trigger that it is made ready for; empty when a trigger function is only checked
 */
public record RoutineDefinition(ProcRow proc, List<Integer> argTypes, int resultType, List<CallContext.Column> columns, Optional<Trigger> trigger) {
    /** A function that no trigger calls. */
    public RoutineDefinition(ProcRow proc, List<Integer> argTypes, int resultType, List<CallContext.Column> columns) {
        this(proc, argTypes, resultType, columns, Optional.empty());
    }

    /** A trigger function for a trigger; the columns are those of the trigger's table. */
    public static RoutineDefinition of(ProcRow proc, Trigger trigger, Relation table) {
        List<CallContext.Column> columns = table.columns().stream()
                .map(c -> new CallContext.Column(c.name(), c.dropped() ? 0 : c.type(), c.typmod())).toList();
        return new RoutineDefinition(proc, List.of(), proc.returnType(), columns, Optional.of(trigger));
    }

    /** The function as declared. */
    public static RoutineDefinition declared(ProcRow proc) {
        return new RoutineDefinition(proc, proc.argTypes(), proc.returnType(), List.of());
    }

    /** Names of the input arguments; empty text for one without. */
    public List<String> inputNames() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < (proc.modes().isEmpty() ? proc.argTypes().size() : proc.modes().size()); i++) {
            if (proc.modes().isEmpty() || "ibv".indexOf(proc.modes().get(i)) >= 0) {
                names.add(i < proc.names().size() ? proc.names().get(i) : "");
            }
        }
        return names;
    }

    /** The columns of its OUT, INOUT and TABLE parameters, with their declared types. */
    public List<CallContext.Column> outputs() {
        List<CallContext.Column> outputs = new ArrayList<>();
        for (int i = 0; i < proc.modes().size(); i++) {
            if ("obt".indexOf(proc.modes().get(i)) >= 0) {
                String name = i < proc.names().size() && !proc.names().get(i).isEmpty() ? proc.names().get(i) : "column" + (outputs.size() + 1);
                outputs.add(new CallContext.Column(name, proc.allTypes().get(i), -1));
            }
        }
        return outputs;
    }
}
