package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.catalog.ProcRow;
import org.gajah.catalog.Relation;
import org.gajah.type.Oids;

/** Which fields a row-valued expression has, as far as that can be told before running it. */
public final class RowShape {
    private final Analysis a;

    /** A field, numbered from 1 as it is stored. */
    public record Field(int number, String name, int type, int typmod, int collation) {
    }

    RowShape(Analysis analysis) {
        a = analysis;
    }

    /** The live fields; empty if they cannot be told. */
    List<Field> of(Scope scope, Expr row) {
        if (row.type() != Oids.RECORD) {
            return ofType(row.type());
        }
        return switch (row) {
            case Expr.RowLiteral r -> ofLiteral(r);
            case Expr.Var v when v.attribute() == 0 -> ofEntry(scope, v);
            case Expr.Var v -> ofColumn(scope, v);
            case Expr.Param p -> a.context.variables().fields(p);
            case Expr.FunctionCall f -> ofFunction(f.function(), f.args());
            default -> List.of();
        };
    }

    List<Field> ofType(int type) {
        List<Field> fields = new ArrayList<>();
        a.types.composite(type).ifPresent(relation -> {
            for (Relation.Column c : FunctionCalls.live(relation)) {
                fields.add(new Field(c.number(), c.name(), c.type(), c.typmod(), c.collation()));
            }
        });
        return fields;
    }

    private List<Field> ofLiteral(Expr.RowLiteral r) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < r.args().size(); i++) {
            Expr e = r.args().get(i);
            String name = i < r.names().size() ? r.names().get(i) : "f" + (i + 1);
            fields.add(new Field(i + 1, name, e.type(), e.typmod(), e.collation()));
        }
        return fields;
    }

    private static List<Field> ofEntry(Scope scope, Expr.Var v) {
        for (NamespaceItem item : scope.up(v.levelsUp()).namespace) {
            if (item.rangeIndex == v.rangeIndex()) {
                List<Field> fields = new ArrayList<>();
                int number = 0;
                for (NamespaceItem.Column c : item.columns) {
                    number++;
                    if (!c.dropped()) {
                        fields.add(new Field(number, c.name(), c.type(), c.typmod(), c.collation()));
                    }
                }
                return fields;
            }
        }
        return List.of();
    }

    /** A record column of a subquery: look at the expression that makes it. */
    private List<Field> ofColumn(Scope scope, Expr.Var v) {
        if (scope.entry(v) instanceof RangeEntry.Subquery s) {
            for (TargetEntry t : s.query().targets()) {
                if (!t.junk() && t.attribute() == v.attribute()) {
                    Expr e = t.expr();
                    if (e instanceof Expr.Var inner && inner.levelsUp() == 0 && inner.attribute() == 0) {
                        return ofInnerRow(s.query().rangeTable().get(inner.rangeIndex()));
                    }
                    return e instanceof Expr.Var ? List.of() : of(scope, e);
                }
            }
        }
        return List.of();
    }

    private List<Field> ofInnerRow(RangeEntry entry) {
        List<Field> fields = new ArrayList<>();
        if (entry instanceof RangeEntry.Subquery s) {
            for (TargetEntry t : s.query().targets()) {
                if (!t.junk()) {
                    int number = t.attribute();
                    String name = number <= s.columnNames().size() ? s.columnNames().get(number - 1) : t.name();
                    fields.add(new Field(number, name, t.expr().type(), t.expr().typmod(), t.expr().collation()));
                }
            }
        }
        return fields;
    }

    /** The columns of a function with OUT parameters or a composite result; empty for scalars and open records. */
    List<Field> ofFunction(int function, List<Expr> args) {
        Optional<ProcRow> found = a.catalog.function(function);
        if (found.isEmpty()) {
            return List.of();
        }
        ProcRow row = found.get();
        List<Integer> outputs = new ArrayList<>();
        for (int i = 0; i < row.modes().size(); i++) {
            if ("obt".indexOf(row.modes().get(i)) >= 0) {
                outputs.add(i);
            }
        }
        if (row.returnType() != Oids.RECORD || outputs.isEmpty()) {
            return ofType(row.returnType());
        }
        List<Field> fields = new ArrayList<>();
        List<Integer> actual = OperatorCalls.typesOf(args);
        List<Integer> declared = row.argTypes().subList(0, Math.min(row.argTypes().size(), actual.size()));
        for (int i : outputs) {
            int type = row.allTypes().get(i);
            if (Types.isPolymorphic(type)) {
                type = a.polymorphism.enforce(actual.subList(0, declared.size()), declared, type, false).result();
            }
            String name = i < row.names().size() && !row.names().get(i).isEmpty() ? row.names().get(i) : "column" + (fields.size() + 1);
            fields.add(new Field(fields.size() + 1, name, type, -1, a.types.collation(type)));
        }
        return fields;
    }
}
