package org.gajah.analyze;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.AArrayExpr;
import org.gajah.ast.AConst;
import org.gajah.ast.AExpr;
import org.gajah.ast.Alias;
import org.gajah.ast.CaseExpr;
import org.gajah.ast.ColumnRef;
import org.gajah.ast.Expression;
import org.gajah.ast.FromItem;
import org.gajah.ast.RangeVar;
import org.gajah.ast.ResTarget;
import org.gajah.ast.RowExpr;
import org.gajah.ast.Select;
import org.gajah.ast.SelectBody;
import org.gajah.ast.TypeCast;
import org.gajah.ast.TypeName;
import org.gajah.ast.WithClause;
import org.gajah.ast.WithClause.CommonTableExpr;

/**
 * SEARCH and CYCLE of a recursive WITH query, written out: both its terms become subqueries around which the columns are computed that
 * the clauses add. The recursive term hands their former values through:
 *
 * <pre>
 * SELECT l.*, ARRAY[ROW(l.id)] AS seq FROM (left) l (id, ...)
 * UNION ALL
 * SELECT r.id, ..., r.seq || ROW(r.id) FROM (SELECT ..., q.seq FROM ... q ...) r (id, ..., seq)
 * </pre>
 *
 * A breadth-first search counts levels in a last column, which nobody else sees.
 */
final class SearchCycle {
    private static final String LEFT = "*TLOCRN*";
    private static final String RIGHT = "*TROCRN*";
    private static final String DEPTH = "*DEPTH*";

    private final CommonTableExpr table;
    private final List<String> names;
    private final int at;

    private SearchCycle(CommonTableExpr table, List<String> names) {
        this.table = table;
        this.names = names;
        this.at = table.location();
    }

    static boolean isIn(CommonTableExpr table) {
        return table.search().isPresent() || table.cycle().isPresent();
    }

    /** Columns at the end of the rewritten query that references do not see. */
    static int hiddenColumns(CommonTableExpr table) {
        return table.search().filter(WithClause.CteSearch::breadthFirst).isPresent() ? 1 : 0;
    }

