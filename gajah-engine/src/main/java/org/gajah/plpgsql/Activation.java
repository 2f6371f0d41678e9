package org.gajah.plpgsql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.Relation;
import org.gajah.spi.RoutineBody;
import org.gajah.spi.SpiSession;
import org.gajah.spi.SpiView;
import org.gajah.type.Datum;
import org.gajah.type.Oids;
import org.gajah.type.RecordValue;

/** One call of a function: its variables' values, which are the parameters of all SQL in it. */
final class Activation {
    private final Compiled function;
    private final RoutineBody.Call call;
    private final Object[] values;
    private long rowCount;
    private int changingLoops;
    /** The records of the running loops whose bodies are generated code. */
    private final List<LoopRecord> records = new ArrayList<>(0);
    private Optional<String> running = Optional.empty();
    private Optional<Handled> handled = Optional.empty();

    Activation(Compiled function, RoutineBody.Call call) {
        this.function = function;
        this.call = call;
        this.values = new Object[function.variables.size() + 2];
    }

    Compiled function() {
        return function;
    }

    SpiSession session() {
        return call.session();
    }

    SpiView view() {
        return call.view();
    }

    boolean atomic() {
        return call.atomic();
    }

    /** The variables' values by number, and behind them what {@link #give} has put there. */
    Object[] values() {
        return values;
    }

    /** How many loops over the rows of statements that change something are running. */
    int changingLoops() {
        return changingLoops;
    }

    void countChangingLoops(int more) {
        changingLoops += more;
    }

    void add(LoopRecord record) {
        records.add(record);
    }

    void remove(LoopRecord record) {
        record.settle();
        records.remove(record);
    }

    /** Gives the variables of those loops the rows that they are at. */
    void settle() {
        for (int i = 0; i < records.size(); i++) {
            records.get(i).settle();
        }
    }

    /** Puts two values where the expression of a place expects them: the whole, and what is to be put into it. */
    void give(Object whole, Object value) {
        values[values.length - 2] = whole;
        values[values.length - 1] = value;
    }

    List<Integer> types() {
        return function.types;
    }

    long rowCount() {
        return rowCount;
    }

    void setRowCount(long rows) {
        rowCount = rows;
    }

    /** The line of CONTEXT for the statement of SQL that runs, if one does. */
    Optional<String> running() {
        return running;
    }

    /** Runs a statement of SQL; an error that has a place in it shows that, any other the text. */
    <T> T running(String text, Supplier<T> action) {
        return running(Query.line(text), text, action);
    }

    /** Runs something of SQL; {@code line} is what CONTEXT tells of it. */
    <T> T running(String line, String text, Supplier<T> action) {
        running = Optional.of(line);
        try {
            return action.get();
        } catch (SqlError e) {
            throw e.position() > 0 ? e.at(0).internal(e.position(), text) : e.context(line);
        } finally {
            running = Optional.empty();
        }
    }

    /** The error that the innermost running handler handles. */
    Optional<Handled> handled() {
        return handled;
    }

    void setHandled(Optional<Handled> error) {
        handled = error;
    }

    /** The names that SQL in this scope may use, with records as they are now. */
    VariableNames names(Scope scope) {
        return new VariableNames(scope, function.variables, values.clone(), function.options.precedence(), session().catalog());
    }

    Formula.Value value(Code code) {
        return code.formula(Formula.Wanted.ANY).value(this);
    }

    /** The value of an expression as one of this type. */
    Object value(Code code, int type) {
        return code.formula(new Formula.Wanted(type, -1)).plain(this);
    }

    boolean isTrue(Code condition) {
        return Boolean.TRUE.equals(value(condition, Oids.BOOL));
    }

    String text(Code code) {
        Formula.Value v = value(code);
        return v.value() == null ? null : text(v.value(), v.type());
    }

    String text(Object value, int type) {
        return Datum.format(session().types().codec(type), value, session().types()).toString();
    }

    /** A value as one of another type; a literal that nothing gave a type is text. */
    Object convert(Object value, int from, int to, int typmod) {
        return value == null && !isDomain(to) ? null : function.convert(this, value, from == Oids.UNKNOWN ? Oids.TEXT : from, to, typmod);
    }

    private boolean isDomain(int type) {
        return session().catalog().type(type).map(t -> t.kind() == 'd').orElse(false);
    }

