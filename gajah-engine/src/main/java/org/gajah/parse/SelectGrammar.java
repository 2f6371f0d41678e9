package org.gajah.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gajah.ast.ColumnRef;
import org.gajah.ast.Expression;
import org.gajah.ast.FromItem;
import org.gajah.ast.IntoClause;
import org.gajah.ast.OnCommit;
import org.gajah.ast.Persistence;
import org.gajah.ast.RangeVar;
import org.gajah.ast.ResTarget;
import org.gajah.ast.Select;
import org.gajah.ast.SelectBody;
import org.gajah.ast.SelectBody.Distinct;
import org.gajah.ast.SelectBody.GroupBy;
import org.gajah.ast.SelectBody.GroupElement;
import org.gajah.ast.SelectBody.SetOperator;
import org.gajah.ast.SelectBody.SetsKind;
import org.gajah.ast.SortBy;
import org.gajah.ast.WindowDef;
import org.gajah.ast.WithClause;

/** Queries. Parentheses around one leave no trace; what is said outside them is merged into what they hold. */
final class SelectGrammar {
    private static final Distinct NOT_DISTINCT = new Distinct.None();

    private final Grammar g;
    private final TokenStream t;

    SelectGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** Whether a query starts here, parentheses aside. */
    boolean startsQuery() {
        return startsQuery(0);
    }

    private boolean startsQuery(int ahead) {
        return switch (t.keyword(ahead)) {
            case SELECT, WITH, TABLE -> true;
            case VALUES -> t.kind(ahead + 1) == '(';
            default -> false;
        };
    }

    /** Whether a query starts here, behind any number of parentheses. */
    boolean startsQueryInParentheses() {
        int ahead = 0;
        while (t.kind(ahead) == '(') {
            ahead++;
        }
        return startsQuery(ahead);
    }

    /** Whether the query in parentheses that has just been read goes on. */
    boolean continuesQuery() {
        return switch (t.keyword()) {
            case UNION, INTERSECT, EXCEPT, ORDER, LIMIT, OFFSET, FETCH, FOR -> true;
            default -> false;
        };
    }

    /** {@code (query)}. */
    Select inParentheses() {
        t.guard.enter();
        t.expect('(');
        Select query = t.at('(') ? continued(inParentheses()) : select();
        t.expect(')');
        t.guard.leave();
        return query;
    }

    /** A query, maybe with WITH, maybe in parentheses. */
    Select select() {
        int location = t.location();
        Optional<WithClause> with = g.with.optional();
        return select(with, location);
    }

    /** The query behind its WITH. */
    Select select(Optional<WithClause> with, int location) {
        t.guard.enter();
        Select query = withOptions(with, setOperations(operand(), 0), location);
        t.guard.leave();
        return query;
    }

    /** The rest of a query that starts with one in parentheses. */
    Select continued(Select first) {
        if (!continuesQuery()) {
            return first;
        }
        return withOptions(Optional.empty(), setOperations(first, 0), first.location());
    }

    private Select operand() {
        return t.at('(') ? inParentheses() : Select.of(body());
    }

    private Select setOperations(Select first, int least) {
        Select left = first;
        while (true) {
            SetOperator operator = switch (t.keyword()) {
                case UNION -> SetOperator.UNION;
                case EXCEPT -> SetOperator.EXCEPT;
                case INTERSECT -> SetOperator.INTERSECT;
                default -> null;
            };
            int level = operator == SetOperator.INTERSECT ? 2 : 1;
            if (operator == null || level < least) {
                return left;
            }
            t.skip();
            boolean all = t.accept(Keyword.ALL);
            if (!all) {
                t.accept(Keyword.DISTINCT);
            }
            Select right = setOperations(operand(), level + 1);
            left = Select.of(new SelectBody.SetOperation(operator, all, left, right, left.location()));
        }
    }

    private Select withOptions(Optional<WithClause> with, Select query, int location) {
        List<SortBy> order = optionalSort();
        QueryTail tail = QueryTail.read(g);
        if (with.isEmpty() && order.isEmpty() && tail.isEmpty()) {
            return query;
        }
        if (!order.isEmpty() && !query.order().isEmpty()) {
            throw TokenStream.error("multiple ORDER BY clauses not allowed",
                    order.getFirst().expression().location());
        }
        if (with.isPresent() && query.with().isPresent()) {
            throw TokenStream.error("multiple WITH clauses not allowed", with.get().location());
        }
        List<SortBy> allOrder = order.isEmpty() ? query.order() : order;
        Optional<Select.Limit> limit = tail.limitOver(query.limit(), !allOrder.isEmpty());
        List<Select.LockingClause> locking = new ArrayList<>(query.locking());
        locking.addAll(tail.locking());
        tail.checkTies(limit, locking);
        return new Select(with.or(query::with), query.body(), allOrder, limit, List.copyOf(locking), location);
    }

