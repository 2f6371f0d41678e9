package org.gajah.plpgsql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Definitions;
import org.gajah.analyze.Expr;
import org.gajah.api.SqlError;
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
    private boolean tried;

    /** What the assignment changes a part of: the variable's value, or of a record a field's. */
    private record Whole(Object value, int type, int typmod, int collation) {
    }

    /** What is put there: an expression, or a value of this type that {@link Activation#give} has put aside. */
    private record Source(Expression expression, int type) {
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
            Optional<Expression> plain = value.formula(Formula.Wanted.ANY).plain();
            if (plain.isPresent() && store(a, new Source(plain.get(), 0), null)) {
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
        Optional<Expression> plain = isField() ? Optional.empty() : value.formula(Formula.Wanted.ANY).plain();
        if (plain.isEmpty()) {
            return Optional.empty();
        }
        Made now = make(a, a.session().catalogVersion(), whole(a), new Source(plain.get(), 0));
        return now.plain ? Optional.of(new Formula.Bare(now.expression.expr(), now.shapes)) : Optional.empty();
    }

    /** Puts a value there. */
    void put(Activation a, Object given, int type) {
        if (isField()) {
            RecordValue record = record(a);
            setField(a, record, a.convert(given, type, record.fieldTypes().get(field(record)), -1));
        } else {
            store(a, new Source(new ParamRef(a.types().size() + 2, 0), type), given);
        }
    }

    /** Whether it is no more than a field of a record, whose fields have whatever types its value gave them. */
    private boolean isField() {
        return isOfRecord() && part.fields().size() == 1 && part.subscripts().isEmpty();
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
        Expr base = new Expr.Param(types.size() - 1, whole.type, whole.typmod, whole.collation, 0);
        Expr expr = Definitions.place(base, part.path(), steps(), source.expression, a.session().analysis(new SpiParameters(types, names)));
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

    /** The first field, if there is one, must be the row's: what is inside is the analyzer's to look at. */
    private void requireField(Activation a) {
        Variable v = part.variable();
        boolean there = part.fields().isEmpty() || isOfRecord()
                || a.columns(v.type()).stream().anyMatch(c -> !c.dropped() && c.name().equals(part.fields().getFirst()));
        if (!there) {
            SqlError error = VariableNames.noField(v, part.fields().getFirst());
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
        if (!(a.values()[part.variable().number()] instanceof RecordValue record)) {
            throw VariableNames.notAssigned(part.variable());
        }
        return record;
    }

    private int field(RecordValue record) {
        int at = record.fieldNames().indexOf(part.fields().getFirst());
        if (at < 0) {
            throw VariableNames.noField(part.variable(), part.fields().getFirst());
        }
        return at;
    }

    private void setField(Activation a, RecordValue record, Object changed) {
        Object[] fields = record.fields().clone();
        fields[field(record)] = changed;
        a.values()[part.variable().number()] = new RecordValue(record.typeOid(), record.fieldTypes(), record.fieldNames(), fields);
    }

    private Scope scope() {
        return value == GIVEN && !part.subscripts().isEmpty() ? part.subscripts().getFirst().lower().scope() : value.scope();
    }

    private List<Indirection> steps() {
        List<Indirection> steps = new ArrayList<>();
        List<String> fields = isOfRecord() ? part.fields().subList(1, part.fields().size()) : part.fields();
        fields.forEach(f -> steps.add(new Indirection.Field(f, 0)));
        for (Target.Subscript s : part.subscripts()) {
            steps.add(s.slice() ? new Indirection.Range(Optional.of(expression(s.lower())), Optional.of(expression(s.upper())))
                    : new Indirection.Index(expression(s.lower())));
        }
        return steps;
    }

    private static Expression expression(Code code) {
        return Parser.parseExpression(Slice.of(code.text()));
    }
}
