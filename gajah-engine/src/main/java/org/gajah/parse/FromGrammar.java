package org.gajah.parse;

import java.util.List;
import java.util.Optional;
import org.gajah.ast.Alias;
import org.gajah.ast.ColumnDef;
import org.gajah.ast.Expression;
import org.gajah.ast.FromItem;
import org.gajah.ast.FromItem.FunctionItem;
import org.gajah.ast.FromItem.JoinExpr;
import org.gajah.ast.FromItem.JoinType;
import org.gajah.ast.FromItem.RangeFunction;
import org.gajah.ast.FromItem.RangeSubselect;
import org.gajah.ast.FromItem.RangeTableSample;
import org.gajah.ast.RangeVar;
import org.gajah.ast.Select;

/** Items of FROM. */
final class FromGrammar {
    private final Grammar g;
    private final TokenStream t;

    FromGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    List<FromItem> list() {
        return t.commaList(this::item);
    }

    /** One item with all its joins. */
    FromItem item() {
        t.guard.enter();
        FromItem item = joins(operand());
        t.guard.leave();
        return item;
    }

    private FromItem joins(FromItem first) {
        FromItem left = first;
        while (atJoin()) {
            left = join(left);
        }
        return left;
    }

    private boolean atJoin() {
        return switch (t.keyword()) {
            case JOIN, CROSS, NATURAL, INNER, LEFT, RIGHT, FULL -> true;
            default -> false;
        };
    }

    private FromItem join(FromItem left) {
        int location = left.location();
        if (t.accept(Keyword.CROSS)) {
            t.expect(Keyword.JOIN);
            return new JoinExpr(JoinType.INNER, false, left, operand(), List.of(), Optional.empty(), Optional.empty(),
                    Optional.empty(), location);
        }
        boolean natural = t.accept(Keyword.NATURAL);
        JoinType type = joinType();
        t.expect(Keyword.JOIN);
        if (natural) {
            return new JoinExpr(type, true, left, operand(), List.of(), Optional.empty(), Optional.empty(),
                    Optional.empty(), location);
        }
        t.guard.enter();
        FromItem right = joins(operand());
        t.guard.leave();
        if (t.accept(Keyword.USING)) {
            List<String> columns = t.parenthesized(t::colId);
            Optional<String> alias = t.after(Keyword.AS, t::colId);
            return new JoinExpr(type, false, left, right, columns, alias, Optional.empty(), Optional.empty(), location);
        }
        t.expect(Keyword.ON);
        Expression condition = g.expressions.expression();
        return new JoinExpr(type, false, left, right, List.of(), Optional.empty(), Optional.of(condition),
                Optional.empty(), location);
    }

    private JoinType joinType() {
        if (t.accept(Keyword.INNER)) {
            return JoinType.INNER;
        }
        JoinType type = t.accept(Keyword.LEFT) ? JoinType.LEFT
                : t.accept(Keyword.RIGHT) ? JoinType.RIGHT
                : t.accept(Keyword.FULL) ? JoinType.FULL : JoinType.INNER;
        if (type != JoinType.INNER) {
            t.accept(Keyword.OUTER);
        }
        return type;
    }

    /** One item without joins behind it. */
    private FromItem operand() {
        int location = t.location();
        if (t.at('(')) {
            return parentheses();
        }
        boolean lateral = t.accept(Keyword.LATERAL);
        if (lateral && t.at('(')) {
            return new RangeSubselect(true, g.selects.inParentheses(), optionalAlias(), location);
        }
        if (t.at(Keyword.XMLTABLE) && t.kind(1) == '(') {
            return g.xml.table(lateral, location);
        } else if (t.at(Keyword.JSON_TABLE) && t.kind(1) == '(') {
            return g.jsonTables.table(lateral, location);
        } else if (t.at(Keyword.ROWS) && t.keyword(1) == Keyword.FROM) {
            return rowsFrom(lateral, location);
        } else if (lateral || atFunction()) {
            return function(lateral, location);
        }
        RangeVar relation = g.names.relation();
        FromItem item = relation.as(optionalAlias());
        return t.at(Keyword.TABLESAMPLE) ? sample(item) : item;
    }

    private FromItem sample(FromItem relation) {
        int location = t.location(1);
        t.expect(Keyword.TABLESAMPLE);
        List<String> method = t.functionName();
        List<Expression> arguments = t.parenthesized(g.expressions::expression);
        Optional<Expression> seed = Optional.empty();
        if (t.accept(Keyword.REPEATABLE)) {
            t.expect('(');
            seed = Optional.of(g.expressions.expression());
            t.expect(')');
        }
        return new RangeTableSample(relation, method, arguments, seed, location);
    }

    /** {@code (query)}, {@code (join)}, or either in more parentheses. */
    private FromItem parentheses() {
        int location = t.location();
        Inner inner = inner();
        if (inner.query().isPresent()) {
            return new RangeSubselect(false, inner.query().get(), optionalAlias(), location);
        }
        JoinExpr join = inner.join().orElseThrow(t::syntaxError);
        Optional<Alias> alias = optionalAlias();
        return alias.isEmpty() ? join : new JoinExpr(join.type(), join.natural(), join.left(), join.right(),
                join.using(), join.usingAlias(), join.condition(), alias, location);
    }

    /** What parentheses in FROM held: one of the two. */
    private record Inner(Optional<Select> query, Optional<JoinExpr> join) {
    }