    private SelectBody body() {
        int location = t.location();
        if (t.accept(Keyword.VALUES)) {
            return new SelectBody.Values(t.commaList(() -> t.parenthesized(g.expressions::expression)), location);
        } else if (t.accept(Keyword.TABLE)) {
            RangeVar relation = g.names.relation();
            ResTarget star = new ResTarget(Optional.empty(), new ColumnRef(List.of(), true, 0), 0);
            return new SelectBody.Simple(NOT_DISTINCT, List.of(star), Optional.empty(), List.of(relation),
                    Optional.empty(), GroupBy.NONE, Optional.empty(), List.of(), location);
        }
        t.expect(Keyword.SELECT);
        Distinct distinct = distinct();
        List<ResTarget> targets = distinct == NOT_DISTINCT && endsTargets() ? List.of() : targets();
        Optional<IntoClause> into = t.after(Keyword.INTO, this::into);
        List<FromItem> from = t.accept(Keyword.FROM) ? g.from.list() : List.of();
        Optional<Expression> where = t.after(Keyword.WHERE, g.expressions::expression);
        GroupBy groupBy = groupBy();
        Optional<Expression> having = t.after(Keyword.HAVING, g.expressions::expression);
        List<WindowDef> windows = g.windows.clause();
        return new SelectBody.Simple(distinct, targets, into, from, where, groupBy, having, windows, location);
    }

    private Distinct distinct() {
        if (t.accept(Keyword.ALL) || !t.accept(Keyword.DISTINCT)) {
            return NOT_DISTINCT;
        }
        return t.accept(Keyword.ON)
                ? new Distinct.On(t.parenthesized(g.expressions::expression)) : new Distinct.All();
    }

    private boolean endsTargets() {
        return endsTargets(0);
    }

    /** Whether a select list ends before the token {@code ahead} places on. */
    boolean endsTargets(int ahead) {
        return switch (t.keyword(ahead)) {
            case INTO, FROM, WHERE, GROUP, HAVING, WINDOW, UNION, INTERSECT, EXCEPT, ORDER, LIMIT, OFFSET, FETCH, FOR,
                 WITH, ON, RETURNING -> true;
            default -> t.kind(ahead) == Token.END || t.kind(ahead) == ';' || t.kind(ahead) == ')';
        };
    }

    /** A select list, also RETURNING's. */
    List<ResTarget> targets() {
        return t.commaList(this::target);
    }

    private ResTarget target() {
        int location = t.location();
        if (t.accept('*')) {
            return new ResTarget(Optional.empty(), new ColumnRef(List.of(), true, location), location);
        }
        Expression value = g.expressions.target();
        Optional<String> name = Optional.empty();
        if (t.accept(Keyword.AS)) {
            name = Optional.of(t.colLabel());
        } else if (t.atBareColLabel()) {
            name = Optional.of(t.colLabel());
        }
        return new ResTarget(name, value, location);
    }

    private IntoClause into() {
        Persistence persistence = g.tables.intoPersistence();
        t.accept(Keyword.TABLE);
        return new IntoClause(g.names.qualifiedName(), persistence, List.of(), Optional.empty(), List.of(),
                OnCommit.NOOP, Optional.empty(), true);
    }

    private GroupBy groupBy() {
        if (!t.accept(Keyword.GROUP)) {
            return GroupBy.NONE;
        }
        t.expect(Keyword.BY);
        boolean distinct = t.accept(Keyword.DISTINCT);
        if (!distinct) {
            t.accept(Keyword.ALL);
        }
        return new GroupBy(distinct, t.commaList(this::groupElement));
    }

    private GroupElement groupElement() {
        int location = t.location();
        if (t.at('(') && t.kind(1) == ')') {
            t.skip();
            t.skip();
            return new GroupElement.Empty(location);
        } else if (t.at(Keyword.ROLLUP) && t.kind(1) == '(') {
            return simpleSets(SetsKind.ROLLUP, location);
        } else if (t.at(Keyword.CUBE) && t.kind(1) == '(') {
            return simpleSets(SetsKind.CUBE, location);
        } else if (t.accept(Keyword.GROUPING, Keyword.SETS)) {
            t.guard.enter();
            List<GroupElement> elements = t.parenthesized(this::groupElement);
            t.guard.leave();
            return new GroupElement.Sets(SetsKind.GROUPING_SETS, elements, location);
        }
        return new GroupElement.Item(g.expressions.expression());
    }

    private GroupElement simpleSets(SetsKind kind, int location) {
        t.skip();
        List<GroupElement> elements =
                t.parenthesized(() -> new GroupElement.Item(g.expressions.expression()));
        return new GroupElement.Sets(kind, elements, location);
    }

    /** ORDER BY, if it is there. */
    List<SortBy> optionalSort() {
        return t.at(Keyword.ORDER) ? sort() : List.of();
    }

    /** ORDER BY. */
    List<SortBy> sort() {
        t.expect(Keyword.ORDER, Keyword.BY);
        return t.commaList(this::sortBy);
    }

    private SortBy sortBy() {
        Expression expression = g.expressions.expression();
        int location = expression.location();
        if (t.at(Keyword.USING)) {
            location = t.location(1);
            t.skip();
            List<String> operator = g.names.operator();
            return new SortBy(expression, SortBy.Direction.USING, operator, nulls(), location);
        }
        return new SortBy(expression, direction(), List.of(), nulls(), location);
    }

    SortBy.Direction direction() {
        return t.accept(Keyword.ASC) ? SortBy.Direction.ASC
                : t.accept(Keyword.DESC) ? SortBy.Direction.DESC : SortBy.Direction.DEFAULT;
    }

    SortBy.Nulls nulls() {
        if (!t.accept(Keyword.NULLS)) {
            return SortBy.Nulls.DEFAULT;
        } else if (t.accept(Keyword.FIRST)) {
            return SortBy.Nulls.FIRST;
        }
        t.expect(Keyword.LAST);
        return SortBy.Nulls.LAST;
    }
}
