package org.gajah.plpgsql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Definitions;
import org.gajah.analyze.Expr;
import org.gajah.ast.Expression;
import org.gajah.ast.Indirection;
import org.gajah.ast.ParamRef;
import org.gajah.base.Slice;
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

    /** The assignment of values of a type as the catalogs have it now. */
    private record Made(long version, int type, List<VariableNames.Shape> shapes, PlainExpression expression) {
        boolean stands(long now, int wanted, Object[] values) {
            return version == now && type == wanted && VariableNames.stand(shapes, values);
        }
    }

    Place(Target.Part part, Code value) {
        this.part = part;
        this.value = value;
    }

    /** Evaluates the expression and puts its value there. */
    void put(Activation a) {
        Formula.Value v = a.value(value);
        put(a, v.value(), v.type());
    }

    /** Puts a value there. */
    void put(Activation a, Object given, int type) {
        Variable v = part.variable();
        if (v.type() == Oids.RECORD) {
            putInRecord(a, given, type);
            return;
        }
        a.give(given);
        a.values()[v.number()] = placed(a, type).value(a);
    }

    /** The variable's value with the given value in its place. */
    private PlainExpression placed(Activation a, int type) {
        long version = a.session().catalogVersion();
        if (made.isEmpty() || !made.get().stands(version, type, a.values())) {
            Variable v = part.variable();
            List<Integer> types = new ArrayList<>(a.types());
            types.add(type);
            VariableNames names = a.names(scope());
            SpiParameters parameters = new SpiParameters(types, names);
            Expr base = new Expr.Param(v.number() + 1, v.type(), v.typmod(), v.collation(), 0);
            Expr placed = Definitions.place(base, part.path(), steps(), new ParamRef(types.size(), 0), a.session().analysis(parameters));
            made = Optional.of(new Made(version, type, List.copyOf(names.shapes()), new PlainExpression(placed)));
        }
        return made.get().expression;
    }

    private Scope scope() {
        return part.subscripts().isEmpty() ? GIVEN.scope() : part.subscripts().getFirst().lower().scope();
    }

    private List<Indirection> steps() {
        List<Indirection> steps = new ArrayList<>();
        part.fields().forEach(f -> steps.add(new Indirection.Field(f, 0)));
        for (Target.Subscript s : part.subscripts()) {
            steps.add(s.slice() ? new Indirection.Range(Optional.of(expression(s.lower())), Optional.of(expression(s.upper())))
                    : new Indirection.Index(expression(s.lower())));
        }
        return steps;
    }

    private static Expression expression(Code code) {
        return Parser.parseExpression(Slice.of(code.text()));
    }

    /** A record's fields have whatever types its value gave them. */
    private void putInRecord(Activation a, Object given, int type) {
        Variable v = part.variable();
        if (!(a.values()[v.number()] instanceof RecordValue record)) {
            throw VariableNames.notAssigned(v);
        }
        int at = record.fieldNames().indexOf(part.fields().getFirst());
        if (at < 0) {
            throw VariableNames.noField(v, part.fields().getFirst());
        }
        if (part.fields().size() > 1 || !part.subscripts().isEmpty()) {
            throw org.gajah.api.SqlError.notSupported("assignment to a part of a field of record \"" + v.name() + "\" is not supported yet");
        }
        Object[] fields = record.fields().clone();
        fields[at] = a.convert(given, type, record.fieldTypes().get(at), -1);
        a.values()[v.number()] = new RecordValue(record.typeOid(), record.fieldTypes(), record.fieldNames(), fields);
    }
}
