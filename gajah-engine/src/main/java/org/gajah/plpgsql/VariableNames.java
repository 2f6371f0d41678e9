package org.gajah.plpgsql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

import org.gajah.analyze.Expr;
import org.gajah.analyze.RowShape;
import org.gajah.analyze.Variables;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.ColumnRef;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.TypeRow;
import org.gajah.type.Oids;
import org.gajah.type.RecordValue;

/** A scope's variables as names in SQL. What a record's fields are is asked of its present value, and noted. */
final class VariableNames implements Variables {
    /** A record variable whose fields' names and types an analysis relied on. */
    record Shape(int variable, List<String> names, List<Integer> types) {
        boolean fits(Object[] values) {
            return values[variable] instanceof RecordValue r && (r.fieldNames() == names && r.fieldTypes() == types
                    || r.fieldNames().equals(names) && r.fieldTypes().equals(types));
        }
    }

    /** Whether the records still have these shapes. */
    static boolean stand(List<Shape> shapes, Object[] values) {
        for (int i = 0; i < shapes.size(); i++) {
            if (!shapes.get(i).fits(values)) {
                return false;
            }
        }
        return true;
    }

    private final Scope scope;
    private final List<Variable> variables;
    private final Object[] values;
    private final Precedence precedence;
    private final CatalogView catalog;
    private final List<Shape> shapes = new ArrayList<>();
    private final SortedSet<Integer> used = new TreeSet<>();

    VariableNames(Scope scope, List<Variable> variables, Object[] values, Precedence precedence, CatalogView catalog) {
        this.scope = scope;
        this.variables = variables;
        this.values = values;
        this.precedence = precedence;
        this.catalog = catalog;
    }

    /** Numbers of the variables that were asked for. */
    SortedSet<Integer> used() {
        return used;
    }

    List<Shape> shapes() {
        return shapes;
    }

    @Override
    public Precedence precedence() {
        return precedence;
    }

    @Override
    public Optional<Expr> find(ColumnRef ref) {
        List<String> names = ref.fields();
        if (names.isEmpty() || names.size() > 3) {
            return Optional.empty();
        }
        if (names.size() > 1) {
            Optional<Integer> labelled = scope.find(names.get(0), names.get(1));
            if (labelled.isPresent()) {
                Expr whole = whole(labelled.get(), ref);
                return names.size() == 2 ? Optional.of(whole) : field(whole, labelled.get(), names.get(2));
            }
        }
        Optional<Integer> plain = scope.find(names.getFirst());
        return switch (names.size()) {
            case 1 -> plain.map(n -> whole(n, ref));
            case 2 -> plain.flatMap(n -> field(whole(n, ref), n, names.get(1)));
            default -> Optional.empty();
        };
    }

    private Expr whole(int number, ColumnRef ref) {
        Variable v = variables.get(number);
        used.add(number);
        return new Expr.Param(number + 1, v.type(), v.typmod(), v.collation(), ref.location());
    }

    private Optional<Expr> field(Expr whole, int number, String name) {
        Variable variable = variables.get(number);
        if (variable.type() != Oids.RECORD) {
            return catalog.type(variable.type()).filter(t -> t.relation() != 0).flatMap(t -> catalog.relation(t.relation()))
                    .map(relation -> relation.columns().stream().filter(c -> !c.dropped() && c.name().equals(name)).findFirst()
                            .map(c -> (Expr) new Expr.FieldSelect(whole, c.number(), c.type(), c.typmod(), c.collation()))
                            .orElseThrow(() -> noField(variable, name)));
        }
        if (!(values[number] instanceof RecordValue record)) {
            throw notAssigned(variable);
        }
        shapes.add(new Shape(number, record.fieldNames(), record.fieldTypes()));
        int at = record.fieldNames().indexOf(name);
        if (at < 0) {
            throw noField(variable, name);
        }
        int type = record.fieldTypes().get(at);
        return Optional.of(new Expr.FieldSelect(whole, at + 1, type, -1, collation(type)));
    }

    @Override
    public List<RowShape.Field> fields(Expr.Param row) {
        int number = row.number() - 1;
        if (number >= variables.size() || !(values[number] instanceof RecordValue record) || record.typeOid() == Oids.RECORD) {
            return List.of();
        }
        shapes.add(new Shape(number, record.fieldNames(), record.fieldTypes()));
        List<RowShape.Field> fields = new ArrayList<>();
        for (int i = 0; i < record.fieldTypes().size(); i++) {
            int type = record.fieldTypes().get(i);
            if (type != 0) {
                fields.add(new RowShape.Field(i + 1, record.fieldNames().get(i), type, -1, collation(type)));
            }
        }
        return fields;
    }

    private int collation(int type) {
        return catalog.type(type).map(TypeRow::collation).orElse(0);
    }

    static SqlError noField(Variable variable, String field) {
        return new SqlError(SqlState.UNDEFINED_COLUMN, "record \"" + variable.name() + "\" has no field \"" + field + "\"");
    }

    static SqlError notAssigned(Variable variable) {
        return new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "record \"" + variable.name() + "\" is not assigned yet")
                .detail("The tuple structure of a not-yet-assigned record is indeterminate.");
    }
}
