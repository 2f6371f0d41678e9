package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.Assignment;
import org.gajah.ast.ColumnTarget;
import org.gajah.ast.Expression;
import org.gajah.ast.Indirection;
import org.gajah.ast.RowExpr;
import org.gajah.ast.SetToDefault;
import org.gajah.ast.SubLink;
import org.gajah.catalog.Relation;
import org.gajah.type.Oids;

/** Values on their way into columns: coerced to the column's type, or put into a part of the column. */
final class Assignments {
    private final Analysis a;
    private final Subscripts subscripts;
    private final CoercionContext context;

    Assignments(Analysis analysis) {
        this(analysis, CoercionContext.ASSIGNMENT);
    }

    Assignments(Analysis analysis, CoercionContext context) {
        a = analysis;
        this.context = context;
        subscripts = new Subscripts(analysis);
    }

    /** The column of a name, or an error. */
    Relation.Column column(Relation relation, ColumnTarget target) {
        Optional<Relation.Column> found = relation.column(target.name()).filter(c -> !c.hidden());
        if (found.isPresent()) {
            return found.get();
        }
        throw new SqlError(SqlState.UNDEFINED_COLUMN, "column \"" + target.name() + "\" of relation \"" + relation.name()
                + "\" does not exist").at(target.location());
    }

    /** One value as the column wants it. {@code current} is the column's present value, for assignments to parts. */
    Expr assign(Scope scope, Expr value, Relation.Column column, ColumnTarget target, Optional<Expr> current) {
        if (value instanceof Expr.SetToDefault d) {
            if (!target.indirection().isEmpty()) {
                boolean element = !(target.indirection().getFirst() instanceof Indirection.Field);
                throw SqlError.notSupported(element ? "cannot set an array element to DEFAULT" : "cannot set a subfield to DEFAULT")
                        .at(target.location());
            }
            return new Expr.SetToDefault(column.type(), column.typmod(), column.collation(), d.location());
        }
        if (!target.indirection().isEmpty()) {
            Expr base = current.orElseGet(() -> Literals.nullOf(column.type(), column.typmod(), column.collation(), 0));
            return into(scope, base, column.name(), target.indirection(), 0, value, target.location());
        }
        return a.coercer.coerceToTarget(value, column.type(), column.typmod(), CoercionContext.ASSIGNMENT, Expr.CallForm.IMPLICIT_CAST, 0)
                .orElseThrow(() -> new SqlError(SqlState.DATATYPE_MISMATCH, "column \"" + column.name() + "\" is of type "
                        + a.types.name(column.type()) + " but expression is of type " + a.types.name(value.type()))
                        .hint("You will need to rewrite or cast the expression.").at(Locations.of(value)));
    }

    /** The container with the value put at the end of the steps. */
    Expr into(Scope scope, Expr base, String name, List<Indirection> steps, int at, Expr value, int location) {
        if (at == steps.size()) {
            return value;
        }
        if (steps.get(at) instanceof Indirection.Field f) {
            return field(scope, base, name, f, steps, at, value, location);
        }
        if (steps.get(at) instanceof Indirection.Star s) {
            throw SqlError.notSupported("row expansion via \"*\" is not supported here").at(s.location());
        }
        int end = at;
        while (end < steps.size() && !(steps.get(end) instanceof Indirection.Field)) {
            end++;
        }
        List<Indirection> run = steps.subList(at, end);
        Expr read = subscripts.subscript(scope, base, run, Optional.empty());
        Expr inner = end == steps.size() ? value : into(scope, read, name, steps, end, value, location);
        Expr fitted = a.coercer.coerceToTarget(inner, read.type(), read.typmod(), context, Expr.CallForm.IMPLICIT_CAST, 0)
                .orElseThrow(() -> new SqlError(SqlState.DATATYPE_MISMATCH, "subscripted assignment to \"" + name + "\" requires type "
                        + a.types.name(read.type()) + " but expression is of type " + a.types.name(inner.type()))
                        .hint("You will need to rewrite or cast the expression.").at(location));
        Expr made = subscripts.subscript(scope, base, run, Optional.of(fitted));
        return made.type() == base.type() ? made : a.coercer.coerce(made, base.type(), base.typmod(), context,
                Expr.CallForm.IMPLICIT_CAST, location);
    }