    /** What the variable of a CASE holds: a record of one field, whose type may differ from run to run. */
    static RecordValue caseValue(Formula.Value subject) {
        return new RecordValue(Oids.RECORD, List.of(subject.type()), List.of("value"), new Object[] {subject.value()});
    }

    void setFound(boolean found) {
        Boolean now = found;
        // A store of what is there already would cost the garbage collector's barrier.
        if (values[function.found.number()] != now) {
            values[function.found.number()] = now;
        }
    }

    /** Gives a variable a value of whatever type. */
    void assign(Variable v, Object value, int type) {
        Object fitted = function.isRow(v) ? row(v, value) : convert(value, type, v.type(), v.typmod());
        if (fitted == null && v.notNull()) {
            throw new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, "null value cannot be assigned to variable \"" + v.name() + "\" declared NOT NULL");
        }
        values[v.number()] = fitted;
    }

    boolean isRow(int type) {
        return type == Oids.RECORD || session().catalog().type(type).map(t -> t.kind() == 'c').orElse(false);
    }

    private Object row(Variable v, Object value) {
        if (value == null || v.type() == Oids.RECORD) {
            if (value != null && !(value instanceof RecordValue)) {
                throw new SqlError(SqlState.DATATYPE_MISMATCH, "cannot assign non-composite value to a record variable");
            }
            return value;
        }
        if (!(value instanceof RecordValue record)) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "cannot assign non-composite value to a record variable");
        }
        return rowOf(v.type(), record.fieldTypes(), record.fields());
    }

    /** A row of a composite type from values in the order of its columns; what is missing is null, what is too much is left out. */
    RecordValue rowOf(int type, List<Integer> from, Object[] given) {
        List<Relation.Column> columns = columns(type);
        Object[] fields = new Object[columns.size()];
        int at = 0;
        for (int i = 0; i < fields.length; i++) {
            while (at < given.length && from.get(at) == 0) {
                at++;
            }
            if (!columns.get(i).dropped() && at < given.length) {
                fields[i] = convert(given[at], from.get(at), columns.get(i).type(), columns.get(i).typmod());
                at++;
            }
        }
        return new RecordValue(type, columns.stream().map(c -> c.dropped() ? 0 : c.type()).toList(), columns.stream().map(Relation.Column::name).toList(),
                fields);
    }

    List<Relation.Column> columns(int type) {
        return session().catalog().type(type).flatMap(t -> session().catalog().relation(t.relation())).map(Relation::columns).orElse(List.of());
    }

    /** Gives targets the columns of a row. */
    void assignRow(Target target, Row row) {
        switch (target) {
            case Target.Whole w when function.isRow(w.variable()) -> assignRecord(w.variable(), row);
            case Target.Whole w -> assign(w.variable(), row.at(0), row.typeAt(0));
            case Target.Part p -> function.place(p, Place.GIVEN).put(this, row.at(0), row.typeAt(0));
            case Target.Several s -> {
                for (int i = 0; i < s.targets().size(); i++) {
                    assignColumn(s.targets().get(i), row, i);
                }
            }
        }
    }

    private void assignColumn(Target target, Row row, int column) {
        if (target instanceof Target.Whole w && !function.isRow(w.variable())) {
            assign(w.variable(), row.at(column), row.typeAt(column));
        } else {
            assignRow(target, new Row(List.of(row.nameAt(column)), List.of(row.typeAt(column)), new Object[] {row.at(column)}));
        }
    }

    private void assignRecord(Variable v, Row row) {
        values[v.number()] = v.type() == Oids.RECORD ? new RecordValue(Oids.RECORD, row.types(), row.names(), row.values())
                : rowOf(v.type(), row.types(), row.values());
    }

    /** A row of a query; of columns that are missing, nulls. */
    record Row(List<String> names, List<Integer> types, Object[] values) {
        Object at(int i) {
            return i < values.length ? values[i] : null;
        }

        int typeAt(int i) {
            return i < types.size() ? types.get(i) : Oids.TEXT;
        }

        String nameAt(int i) {
            return i < names.size() ? names.get(i) : "";
        }

        /** All null, with the columns of a query that gave no row. */
        static Row nothing(List<String> names, List<Integer> types) {
            return new Row(names, types, new Object[types.size()]);
        }
    }

    /** The values of the given variables. */
    List<Object> valuesOf(List<Variable> variables) {
        List<Object> all = new ArrayList<>();
        variables.forEach(v -> all.add(values[v.number()]));
        return all;
    }
}
