package org.gajah.plpgsql;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.ColumnRef;
import org.gajah.catalog.Trigger;
import org.gajah.base.Slice;
import org.gajah.func.CallContext;
import org.gajah.spi.RoutineDefinition;
import org.gajah.spi.SpiParameters;
import org.gajah.sysfunc.RegNames;
import org.gajah.type.Oids;
import org.gajah.type.RecordValue;

/** What a call returns: one value, or the rows collected so far. */
final class Results {
    private static final String QUERY_MISMATCH = "structure of query does not match function result type";
    private static final String NEXT_MISMATCH = "wrong record type supplied in RETURN NEXT";
    private static final String RECORD_MISMATCH = "returned record type does not match expected record type";

    private final Activation a;
    private final RoutineDefinition definition;
    private final CollectedRows set;
    private Object value;
    private int valueType;

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
        if (s.value().isEmpty()) {
            return;
        }
        if (givesRow()) {
            value = fitted(s.value().get(), false);
        } else {
            Formula.Value given = a.value(s.value().get());
            value = given.value();
            valueType = given.type();
        }
    }

    /** RETURN of a value that has the result's type. */
    void give(Object fitted) {
        value = fitted;
        valueType = type();
    }

    /** Whether what RETURN gives is a row. */
    boolean givesRow() {
        return definition.resultType() == Oids.TRIGGER || a.isRow(definition.resultType());
    }

    int type() {
        return definition.resultType();
    }

    /** The value of RETURN or RETURN NEXT; a row of the former is made to fit at the end. */
    private Object fitted(Code code, boolean next) {
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
        return next ? asResult(record.fieldNames(), record.fieldTypes(), record.fields(), isVariable(code) ? NEXT_MISMATCH : RECORD_MISMATCH) : record;
    }

    private static boolean isVariable(Code code) {
        return code.formula(Formula.Wanted.ANY).plain().filter(e -> e instanceof ColumnRef c && c.fields().size() == 1
                && code.scope().find(c.fields().getFirst()).isPresent()).isPresent();
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
        if (definition.resultType() == Oids.VOID && definition.proc().kind() != 'p') {
            return Slice.EMPTY;
        }
        if (!givesRow()) {
            return valueType == 0 || valueType == type() ? value : a.convert(value, valueType, type(), -1);
        }
        return type() != Oids.TRIGGER && value instanceof RecordValue row ? asResult(row.fieldNames(), row.fieldTypes(), row.fields(), RECORD_MISMATCH) : value;
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
            set.add(ofOutputs(a.function().outputs));
            return;
        }
        Object row = fitted(s.value().orElseThrow(), true);
        set.add(row == null && a.isRow(definition.resultType()) ? nullRow() : row);
    }

    /** A row of nulls; just null if it is not known of which columns. */
    private Object nullRow() {
        List<CallContext.Column> wanted = wanted(definition.resultType());
        return wanted.isEmpty() ? null : new RecordValue(definition.resultType(), wanted.stream().map(CallContext.Column::type).toList(),
                wanted.stream().map(CallContext.Column::name).toList(), new Object[wanted.size()]);
    }

    /** That the rows of a RETURN QUERY are what the function returns. */
    void requireRow(Query.Columns columns) {
        int type = definition.resultType();
        if (a.isRow(type)) {
            requireSame(wanted(type), columns.types(), QUERY_MISMATCH);
        } else {
            requireSame(List.of(new CallContext.Column("", type, -1)), columns.types(), QUERY_MISMATCH);
        }
    }

    /** A row of RETURN QUERY. */
    void addRow(Activation.Row row) {
        int type = definition.resultType();
        set.add(a.isRow(type) ? asResult(row.names(), row.types(), row.values(), QUERY_MISMATCH) : a.convert(row.at(0), row.typeAt(0), type, -1));
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

    String name(int type) {
        return RegNames.typeName(type, -1, a.session().analysis(SpiParameters.NONE));
    }

    /** A row, whose dropped columns do not count, as the function returns it. */
    private Object asResult(List<String> names, List<Integer> types, Object[] values, String mismatch) {
        int type = definition.resultType();
        List<CallContext.Column> wanted = wanted(type);
        if (types.contains(0)) {
            int[] there = IntStream.range(0, types.size()).filter(i -> types.get(i) != 0).toArray();
            return asResult(Arrays.stream(there).mapToObj(names::get).toList(), Arrays.stream(there).mapToObj(types::get).toList(),
                    Arrays.stream(there).mapToObj(i -> values[i]).toArray(), mismatch);
        }
        return wanted.isEmpty() ? new RecordValue(Oids.RECORD, types, names, values) : row(type, wanted, types, values, mismatch);
    }

    /** The columns of what the function returns; empty if it may be any row. */
    private List<CallContext.Column> wanted(int type) {
        return type == Oids.RECORD ? definition.outputs().isEmpty() ? definition.columns() : definition.outputs()
                : a.columns(type).stream().map(c -> new CallContext.Column(c.name(), c.dropped() ? 0 : c.type(), c.typmod())).toList();
    }

    private void requireSame(List<CallContext.Column> wanted, List<Integer> types, String mismatch) {
        List<CallContext.Column> there = wanted.stream().filter(c -> c.type() != 0).toList();
        if (wanted.isEmpty()) {
            return;
        }
        for (int i = 0; i < Math.min(types.size(), there.size()); i++) {
            CallContext.Column column = there.get(i);
            if (types.get(i) != column.type()) {
                String where = column.name().isEmpty() ? "column " + (i + 1) : "column \"" + column.name() + "\" (position " + (i + 1) + ")";
                throw new SqlError(SqlState.DATATYPE_MISMATCH, mismatch).detail("Returned type " + name(types.get(i)) + " does not match expected type "
                        + name(column.type()) + " in " + where + ".");
            }
        }
        if (there.size() != types.size()) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, mismatch)
                    .detail("Number of returned columns (" + types.size() + ") does not match expected column count (" + there.size() + ").");
        }
    }

    private RecordValue row(int type, List<CallContext.Column> wanted, List<Integer> types, Object[] values, String mismatch) {
        requireSame(wanted, types, mismatch);
        Object[] fields = new Object[wanted.size()];
        int at = 0;
        for (int i = 0; i < fields.length; i++) {
            CallContext.Column column = wanted.get(i);
            if (column.type() != 0) {
                fields[i] = a.convert(values[at], types.get(at), column.type(), column.typmod());
                at++;
            }
        }
        return new RecordValue(type, wanted.stream().map(CallContext.Column::type).toList(), wanted.stream().map(CallContext.Column::name).toList(),
                fields);
    }
}
