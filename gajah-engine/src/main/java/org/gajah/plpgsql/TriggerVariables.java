package org.gajah.plpgsql;

import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.catalog.SchemaRow;
import org.gajah.catalog.Trigger;
import org.gajah.exec.TriggerCall;
import org.gajah.spi.RoutineDefinition;
import org.gajah.type.ArrayValue;
import org.gajah.type.Oids;
import org.gajah.vector.Carrier;
import org.gajah.vector.Vector;

/** NEW, OLD and the TG_ variables of a trigger function. NEW and OLD have the row type of the trigger's table once there is one. */
record TriggerVariables(Variable newRow, Variable oldRow, Variable name, Variable when, Variable level, Variable operation, Variable relation,
        Variable relationName, Variable tableName, Variable tableSchema, Variable count, Variable arguments) {

    /** Declares them for a function that returns trigger. */
    static Optional<TriggerVariables> declare(RoutineDefinition definition, Reading reading) {
        if (definition.resultType() != Oids.TRIGGER) {
            return Optional.empty();
        }
        if (!definition.proc().argTypes().isEmpty()) {
            throw new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, "trigger functions cannot have declared arguments")
                    .hint("The arguments of the trigger can be accessed through TG_NARGS and TG_ARGV instead.");
        }
        int row = definition.trigger().flatMap(t -> reading.session.catalog().relation(t.relation())).map(r -> r.rowType()).orElse(Oids.RECORD);
        return Optional.of(new TriggerVariables(reading.declare("new", reading.type(row, -1)), reading.declare("old", reading.type(row, -1)),
                plain(reading, "tg_name", Oids.NAME), plain(reading, "tg_when", Oids.TEXT), plain(reading, "tg_level", Oids.TEXT),
                plain(reading, "tg_op", Oids.TEXT), plain(reading, "tg_relid", Oids.OID), plain(reading, "tg_relname", Oids.NAME),
                plain(reading, "tg_table_name", Oids.NAME), plain(reading, "tg_table_schema", Oids.NAME), plain(reading, "tg_nargs", Oids.INT4),
                plain(reading, "tg_argv", Oids.TEXT_ARRAY)));
    }

    private static Variable plain(Reading reading, String name, int type) {
        return reading.declare(name, reading.type(type, -1));
    }

    /** Gives them the values of a call. */
    void set(TriggerCall call, Activation a) {
        Object[] values = a.values();
        Trigger trigger = call.trigger();
        values[newRow.number()] = call.newRow().orElse(null);
        values[oldRow.number()] = call.oldRow().orElse(null);
        values[name.number()] = Slice.of(trigger.name());
        values[when.number()] = Slice.of(trigger.timing().name().replace('_', ' '));
        values[level.number()] = Slice.of(trigger.forEachRow() ? "ROW" : "STATEMENT");
        values[operation.number()] = Slice.of(call.event().name());
        values[relation.number()] = call.relation().oid();
        values[relationName.number()] = Slice.of(call.relation().name());
        values[tableName.number()] = Slice.of(call.relation().name());
        values[tableSchema.number()] = a.session().catalog().schema(call.relation().namespace()).map(SchemaRow::name).map(Slice::of).orElse(null);
        values[count.number()] = trigger.arguments().size();
        values[arguments.number()] = array(trigger.arguments());
    }

    /** TG_ARGV: its subscripts begin at 0, and without arguments it is null. */
    private static ArrayValue array(List<String> arguments) {
        if (arguments.isEmpty()) {
            return null;
        }
        Vector elements = Vector.of(Carrier.BYTES, arguments.size());
        for (int i = 0; i < arguments.size(); i++) {
            elements.set(i, Slice.of(arguments.get(i)));
        }
        return new ArrayValue(Oids.TEXT, new int[] {arguments.size()}, new int[] {0}, elements);
    }
}
