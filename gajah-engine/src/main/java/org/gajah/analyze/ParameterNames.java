package org.gajah.analyze;

import java.util.List;
import java.util.Optional;

import org.gajah.ast.ColumnRef;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.Relation;
import org.gajah.catalog.TypeRow;

/** A function's parameters by name: alone or behind the function's name, with or without a field. Columns go first. */
public final class ParameterNames implements Variables {
    private final String function;
    private final List<String> names;
    private final List<Integer> types;
    private final Catalog catalog;

    /** Of input parameters; a name is empty where there is none. */
    public ParameterNames(String function, List<String> names, List<Integer> types, Catalog catalog) {
        this.function = function;
        this.names = names;
        this.types = types;
        this.catalog = catalog;
    }

    @Override
    public Precedence precedence() {
        return Precedence.COLUMN;
    }

    @Override
    public Optional<Expr> find(ColumnRef ref) {
        List<String> fields = ref.fields();
        if (fields.isEmpty() || fields.size() > 3) {
            return Optional.empty();
        }
        boolean qualified = fields.size() > 1 && fields.getFirst().equals(function);
        Optional<Expr> whole = qualified ? parameter(fields.get(1), ref.location()) : Optional.empty();
        int used = 2;
        if (whole.isEmpty()) {
            whole = parameter(fields.getFirst(), ref.location());
            used = 1;
        }
        return switch (fields.size() - used) {
            case 0 -> whole;
            case 1 -> whole.flatMap(w -> field(w, fields.getLast()));
            default -> Optional.empty();
        };
    }

    private Optional<Expr> parameter(String name, int location) {
        int at = names.indexOf(name);
        if (at < 0 || name.isEmpty()) {
            return Optional.empty();
        }
        int type = types.get(at);
        int collation = catalog.type(type).map(TypeRow::collation).orElse(0);
        return Optional.of(new Expr.Param(at + 1, type, -1, collation, location));
    }

    private Optional<Expr> field(Expr row, String name) {
        return catalog.type(row.type()).filter(t -> t.relation() != 0).flatMap(t -> catalog.relation(t.relation()))
                .flatMap(r -> r.columns().stream().filter(c -> !c.dropped() && c.name().equals(name)).findFirst())
                .map(c -> select(row, c));
    }

    private static Expr select(Expr row, Relation.Column c) {
        return new Expr.FieldSelect(row, c.number(), c.type(), c.typmod(), c.collation());
    }
}
