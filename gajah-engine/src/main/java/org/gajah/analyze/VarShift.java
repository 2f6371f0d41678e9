package org.gajah.analyze;

/** Moves an expression about range table entry 0, as the catalogs keep them, to another entry and level. */
public final class VarShift extends ExprRewriter {
    private final int rangeIndex;
    private final int levelsUp;
    private int depth;

    private VarShift(int rangeIndex, int levelsUp) {
        this.rangeIndex = rangeIndex;
        this.levelsUp = levelsUp;
    }

    /** The expression about entry {@code rangeIndex} of the query {@code levelsUp} levels out. */
    public static Expr to(Expr stored, int rangeIndex, int levelsUp) {
        return new VarShift(rangeIndex, levelsUp).rewrite(stored);
    }

    @Override
    public Expr rewrite(Expr e) {
        return e instanceof Expr.Var v && v.levelsUp() == depth
                ? new Expr.Var(rangeIndex, v.attribute(), v.type(), v.typmod(), v.collation(), v.levelsUp() + levelsUp, v.location())
                : rewriteChildren(e);
    }

    @Override
    public Query rewrite(Query query) {
        depth++;
        Query made = rewriteChildren(query);
        depth--;
        return made;
    }
}
