package org.gajah.analyze;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.Select;
import org.gajah.ast.SelectBody;
import org.gajah.ast.WithClause;
import org.gajah.type.Oids;

/** WITH: its queries, in an order in which each comes after those it uses. */
final class Withs {
    private final Analysis a;

    Withs(Analysis analysis) {
        a = analysis;
    }

    void analyze(Scope scope, WithClause with, QueryBuilder q) {
        Set<String> names = new HashSet<>();
        for (WithClause.CommonTableExpr table : with.tables()) {
            if (!names.add(table.name())) {
                throw new SqlError(SqlState.DUPLICATE_ALIAS, "WITH query name \"" + table.name() + "\" specified more than once")
                        .at(table.location());
            }
            if (!(table.query() instanceof Select)) {
                if (scope.parent.isPresent()) {
                    throw SqlError.notSupported("WITH clause containing a data-modifying statement must be at the top level")
                            .at(table.location());
                }
            }
        }
        q.recursive = with.recursive();
        if (with.recursive()) {
            for (WithClause.CommonTableExpr table : RecursiveOrder.sorted(with.tables())) {
                analyze(scope, table, RecursiveOrder.mentions(table.query(), table.name()));
            }
        } else {
            List<String> future = new ArrayList<>(with.tables().stream().map(WithClause.CommonTableExpr::name).toList());
            for (WithClause.CommonTableExpr table : with.tables()) {
                scope.futureCtes.clear();
                scope.futureCtes.addAll(future);
                analyze(scope, table, false);
                future.removeFirst();
            }
            scope.futureCtes.clear();
        }
    }

    private void analyze(Scope scope, WithClause.CommonTableExpr table, boolean recursive) {
        if (SearchCycle.isIn(table)) {
            Select left = SearchCycle.left(table, recursive);
            RecursionCheck.check(table);
            List<String> names = new ArrayList<>();
            for (TargetEntry output : RangeItems.outputs(a.selects.statement(scope.inner(), left))) {
                names.add(names.size() < table.columns().size() ? table.columns().get(names.size()) : output.name());
            }
            Scope.Cte cte = analyzeQuery(scope, SearchCycle.rewrite(table, names), true);
            SearchCycle.checkNames(table, names);
            cte.hideLast(SearchCycle.hiddenColumns(table));
        } else {
            analyzeQuery(scope, table, recursive);
        }
    }

    private Scope.Cte analyzeQuery(Scope scope, WithClause.CommonTableExpr table, boolean recursive) {
        Query.CommonTable.Materialize materialize = table.materialized()
                .map(m -> m ? Query.CommonTable.Materialize.ALWAYS : Query.CommonTable.Materialize.NEVER)
                .orElse(Query.CommonTable.Materialize.DEFAULT);
        Scope.Cte cte = new Scope.Cte(table.name(), materialize, recursive);
        Scope inner = scope.inner();
        if (recursive) {
            RecursionCheck.check(table);
            cte.inProgress = true;
            cte.columnNames = table.columns();
            scope.ctes.add(cte);
            inner.parentCte = java.util.Optional.of(cte);
        }
        Query query = a.selects.statement(inner, table.query());
        if (!recursive) {
            scope.ctes.add(cte);
        }
        List<Integer> before = cte.types;
        List<Integer> typmodsBefore = cte.typmods;
        cte.query = java.util.Optional.of(query);
        cte.inProgress = false;
        columns(cte, query, table);
        if (recursive && !before.isEmpty()) {
            checkTypes(cte, before, typmodsBefore, table);
        }
        return cte;
    }

    /** The columns that references see: named by the query or the list behind the name. */
    void columns(Scope.Cte cte, Query query, WithClause.CommonTableExpr table) {
        describe(cte, RangeItems.outputs(query), table.columns(), table.location());
    }

    static void describe(Scope.Cte cte, List<TargetEntry> outputs, List<String> names, int location) {
        List<String> columnNames = new ArrayList<>();
        List<Integer> types = new ArrayList<>();
        List<Integer> typmods = new ArrayList<>();
        List<Integer> collations = new ArrayList<>();
        for (TargetEntry t : outputs) {
            boolean unknown = t.expr().type() == Oids.UNKNOWN;
            columnNames.add(columnNames.size() < names.size() ? names.get(columnNames.size()) : t.name());
            types.add(unknown ? Oids.TEXT : t.expr().type());
            typmods.add(t.expr().typmod());
            collations.add(unknown ? 100 : t.expr().collation());
        }
        if (names.size() > outputs.size()) {
            throw new SqlError(SqlState.INVALID_COLUMN_REFERENCE, "WITH query \"" + cte.name + "\" has " + outputs.size()
                    + " columns available but " + names.size() + " columns specified").at(location);
        }
        cte.columnNames = columnNames;
        cte.types = types;
        cte.typmods = typmods;
        cte.collations = collations;
    }

    private void checkTypes(Scope.Cte cte, List<Integer> nonRecursive, List<Integer> typmods, WithClause.CommonTableExpr table) {
        for (int i = 0; i < nonRecursive.size(); i++) {
            int before = nonRecursive.get(i);
            int overall = cte.types.get(i);
            if (before != overall || !typmods.get(i).equals(cte.typmods.get(i))) {
                throw new SqlError(SqlState.DATATYPE_MISMATCH, "recursive query \"" + cte.name + "\" column " + (i + 1) + " has type "
                        + shown(before, typmods.get(i)) + " in non-recursive term but type " + shown(overall, cte.typmods.get(i)) + " overall")
                        .hint("Cast the output of the non-recursive term to the correct type.").at(leftLocation(table, i));
            }
        }
    }

    private String shown(int type, int typmod) {
        return typmod < 0 ? a.types.name(type) : a.types.name(type, typmod);
    }

    private static int leftLocation(WithClause.CommonTableExpr table, int column) {
        if (table.query() instanceof Select s && s.body() instanceof SelectBody.SetOperation set
                && set.left().body() instanceof SelectBody.Simple simple && column < simple.targets().size()) {
            return AstLocations.of(simple.targets().get(column).value());
        }
        return 0;
    }
}