    private Expr field(Scope scope, Expr base, String name, Indirection.Field f, List<Indirection> steps, int at, Expr value, int location) {
        Types.Typed type = a.types.base(base.type(), base.typmod());
        Relation relation = a.types.composite(type.type()).orElseThrow(() -> new SqlError(SqlState.DATATYPE_MISMATCH,
                "cannot assign to field \"" + f.name() + "\" of column \"" + name + "\" because its type "
                        + a.types.name(base.type()) + " is not a composite type").at(location));
        Relation.Column column = relation.column(f.name()).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_COLUMN,
                "cannot assign to field \"" + f.name() + "\" of column \"" + name + "\" because there is no such column in data type "
                        + a.types.name(base.type())).at(location));
        Expr read = new Expr.FieldSelect(base, column.number(), column.type(), column.typmod(), column.collation());
        boolean ofVariable = at == 0 && context == CoercionContext.PLPGSQL;
        Expr inner = into(scope, read, ofVariable ? name : f.name(), steps, at + 1, value, location);
        Expr fitted = a.coercer.coerceToTarget(inner, column.type(), column.typmod(), context,
                Expr.CallForm.IMPLICIT_CAST, 0).orElseThrow(() -> new SqlError(SqlState.DATATYPE_MISMATCH, "subfield \"" + f.name()
                        + "\" is of type " + a.types.name(column.type()) + " but expression is of type " + a.types.name(inner.type()))
                        .hint("You will need to rewrite or cast the expression.").at(location));
        Expr stored = new Expr.FieldStore(base, List.of(fitted), List.of(column.number()), type.type());
        return type.type() == base.type() ? stored
                : new Expr.CoerceToDomain(stored, base.type(), -1, 0, Expr.CallForm.IMPLICIT_CAST, location);
    }

    /** Expressions, with DEFAULT allowed. */
    Expr value(Scope scope, Expression e, ExprKind kind) {
        return e instanceof SetToDefault d ? new Expr.SetToDefault(Oids.UNKNOWN, -1, 0, d.location()) : a.expressions.analyze(scope, e, kind);
    }

    /** A SET list: one target entry for each column, parts of one column put together. */
    List<TargetEntry> set(Scope scope, Relation relation, NamespaceItem target, List<Assignment> assignments) {
        List<TargetEntry> made = new ArrayList<>();
        for (Assignment assignment : assignments) {
            switch (assignment) {
                case Assignment.Single s -> one(scope, relation, target, made, s.target(), value(scope, s.value(), ExprKind.UPDATE_SOURCE));
                case Assignment.Multi m -> several(scope, relation, target, made, m);
            }
        }
        return made;
    }

    private void one(Scope scope, Relation relation, NamespaceItem target, List<TargetEntry> made, ColumnTarget written, Expr value) {
        if (SystemColumn.of(written.name()) != null) {
            throw SqlError.notSupported("cannot assign to system column \"" + written.name() + "\"").at(written.location());
        }
        Relation.Column column = settable(relation, target, written);
        int before = -1;
        for (int i = 0; i < made.size(); i++) {
            if (made.get(i).attribute() == column.number()) {
                before = i;
            }
        }
        if (before >= 0 && (written.indirection().isEmpty() || !isPart(made.get(before).expr()))) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "multiple assignments to same column \"" + column.name() + "\"");
        }
        Expr current = before >= 0 ? made.get(before).expr()
                : new Expr.Var(target.rangeIndex, column.number(), column.type(), column.typmod(), column.collation(), 0, 0);
        Expr assigned = assign(scope, value, column, written, Optional.of(current));
        a.permissions.requireColumn(relation.oid(), RequiredPermission.Mode.UPDATE, column.number());
        TargetEntry entry = TargetEntry.of(assigned, column.name(), column.number());
        if (before >= 0) {
            made.set(before, entry);
        } else {
            made.add(entry);
        }
    }

    private Relation.Column settable(Relation relation, NamespaceItem target, ColumnTarget written) {
        try {
            return column(relation, written);
        } catch (SqlError error) {
            boolean qualified = !written.indirection().isEmpty() && written.name().equals(target.alias)
                    && written.indirection().getFirst() instanceof Indirection.Field;
            throw qualified ? error.hint("SET target columns cannot be qualified with the relation name.") : error;
        }
    }

    private static boolean isPart(Expr e) {
        return e instanceof Expr.Subscript || e instanceof Expr.FieldStore;
    }

    private void several(Scope scope, Relation relation, NamespaceItem target, List<TargetEntry> made, Assignment.Multi m) {
        switch (m.source()) {
            case RowExpr row -> {
                if (row.fields().size() != m.targets().size()) {
                    throw mismatch(m.source().location());
                }
                for (int i = 0; i < m.targets().size(); i++) {
                    one(scope, relation, target, made, m.targets().get(i), value(scope, row.fields().get(i), ExprKind.UPDATE_SOURCE));
                }
            }
            case SubLink s when s.kind() == SubLink.Kind.EXPR -> {
                Query query = a.selects.subquery(scope, s.query(), true);
                scope.hasSubLinks = true;
                List<TargetEntry> columns = RangeItems.outputs(query);
                if (columns.size() != m.targets().size()) {
                    throw mismatch(s.location());
                }
                int link = scope.multiAssigns.size();
                scope.multiAssigns.add(new Expr.SubLink(Expr.SubLink.Kind.MULTI_ASSIGN, Optional.empty(), query, Oids.RECORD, -1, 0, "",
                        s.location()));
                for (int i = 0; i < columns.size(); i++) {
                    Expr e = columns.get(i).expr();
                    one(scope, relation, target, made, m.targets().get(i),
                            new Expr.MultiAssignColumn(link, i + 1, e.type(), e.typmod(), e.collation()));
                }
            }
            default -> throw SqlError.notSupported("source for a multiple-column UPDATE item must be a sub-SELECT or ROW() expression")
                    .at(m.source().location());
        }
    }

    private static SqlError mismatch(int location) {
        return new SqlError(SqlState.SYNTAX_ERROR, "number of columns does not match number of values").at(location);
    }

    /** The multiple-assignment subqueries met, as junk targets behind the assigned columns, in the order of their numbers. */
    List<TargetEntry> withLinks(Scope scope, List<TargetEntry> targets) {
        List<TargetEntry> made = new ArrayList<>(targets);
        for (Expr.SubLink link : scope.multiAssigns) {
            made.add(new TargetEntry(link, "", 0, 0, true, 0, 0));
        }
        return made;
    }
}
