package org.gajah.analyze;

/** Simple questions about expressions. */
public final class ExprFacts {
    private ExprFacts() {
    }

    /** Whether a set-returning function or operator stands anywhere in it outside subqueries. */
    public static boolean returnsSet(Expr expr) {
        return any(expr, e -> e instanceof Expr.FunctionCall f && f.returnsSet()
                || e instanceof Expr.OperatorCall o && o.returnsSet());
    }

    /** Whether an aggregate of this query level stands in it. */
    public static boolean containsAggregate(Expr expr) {
        return any(expr, e -> e instanceof Expr.AggregateCall c && c.levelsUp() == 0
                || e instanceof Expr.GroupingCall g && g.levelsUp() == 0);
    }

    /** Whether a window function stands in it. */
    public static boolean containsWindow(Expr expr) {
        return any(expr, e -> e instanceof Expr.WindowCall);
    }

    /** Whether a column of this query level stands in it. */
    public static boolean containsVar(Expr expr) {
        return containsVarAt(expr, 0);
    }

    private static boolean containsVarAt(Expr expr, int level) {
        LevelFinder finder = new LevelFinder(level);
        finder.rewrite(expr);
        return finder.found;
    }

    /** Whether any node outside subqueries satisfies the test. */
    public static boolean any(Expr expr, java.util.function.Predicate<Expr> test) {
        boolean[] found = {false};
        new ExprRewriter() {
            @Override
            public Expr rewrite(Expr e) {
                if (found[0] || test.test(e)) {
                    found[0] = true;
                    return e;
                }
                return rewriteChildren(e);
            }

            @Override
            public Query rewrite(Query query) {
                return query;
            }
        }.rewrite(expr);
        return found[0];
    }

    /** Looks into subqueries, one level further at each. */
    private static final class LevelFinder extends ExprRewriter {
        private int level;
        private boolean found;

        LevelFinder(int level) {
            this.level = level;
        }

        @Override
        public Expr rewrite(Expr e) {
            if (e instanceof Expr.Var v && v.levelsUp() == level) {
                found = true;
            }
            return found ? e : rewriteChildren(e);
        }

        @Override
        public Query rewrite(Query query) {
            level++;
            rewriteChildren(query);
            level--;
            return query;
        }
    }
}
