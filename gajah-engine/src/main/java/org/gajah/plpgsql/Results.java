package org.gajah.plpgsql;

import java.util.ArrayList;
import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.Trigger;
import org.gajah.func.CallContext;
import org.gajah.spi.RoutineDefinition;
import org.gajah.type.Oids;
import org.gajah.type.RecordValue;

/** What a call returns: one value, or the rows collected so far. */
final class Results {
    private final Activation a;
    private final RoutineDefinition definition;
    private final CollectedRows set;
    private Object value;

    Results(Activation activation) {
        this.a = activation;
        this.definition = activation.function().definition;
        this.set = new CollectedRows(activation.session(), definition.resultType());
    }

    /** Gives back what has been collected, if the function fails. */
    void abandon() {
        set.close();
    }

    /** RETURN. */
    void give(Step.Return s) {
        if (s.value().isPresent()) {
            value = fitted(s.value().get());
        }
    }

    /** RETURN of a value that has the result's type. */
    void give(Object fitted) {
        value = fitted;
    }

    /** Whether what RETURN gives is a row. */
    boolean givesRow() {
        return definition.resultType() == Oids.TRIGGER || a.isRow(definition.resultType());
    }

    int type() {
        return definition.resultType();
    }

    private Object fitted(Code code) {
        int type = definition.resultType();
        if (!givesRow()) {
            return a.value(code, type);
        }
        Formula.Value given = a.value(code);
        if (given.value() == null) {
            return null;
        }
        if (!(given.value() instanceof RecordValue record)) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "cannot return non-composite value from function returning composite type");
        }
        if (type == Oids.TRIGGER) {
            return record;
        }
        return asResult(record.fieldNames(), record.fieldTypes(), record.fields());
    }

    /** The function's result at its end; {@code returned} says whether there was a RETURN. */
    Object end(boolean returned) {
        if (definition.proc().returnsSet()) {
            return set.rows();
        }
        List<Variable> outputs = a.function().outputs;
        if (!outputs.isEmpty()) {
            return ofOutputs(outputs);
        }
        boolean needsNone = definition.resultType() == Oids.VOID || definition.proc().kind() == 'p';
        if (!returned && !needsNone) {
            throw new SqlError(SqlState.FUNCTION_EXECUTED_NO_RETURN_STATEMENT, "control reached end of "
                    + (definition.resultType() == Oids.TRIGGER ? "trigger procedure" : "function") + " without RETURN");
        }
        return value;
    }

    private Object ofOutputs(List<Variable> outputs) {
        if (outputs.size() == 1 && definition.resultType() != Oids.RECORD) {
            return a.values()[outputs.getFirst().number()];
        }
        return new RecordValue(definition.resultType(), outputs.stream().map(Variable::type).toList(), outputs.stream().map(Variable::name).toList(),
                a.valuesOf(outputs).toArray());
    }

    /** RETURN NEXT. */
    void add(Step.ReturnNext s) {
        if (!a.function().outputs.isEmpty()) {
            if (s.value().isPresent()) {
                throw new SqlError(SqlState.DATATYPE_MISMATCH, "RETURN NEXT cannot have a parameter in function with OUT parameters");
            }
            set.add(ofOutputs(a.function().outputs));
            return;
        }
        set.add(fitted(s.value().orElseThrow(() -> new SqlError(SqlState.SYNTAX_ERROR, "RETURN NEXT must have a parameter"))));
    }

    /** A row of RETURN QUERY. */
    void addRow(Activation.Row row) {
        int type = definition.resultType();
        if (a.isRow(type)) {
            set.add(asResult(row.names(), row.types(), row.values()));
            return;
        }
        if (row.types().size() != 1) {
            throw mismatch().detail("Number of returned columns (" + row.types().size() + ") does not match expected column count (1).");
        }
        requireSame(row.types().getFirst(), type, 1);
        set.add(a.convert(row.at(0), row.typeAt(0), type, -1));
    }

    /** A row that a trigger function returns, as one of the trigger's table; others than row triggers return nothing. */
    RecordValue triggerRow(RecordValue given) {
        Trigger trigger = definition.trigger().orElseThrow();
        if (!trigger.forEachRow()) {
            return null;
        }
        int type = a.session().catalog().relation(trigger.relation()).orElseThrow().rowType();
        if (given.typeOid() == type) {
            return given;
        }
        List<CallContext.Column> columns = a.columns(type).stream()
                .map(c -> new CallContext.Column(c.name(), c.dropped() ? 0 : c.type(), c.typmod())).toList();
        return row(type, columns, given.fieldTypes(), given.fields(),
                "returned row structure does not match the structure of the triggering table");
    }

    private static SqlError mismatch() {
        return new SqlError(SqlState.DATATYPE_MISMATCH, "structure of query does not match function result type");
    }

    private void requireSame(int given, int wanted, int column) {
        if (given != wanted) {
            throw mismatch().detail("Returned type " + name(given) + " does not match expected type " + name(wanted) + " in column " + column + ".");
        }
    }

    private String name(int type) {
        return org.gajah.sysfunc.RegNames.typeName(type, -1, a.session().analysis(org.gajah.spi.SpiParameters.NONE));
    }

    /** A row as the function returns it. */
    private Object asResult(List<String> names, List<Integer> types, Object[] values) {
        int type = definition.resultType();
        List<CallContext.Column> wanted = definition.outputs().isEmpty() ? definition.columns() : definition.outputs();
        if (type != Oids.RECORD) {
            wanted = new ArrayList<>(a.columns(type).stream().map(c -> new CallContext.Column(c.name(), c.dropped() ? 0 : c.type(), c.typmod())).toList());
        }
        if (wanted.isEmpty()) {
            return new RecordValue(Oids.RECORD, types, names, values);
        }
        return row(type, wanted, types, values, "structure of query does not match function result type");
    }

    private RecordValue row(int type, List<CallContext.Column> wanted, List<Integer> types, Object[] values, String mismatch) {
        long expected = wanted.stream().filter(c -> c.type() != 0).count();
        if (expected != types.size()) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, mismatch)
                    .detail("Number of returned columns (" + types.size() + ") does not match expected column count (" + expected + ").");
        }
        Object[] fields = new Object[wanted.size()];
        int at = 0;
        for (int i = 0; i < fields.length; i++) {
            CallContext.Column column = wanted.get(i);
            if (column.type() != 0) {
                if (types.get(at) != column.type()) {
                    throw new SqlError(SqlState.DATATYPE_MISMATCH, mismatch).detail("Returned type " + name(types.get(at)) + " does not match expected type "
                            + name(column.type()) + " in column \"" + column.name() + "\" (position " + (at + 1) + ").");
                }
                fields[i] = a.convert(values[at], types.get(at), column.type(), column.typmod());
                at++;
            }
        }
        return new RecordValue(type, wanted.stream().map(CallContext.Column::type).toList(), wanted.stream().map(CallContext.Column::name).toList(),
                fields);
    }
}