    /** The left term of the union; an error if the query is not of the form that these clauses need. */
    static Select left(CommonTableExpr table, boolean recursive) {
        if (!recursive) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "WITH query is not recursive").at(table.location());
        }
        SelectBody.SetOperation union = union(table);
        if (union.left().body() instanceof SelectBody.SetOperation) {
            throw SqlError.notSupported("with a SEARCH or CYCLE clause, the left side of the UNION must be a SELECT").at(table.location());
        }
        if (!(union.right().body() instanceof SelectBody.Simple)) {
            throw SqlError.notSupported("with a SEARCH or CYCLE clause, the right side of the UNION must be a SELECT").at(table.location());
        }
        return union.left();
    }

    private static SelectBody.SetOperation union(CommonTableExpr table) {
        return (SelectBody.SetOperation) ((Select) table.query()).body();
    }

    /** The same WITH query without the clauses; {@code names} are its columns'. */
    static CommonTableExpr rewrite(CommonTableExpr table, List<String> names) {
        SearchCycle rewriter = new SearchCycle(table, names);
        rewriter.check();
        return rewriter.rewritten();
    }

    private void check() {
        table.search().ifPresent(s -> columns("search", s.columns(), s.location()));
        table.cycle().ifPresent(c -> {
            columns("cycle", c.columns(), c.location());
            if (c.markColumn().equals(c.pathColumn())) {
                throw error("cycle mark column name and cycle path column name are the same", c.location());
            }
            table.search().ifPresent(s -> {
                if (s.sequenceColumn().equals(c.markColumn())) {
                    throw error("search sequence column name and cycle mark column name are the same", s.location());
                }
                if (s.sequenceColumn().equals(c.pathColumn())) {
                    throw error("search sequence column name and cycle path column name are the same", s.location());
                }
            });
        });
    }

    /** Errors about the names of the added columns, which come after those about the query itself. */
    static void checkNames(CommonTableExpr table, List<String> names) {
        new SearchCycle(table, names).checkNames();
    }

    private void checkNames() {
        table.search().ifPresent(s -> {
            free("search sequence column name", s.sequenceColumn(), s.location());
        });
        table.cycle().ifPresent(c -> {
            free("cycle mark column name", c.markColumn(), c.location());
            free("cycle path column name", c.pathColumn(), c.location());
        });
    }

    private void columns(String clause, List<String> columns, int location) {
        Set<String> seen = new HashSet<>();
        for (String column : columns) {
            if (!names.contains(column)) {
                throw error(clause + " column \"" + column + "\" not in WITH query column list", location);
            }
            if (!seen.add(column)) {
                throw new SqlError(SqlState.DUPLICATE_COLUMN, clause + " column \"" + column + "\" specified more than once").at(location);
            }
        }
    }

    private void free(String what, String name, int location) {
        if (names.contains(name)) {
            throw error(what + " \"" + name + "\" already used in WITH query column list", location);
        }
    }

    private static SqlError error(String message, int location) {
        return new SqlError(SqlState.SYNTAX_ERROR, message).at(location);
    }

    private CommonTableExpr rewritten() {
        Select query = (Select) table.query();
        SelectBody.SetOperation union = union(table);
        List<String> all = new ArrayList<>(names);
        all.addAll(added());
        Select left = around(union.left(), LEFT, names, firstValues(), Optional.empty());
        Optional<Expression> goesOn = table.cycle().map(c -> operator("<>", column(RIGHT, c.markColumn()), c.markValue()));
        Select right = around(handingThrough(union.right()), RIGHT, all, nextValues(), goesOn);
        SelectBody body = new SelectBody.SetOperation(union.operator(), union.all(), left, right, union.location());
        return new CommonTableExpr(table.name(), all, table.materialized(), new Select(query.with(), body, query.order(), query.limit(),
                query.locking(), query.location()), Optional.empty(), Optional.empty(), table.location());
    }

    /** The names of the columns that are added. */
    private List<String> added() {
        List<String> added = new ArrayList<>();
        table.search().ifPresent(s -> added.add(s.sequenceColumn()));
        table.cycle().ifPresent(c -> {
            added.add(c.markColumn());
            added.add(c.pathColumn());
        });
        if (hiddenColumns(table) > 0) {
            added.add(DEPTH);
        }
        return added;
    }

    private List<Expression> firstValues() {
        List<Expression> values = new ArrayList<>();
        table.search().ifPresent(s -> values.add(s.breadthFirst() ? leveled(LEFT, bigint(0), s.columns())
                : new AArrayExpr(List.of(row(LEFT, s.columns())), at)));
        table.cycle().ifPresent(c -> {
            values.add(c.markDefault());
            values.add(new AArrayExpr(List.of(row(LEFT, c.columns())), at));
        });
        if (hiddenColumns(table) > 0) {
            values.add(bigint(0));
        }
        return values;
    }

    private List<Expression> nextValues() {
        List<Expression> values = new ArrayList<>();
        Expression deeper = operator("+", column(RIGHT, DEPTH), bigint(1));
        table.search().ifPresent(s -> values.add(s.breadthFirst() ? leveled(RIGHT, deeper, s.columns())
                : operator("||", column(RIGHT, s.sequenceColumn()), row(RIGHT, s.columns()))));
        table.cycle().ifPresent(c -> {
            Expression again = new AExpr(AExpr.Kind.OP_ANY, List.of("="), Optional.of(row(RIGHT, c.columns())), column(RIGHT, c.pathColumn()), at);
            values.add(new CaseExpr(Optional.empty(), List.of(new CaseExpr.CaseWhen(again, c.markValue(), at)), Optional.of(c.markDefault()), at));
            values.add(operator("||", column(RIGHT, c.pathColumn()), row(RIGHT, c.columns())));
        });
        if (hiddenColumns(table) > 0) {
            values.add(deeper);
        }
        return values;
    }

    /** A query around a term: its columns, then the added ones. */
    private Select around(Select term, String alias, List<String> termColumns, List<Expression> values, Optional<Expression> where) {
        List<ResTarget> targets = new ArrayList<>();
        names.forEach(name -> targets.add(new ResTarget(Optional.of(name), column(alias, name), at)));
        List<String> added = added();
        for (int i = 0; i < values.size(); i++) {
            targets.add(new ResTarget(Optional.of(added.get(i)), values.get(i), at));
        }
        FromItem from = new FromItem.RangeSubselect(false, term, Optional.of(new Alias(alias, termColumns)), at);
        return Select.of(new SelectBody.Simple(new SelectBody.Distinct.None(), targets, Optional.empty(), List.of(from), where,
                SelectBody.GroupBy.NONE, Optional.empty(), List.of(), at));
    }

    /** The recursive term with the added columns of the rows it starts from. */
    private Select handingThrough(Select term) {
        SelectBody.Simple simple = (SelectBody.Simple) term.body();
        String alias = simple.from().stream().flatMap(item -> reference(item).stream()).findFirst().orElse(table.name());
        List<ResTarget> targets = new ArrayList<>(simple.targets());
        added().forEach(name -> targets.add(new ResTarget(Optional.of(name), column(alias, name), at)));
        SelectBody body = new SelectBody.Simple(simple.distinct(), targets, simple.into(), simple.from(), simple.where(), simple.groupBy(),
                simple.having(), simple.windows(), simple.location());
        return new Select(term.with(), body, term.order(), term.limit(), term.locking(), term.location());
    }

    /** What the recursive term calls the query that it belongs to. */
    private Optional<String> reference(FromItem item) {
        return switch (item) {
            case RangeVar v when v.relation().equals(table.name()) && v.schema().isEmpty() -> Optional.of(v.alias().map(Alias::name).orElse(table.name()));
            case FromItem.JoinExpr join -> reference(join.left()).or(() -> reference(join.right()));
            case RangeVar _, FromItem.RangeSubselect _, FromItem.RangeFunction _, FromItem.RangeTableSample _, FromItem.RangeTableFunc _ -> Optional.empty();
        };
    }

    private Expression column(String alias, String name) {
        return new ColumnRef(List.of(alias, name), false, at);
    }

    private Expression row(String alias, List<String> columns) {
        return new RowExpr(columns.stream().map(name -> column(alias, name)).toList(), true, at);
    }

    private Expression leveled(String alias, Expression level, List<String> columns) {
        List<Expression> fields = new ArrayList<>(List.of(level));
        columns.forEach(name -> fields.add(column(alias, name)));
        return new RowExpr(fields, true, at);
    }

    private Expression operator(String name, Expression left, Expression right) {
        return new AExpr(AExpr.Kind.OP, List.of(name), Optional.of(left), right, at);
    }

    private Expression bigint(int value) {
        return new TypeCast(new AConst.Int(value, at), BIGINT, at);
    }

    private static final TypeName BIGINT = TypeName.system("int8", 0);
}
