package org.gajah.plpgsql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Definitions;
import org.gajah.analyze.Expr;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.Expression;
import org.gajah.ast.Indirection;
import org.gajah.ast.ParamRef;
import org.gajah.base.Slice;
import org.gajah.catalog.TypeRow;
import org.gajah.parse.Parser;
import org.gajah.spi.SpiParameters;
import org.gajah.type.Oids;
import org.gajah.type.RecordValue;

/** Assignment to a part of a variable: a field, an element of an array, or one in the other. */
final class Place {
    /** Stands for a value that comes from elsewhere than an expression. */
    static final Code GIVEN = new Code("", new Scope(Optional.empty(), ""));

    private final Target.Part part;
    private final Code value;
    private Optional<Made> made = Optional.empty();
    private Optional<Source> source = Optional.empty();
    private boolean tried;

    /** What the assignment changes a part of: the variable's value, or of a record a field's. */
    private record Whole(Object value, int type, int typmod, int collation) {
    }

    /** What is put there: an expression, or a value of this type that {@link Activation#give} has put aside; whether it is what the assignment says. */
    private record Source(Expression expression, int type, boolean plain) {
    }

    /** The assignment as the catalogs have it now. */
    private record Made(long version, int whole, int source, List<VariableNames.Shape> shapes, boolean plain, PlainExpression expression) {
        boolean stands(long now, Whole of, Source from, Object[] values) {
            return version == now && whole == of.type && source == from.type && VariableNames.stand(shapes, values);
        }
    }

    Place(Target.Part part, Code value) {
        this.part = part;
        this.value = value;
    }

    /** Evaluates the expression and puts its value there. */
    void put(Activation a) {
        if (!isField()) {
            if (source().plain && store(a, source(), null)) {
                return;
            }
        }
        Formula.Value v = a.value(value);
        try {
            put(a, v.value(), v.type());
        } catch (SqlError e) {
            throw tried || !isField() ? e : e.context(value.line());
        } finally {
            tried = true;
        }
    }

    /** The assignment as one expression over variables and behind them the whole, if it is one, and the records whose shape it relies on. */
    Optional<Formula.Bare> bare(Activation a) {
        if (isField() || !source().plain) {
            return Optional.empty();
        }
        Made now = make(a, a.session().catalogVersion(), whole(a), source());
        return now.plain ? Optional.of(new Formula.Bare(now.expression.expr(), now.shapes)) : Optional.empty();
    }

    /** The expression, if it is no query; places in it are those in the whole assignment. */
    private Source source() {
        if (source.isEmpty()) {
            Optional<Expression> plain = value.formula(Formula.Wanted.ANY).plain();
            source = Optional.of(plain.map(_ -> new Source(expression(value, value.source().length() - value.text().length()), 0, true))
                    .orElseGet(() -> given(0, 0)));
        }
        return source.get();
    }

    private static Source given(int number, int type) {
        return new Source(new ParamRef(number, 0), type, false);
    }

    /** Puts a value there. */
    void put(Activation a, Object given, int type) {
        if (isField()) {
            RecordValue record = record(a);
            setField(a, record, a.convert(given, type, record.fieldTypes().get(field(record)), -1));
        } else {
            store(a, given(a.types().size() + 2, type), given);
        }
    }

    /** Whether it is no more than a field of a record, whose fields have whatever types its value gave them. */
    private boolean isField() {
        return isOfRecord() && part.steps().size() == 1 && part.field().isPresent();
    }

    private boolean isOfRecord() {
        return part.variable().type() == Oids.RECORD;
    }

    /** Makes and stores the changed value; false if the expression needs a query, which has no place in it. */
    private boolean store(Activation a, Source source, Object given) {
        Whole whole = whole(a);
        long version = a.session().catalogVersion();
        if (made.isEmpty() || !made.get().stands(version, whole, source, a.values())) {
            made = Optional.of(make(a, version, whole, source));
        }
        if (!made.get().plain) {
            return false;
        }
        a.give(whole.value, given);
        Object changed = made.get().expression.value(a);
        if (isOfRecord()) {
            setField(a, record(a), changed);
        } else {
            a.values()[part.variable().number()] = changed;
        }
        return true;
    }