    private Inner inner() {
        t.guard.enter();
        t.expect('(');
        Inner result;
        if (g.selects.startsQuery()) {
            result = new Inner(Optional.of(g.selects.select()), Optional.empty());
        } else if (t.at('(')) {
            result = innerNested();
        } else {
            result = new Inner(Optional.empty(), Optional.of(joined(joins(operand()))));
        }
        t.expect(')');
        t.guard.leave();
        return result;
    }

    private Inner innerNested() {
        int location = t.location();
        Inner inner = inner();
        if (inner.query().isPresent()) {
            if (t.at(')')) {
                return inner;
            } else if (g.selects.continuesQuery()) {
                return new Inner(Optional.of(g.selects.continued(inner.query().get())), Optional.empty());
            }
            FromItem first = new RangeSubselect(false, inner.query().get(), optionalAlias(), location);
            return new Inner(Optional.empty(), Optional.of(joined(joins(first))));
        }
        JoinExpr join = inner.join().orElseThrow(t::syntaxError);
        Optional<Alias> alias = optionalAlias();
        FromItem first = alias.isEmpty() ? join : new JoinExpr(join.type(), join.natural(), join.left(), join.right(),
                join.using(), join.usingAlias(), join.condition(), alias, location);
        return new Inner(Optional.empty(), Optional.of(joined(joins(first))));
    }

    /** Parentheses hold a join without alias, nothing else. */
    private JoinExpr joined(FromItem item) {
        if (item instanceof JoinExpr join && join.alias().isEmpty()) {
            return join;
        }
        throw t.syntaxError();
    }

    private boolean atFunction() {
        if (t.kind(1) == '(') {
            return !t.at(Keyword.ONLY);
        }
        if (t.kind() >= Token.KEYWORD && !t.atColId()) {
            return !t.at(Keyword.ONLY);
        }
        int ahead = 1;
        while (t.kind(ahead) == '.') {
            ahead += 2;
        }
        return ahead > 1 && t.kind(ahead) == '(';
    }

    private FromItem function(boolean lateral, int location) {
        Expression call = call();
        boolean ordinality = t.accept(Keyword.WITH, Keyword.ORDINALITY);
        return aliased(lateral, ordinality, false, List.of(new FunctionItem(call, List.of())), location);
    }

    /** A call without WITHIN GROUP, FILTER, OVER. */
    Expression call() {
        int location = t.location();
        Optional<Expression> special = g.specials.special();
        if (special.isPresent()) {
            return special.get();
        }
        if (!t.atColId() && !t.atTypeFunctionName()) {
            throw t.syntaxError();
        }
        return g.calls.application(t.functionName(), location);
    }

    private FromItem rowsFrom(boolean lateral, int location) {
        t.expect(Keyword.ROWS, Keyword.FROM);
        List<FunctionItem> functions = t.parenthesized(() -> {
            Expression call = call();
            return new FunctionItem(call, t.accept(Keyword.AS) ? columnDefinitions() : List.of());
        });
        boolean ordinality = t.accept(Keyword.WITH, Keyword.ORDINALITY);
        return aliased(lateral, ordinality, true, functions, location);
    }

    /** A function with its alias, which may carry column definitions. */
    private FromItem aliased(boolean lateral, boolean ordinality, boolean rowsFrom, List<FunctionItem> functions,
            int location) {
        boolean as = t.accept(Keyword.AS);
        if (as && t.at('(')) {
            return new RangeFunction(lateral, ordinality, rowsFrom, functions, Optional.empty(), columnDefinitions(),
                    location);
        }
        if (!as && !t.atColId()) {
            return new RangeFunction(lateral, ordinality, rowsFrom, functions, Optional.empty(), List.of(), location);
        }
        String name = t.colId();
        if (t.at('(') && t.atColId(1) && t.kind(2) != ',' && t.kind(2) != ')') {
            return new RangeFunction(lateral, ordinality, rowsFrom, functions,
                    Optional.of(new Alias(name, List.of())), columnDefinitions(), location);
        }
        Alias alias = new Alias(name, t.optionalParenthesized(t::colId));
        return new RangeFunction(lateral, ordinality, rowsFrom, functions, Optional.of(alias), List.of(), location);
    }

    private List<ColumnDef> columnDefinitions() {
        return t.parenthesized(() -> {
            int location = t.location();
            String name = t.colId();
            var type = g.types.typeName();
            return ColumnDef.of(name, type, t.accept(Keyword.COLLATE) ? t.anyName() : List.of(), location);
        });
    }

    /** [AS] name [(columns)], if it is there. */
    Optional<Alias> optionalAlias() {
        if (!t.accept(Keyword.AS) && !t.atColId()) {
            return Optional.empty();
        }
        return Optional.of(new Alias(t.colId(), t.optionalParenthesized(t::colId)));
    }

    /** The relation of UPDATE, DELETE and MERGE, whose alias has no columns and is not SET unless AS says so. */
    RangeVar target() {
        RangeVar relation = g.names.relation();
        if (t.accept(Keyword.AS) || t.atColId() && !t.at(Keyword.SET)) {
            return relation.as(Optional.of(new Alias(t.colId(), List.of())));
        }
        return relation;
    }

    List<FromItem> optionalList(Keyword word) {
        return t.accept(word) ? list() : List.of();
    }
}
