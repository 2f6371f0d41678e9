package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.Alias;
import org.gajah.ast.ColumnDef;
import org.gajah.ast.Expression;
import org.gajah.ast.FromItem;
import org.gajah.ast.FuncCall;
import org.gajah.catalog.ProcRow;
import org.gajah.catalog.Relation;
import org.gajah.type.Oids;

/** Functions in FROM. */
final class RangeFunctions {
    private final Analysis a;

    RangeFunctions(Analysis analysis) {
        a = analysis;
    }

    NamespaceItem analyze(Scope scope, FromItem.RangeFunction f) {
        boolean outerLateral = scope.lateralActive;
        scope.lateralActive = true;
        List<Expr> calls = new ArrayList<>();
        List<Expression> written = new ArrayList<>();
        List<List<ColumnDef>> definitions = new ArrayList<>();
        for (FromItem.FunctionItem item : f.functions()) {
            for (Expression e : unnestSplit(f, item.function())) {
                Optional<Scope.SetCall> before = scope.lastSet;
                Expr call = a.expressions.analyze(scope, e, ExprKind.FROM_FUNCTION);
                scope.lastSet = before;
                calls.add(a.collations.assign(call));
                written.add(e);
                definitions.add(item.columns().isEmpty() && !f.rowsFrom() ? f.columns() : item.columns());
            }
        }
        scope.lateralActive = outerLateral;
        List<RangeEntry.RangeFunction> functions = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            functions.add(columns(calls.get(i), written.get(i), definitions.get(i), f, calls.size()));
        }
        boolean lateral = f.lateral() || calls.stream().anyMatch(ExprFacts::containsVar);
        String name = f.alias().map(Alias::name).orElseGet(() -> ColumnNames.of(written.getFirst()));
        return a.rangeItems.functions(scope, functions, f.ordinality(), name, f.alias(), lateral);
    }

    /** {@code unnest(a, b)} is {@code ROWS FROM (unnest(a), unnest(b))}. */
    private static List<Expression> unnestSplit(FromItem.RangeFunction f, Expression e) {
        if (e instanceof FuncCall call && call.name().getLast().equals("unnest") && call.arguments().size() > 1
                && (call.name().size() == 1 || call.name().getFirst().equals("pg_catalog")) && call.order().isEmpty()
                && !call.distinct() && !call.star() && !call.variadic() && call.over().isEmpty() && f.columns().isEmpty()) {
            return call.arguments().stream().<Expression>map(arg -> FuncCall.of(List.of("pg_catalog", "unnest"), List.of(arg),
                    call.location())).toList();
        }
        return List.of(e);
    }

    private RangeEntry.RangeFunction columns(Expr call, Expression written, List<ColumnDef> definitions, FromItem.RangeFunction f,
            int functions) {
        List<RowShape.Field> fields = a.types.isRow(call.type()) ? fields(call) : List.of();
        if (!definitions.isEmpty()) {
            checkDefinitions(call, fields, definitions.getFirst().location());
            return defined(call, definitions);
        }
        if (!fields.isEmpty()) {
            return composite(call, fields);
        }
        if (call.type() == Oids.RECORD) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "a column definition list is required for functions returning \"record\"")
                    .at(Locations.of(call));
        }
        if (a.types.isComplex(call.type())) {
            return composite(call, List.of());
        }
        String name = scalarName(call, written, f, functions);
        return new RangeEntry.RangeFunction(call, 1, List.of(name), List.of(call.type()), List.of(call.typmod()),
                List.of(call.collation()));
    }

    private List<RowShape.Field> fields(Expr call) {
        return call instanceof Expr.FunctionCall f ? a.rowShapes.ofFunction(f.function(), f.args()) : a.rowShapes.ofType(call.type());
    }

    private static void checkDefinitions(Expr call, List<RowShape.Field> fields, int location) {
        if (call.type() != Oids.RECORD) {
            throw new SqlError(SqlState.SYNTAX_ERROR, fields.isEmpty()
                    ? "a column definition list is only allowed for functions returning \"record\""
                    : "a column definition list is redundant for a function returning a named composite type").at(location);
        }
        if (!fields.isEmpty()) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "a column definition list is redundant for a function with OUT parameters")
                    .at(location);
        }
    }

    private RangeEntry.RangeFunction defined(Expr call, List<ColumnDef> definitions) {
        List<String> names = new ArrayList<>();
        List<Integer> types = new ArrayList<>();
        List<Integer> typmods = new ArrayList<>();
        List<Integer> collations = new ArrayList<>();
        for (ColumnDef d : definitions) {
            if (names.contains(d.name())) {
                throw new SqlError(SqlState.DUPLICATE_COLUMN, "column name \"" + d.name() + "\" specified more than once").at(d.location());
            }
            Types.Typed type = a.typeNames.resolve(d.type().orElseThrow());
            names.add(d.name());
            types.add(type.type());
            typmods.add(type.typmod());
            collations.add(a.types.collation(type.type()));
        }
        return new RangeEntry.RangeFunction(call, names.size(), names, types, typmods, collations);
    }

    private RangeEntry.RangeFunction composite(Expr call, List<RowShape.Field> fields) {
        List<String> names = new ArrayList<>();
        List<Integer> types = new ArrayList<>();
        List<Integer> typmods = new ArrayList<>();
        List<Integer> collations = new ArrayList<>();
        Optional<Relation> relation = call.type() == Oids.RECORD ? Optional.empty() : a.types.composite(call.type());
        if (relation.isPresent()) {
            for (Relation.Column c : relation.get().columns()) {
                names.add(c.dropped() ? "" : c.name());
                types.add(c.dropped() ? Oids.INT4 : c.type());
                typmods.add(c.typmod());
                collations.add(c.collation());
            }
        } else {
            for (RowShape.Field f : fields) {
                names.add(f.name());
                types.add(f.type());
                typmods.add(f.typmod());
                collations.add(f.collation());
            }
        }
        return new RangeEntry.RangeFunction(call, names.size(), names, types, typmods, collations);
    }

    /** A scalar function's column is called after its OUT parameter, or the alias, or the function. */
    private String scalarName(Expr call, Expression written, FromItem.RangeFunction f, int functions) {
        if (call instanceof Expr.FunctionCall c) {
            Optional<ProcRow> row = a.catalog.function(c.function());
            for (int i = 0; row.isPresent() && i < row.get().modes().size(); i++) {
                if ("obt".indexOf(row.get().modes().get(i)) >= 0 && i < row.get().names().size()
                        && !row.get().names().get(i).isEmpty()) {
                    return row.get().names().get(i);
                }
            }
        }
        return functions == 1 && f.alias().isPresent() ? f.alias().get().name() : ColumnNames.of(written);
    }
}