    private Made make(Activation a, long version, Whole whole, Source source) {
        requireField(a);
        List<Integer> types = new ArrayList<>(a.types());
        types.add(whole.type);
        types.add(source.type);
        VariableNames names = a.names(scope());
        Expr base = new Expr.Param(types.size() - 1, whole.type, whole.typmod, whole.collation, 1);
        Expr expr;
        try {
            expr = Definitions.place(base, part.path(), steps(), source.expression, a.session().analysis(new SpiParameters(types, names)));
        } catch (SqlError e) {
            throw placed(e);
        }
        boolean plain = Formula.isPlain(expr);
        return new Made(version, whole.type, source.type, List.copyOf(names.shapes()), plain, new PlainExpression(plain ? folded(expr, a) : expr));
    }

    private Expr folded(Expr expr, Activation a) {
        try {
            return a.session().fold(expr);
        } catch (SqlError e) {
            throw value == GIVEN ? e : e.context(value.line());
        }
    }

    /** The error, whose place is one in the assignment if that has been written as one. */
    private SqlError placed(SqlError e) {
        return e.position() > 0 && value.isAssigned() ? e.at(0).internal(e.position(), value.source()) : e.at(0);
    }

    /** The first field, if there is one, must be the row's: what is inside is the analyzer's to look at. */
    private void requireField(Activation a) {
        Variable v = part.variable();
        Optional<String> field = part.field();
        boolean there = field.isEmpty() || isOfRecord() || a.columns(v.type()).stream().anyMatch(c -> !c.dropped() && c.name().equals(field.get()));
        if (!there) {
            SqlError error = VariableNames.noField(v, field.get());
            throw made.isEmpty() ? error.context(value.line()) : error;
        }
    }

    private Whole whole(Activation a) {
        Variable v = part.variable();
        if (!isOfRecord()) {
            return new Whole(a.values()[v.number()], v.type(), v.typmod(), v.collation());
        }
        RecordValue record = record(a);
        int at = field(record);
        int type = record.fieldTypes().get(at);
        return new Whole(record.fields()[at], type, -1, a.session().catalog().type(type).map(TypeRow::collation).orElse(0));
    }

    private RecordValue record(Activation a) {
        if (part.field().isEmpty()) {
            throw placed(new SqlError(SqlState.DATATYPE_MISMATCH, "cannot subscript type record because it does not support subscripting").at(1));
        }
        if (!(a.values()[part.variable().number()] instanceof RecordValue record)) {
            throw VariableNames.notAssigned(part.variable());
        }
        return record;
    }

    private int field(RecordValue record) {
        String name = part.field().orElseThrow();
        int at = record.fieldNames().indexOf(name);
        if (at < 0) {
            throw VariableNames.noField(part.variable(), name);
        }
        return at;
    }

    private void setField(Activation a, RecordValue record, Object changed) {
        Object[] fields = record.fields().clone();
        fields[field(record)] = changed;
        a.values()[part.variable().number()] = new RecordValue(record.typeOid(), record.fieldTypes(), record.fieldNames(), fields);
    }

    private Scope scope() {
        return value == GIVEN ? part.subscripts().flatMap(Target.Subscript::codes).findFirst().map(Code::scope).orElseGet(value::scope) : value.scope();
    }

    private List<Indirection> steps() {
        int[] at = new int[1];
        return part.steps().stream().skip(isOfRecord() ? 1 : 0).<Indirection>map(step -> switch (step) {
            case Target.Field f -> new Indirection.Field(f.name(), 0);
            case Target.Subscript s when s.slice() -> new Indirection.Range(s.lower().map(c -> bound(c, at)), s.upper().map(c -> bound(c, at)));
            case Target.Subscript s -> new Indirection.Index(bound(s.lower().orElseThrow(), at));
        }).toList();
    }

    /** A subscript, which stands somewhere behind this place in the assignment. */
    private Expression bound(Code code, int[] behind) {
        int from = behind[0] == 0 ? value.source().indexOf('[') + 1 : behind[0];
        int at = Math.max(0, value.source().indexOf(code.text(), from));
        behind[0] = at + code.text().length();
        return expression(code, at);
    }

    /** The expression as it stands there in the assignment. */
    private static Expression expression(Code code, int at) {
        return Parser.parseExpression(Slice.of(" ".repeat(at) + code.text()));
    }
}
