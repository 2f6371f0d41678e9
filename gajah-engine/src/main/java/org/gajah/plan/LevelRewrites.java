package org.gajah.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.gajah.analyze.Expr;
import org.gajah.analyze.ExprRewriter;
import org.gajah.analyze.Query;
import org.gajah.analyze.QueryBuilder;
import org.gajah.analyze.RangeEntry;

/** Rewritings that move expressions and queries from one query level to another; what refers to a level is counted right. */
final class LevelRewrites {
    private LevelRewrites() {
    }

    /** Knows how deep below the level in question it is, and treats what refers to that level or further out. */
    private abstract static class Levels extends ExprRewriter {
        int depth;

        /** A variable of the level in question ({@code levelsUp == depth}) or of one further out. */
        abstract Expr outward(Expr.Var v);

        /** How many levels up something counts that counted {@code levelsUp}, at least {@code depth}. */
        abstract int moved(int levelsUp);

        @Override
        public Expr rewrite(Expr e) {
            return switch (e) {
                case Expr.Var v -> v.levelsUp() >= depth ? outward(v) : v;
                case Expr.AggregateCall a when a.levelsUp() >= depth && moved(a.levelsUp()) != a.levelsUp() -> {
                    Expr.AggregateCall c = (Expr.AggregateCall) rewriteChildren(a);
                    yield new Expr.AggregateCall(c.function(), c.type(), c.collation(), c.inputCollation(), c.directArgs(), c.args(), c.order(),
                            c.distinct(), c.filter(), c.star(), c.variadic(), c.kind(), moved(a.levelsUp()), c.location());
                }
                case Expr.GroupingCall g when g.levelsUp() >= depth && moved(g.levelsUp()) != g.levelsUp() -> {
                    Expr.GroupingCall c = (Expr.GroupingCall) rewriteChildren(g);
                    yield new Expr.GroupingCall(c.args(), c.references(), moved(g.levelsUp()), c.location());
                }
                default -> rewriteChildren(e);
            };
        }

        @Override
        public Query rewrite(Query query) {
            depth++;
            Query made = ctes(rewriteChildren(query));
            depth--;
            return made;
        }

        final Query ctes(Query query) {
            List<RangeEntry> entries = null;
            for (int i = 0; i < query.rangeTable().size(); i++) {
                if (query.rangeTable().get(i) instanceof RangeEntry.CteReference c && c.levelsUp() >= depth && moved(c.levelsUp()) != c.levelsUp()) {
                    entries = entries == null ? new ArrayList<>(query.rangeTable()) : entries;
                    entries.set(i, new RangeEntry.CteReference(c.cte(), moved(c.levelsUp()), c.self(), c.types(), c.typmods(), c.collations(),
                            c.alias(), c.columnNames()));
                }
            }
            if (entries == null) {
                return query;
            }
            QueryBuilder builder = new QueryBuilder(query);
            builder.rangeTable = entries;
            return builder.build();
        }

        static Expr.Var var(Expr.Var v, int rangeIndex, int levelsUp) {
            return new Expr.Var(rangeIndex, v.attribute(), v.type(), v.typmod(), v.collation(), levelsUp, v.location());
        }
    }

    /** The expression as it reads from {@code by} levels further in. */
    static Expr inward(Expr e, int by) {
        return by == 0 ? e : new Levels() {
            @Override
            Expr outward(Expr.Var v) {
                return var(v, v.rangeIndex(), v.levelsUp() + by);
            }

            @Override
            int moved(int levelsUp) {
                return levelsUp + by;
            }
        }.rewrite(e);
    }

    /**
     * A subquery's parts as parts of the query around it: its range table entries come behind the {@code offset} that are there.
     * Places in FROM still have their old numbers.
     */
    static Query merged(Query subquery, int offset) {
        Levels levels = new Levels() {
            @Override
            Expr outward(Expr.Var v) {
                return v.levelsUp() == depth ? var(v, v.rangeIndex() + offset, depth) : var(v, v.rangeIndex(), v.levelsUp() - 1);
            }

            @Override
            int moved(int levelsUp) {
                return levelsUp > depth ? levelsUp - 1 : levelsUp;
            }
        };
        return levels.ctes(levels.rewriteChildren(subquery));
    }

    /** Replaces columns of range table entries by expressions, here and in subqueries. */
    static ExprRewriter substitution(Map<Integer, List<Expr>> columns) {
        return substitution(columns, 0);
    }

    /** As above, for entries of the level {@code above} levels out of where the rewriting starts. */
    static ExprRewriter substitution(Map<Integer, List<Expr>> columns, int above) {
        return new ExprRewriter() {
            private int depth;

            @Override
            public Expr rewrite(Expr e) {
                if (e instanceof Expr.Var v && v.levelsUp() == depth + above && v.attribute() > 0) {
                    List<Expr> replaced = columns.get(v.rangeIndex());
                    return replaced == null ? v : inward(replaced.get(v.attribute() - 1), depth);
                }
                return rewriteChildren(e);
            }

            @Override
            public Query rewrite(Query query) {
                depth++;
                Query made = rewriteChildren(query);
                depth--;
                return made;
            }
        };
    }

    /** What looks for variables of one level, from there inward. */
    abstract static class Finder extends ExprRewriter {
        boolean found;
        private int depth;

        Finder(int depth) {
            this.depth = depth;
        }

        abstract boolean matches(Expr.Var v, int level);

        @Override
        public Expr rewrite(Expr e) {
            if (!found && e instanceof Expr.Var v && matches(v, depth)) {
                found = true;
            }
            return found ? e : rewriteChildren(e);
        }

        @Override
        public Query rewrite(Query query) {
            depth++;
            Query same = found ? query : rewriteChildren(query);
            depth--;
            return same;
        }
    }

    /** Whether a subquery reads columns of the level just around it. */
    static boolean readsParent(Query subquery) {
        Finder finder = new Finder(0) {
            @Override
            boolean matches(Expr.Var v, int level) {
                return v.levelsUp() == level;
            }
        };
        finder.rewrite(subquery);
        return finder.found;
    }

    /** Whether an expression reads its own level ({@code up} 0) or one further out. */
    static boolean reads(Expr e, int up) {
        Finder finder = new Finder(up) {
            @Override
            boolean matches(Expr.Var v, int level) {
                return v.levelsUp() == level;
            }
        };
        finder.rewrite(e);
        return finder.found;
    }

    /** Whether a query uses the whole row of one of its range table entries. */
    static boolean usesWholeRow(Query query, int range) {
        Finder finder = new Finder(0) {
            @Override
            boolean matches(Expr.Var v, int level) {
                return v.levelsUp() == level && v.rangeIndex() == range && v.attribute() <= 0;
            }
        };
        finder.rewriteChildren(query);
        return finder.found;
    }
}
