package org.gajah.exec;

import org.gajah.analyze.Expr;
import org.gajah.analyze.ExprRewriter;
import org.gajah.catalog.Relation;

/** Puts the expressions of a table's virtual generated columns where an expression about its rows names them: they are not stored. */
public final class VirtualColumns {
    private final Relation relation;
    private final ExpressionReader reader;

    public VirtualColumns(Relation relation, ExpressionReader reader) {
        this.relation = relation;
        this.reader = reader;
    }

    /** The expression, over the table as range table entry 0, about stored columns only. */
    public Expr in(Expr expr) {
        boolean any = relation.columns().stream().anyMatch(c -> c.generated() == 'v' && !c.dropped());
        return !any ? expr : new ExprRewriter() {
            @Override
            public Expr rewrite(Expr e) {
                if (e instanceof Expr.Var v && v.attribute() > 0 && relation.column(v.attribute()).generated() == 'v') {
                    return reader.read(relation.column(v.attribute()).defaultNode().orElseThrow());
                }
                return rewriteChildren(e);
            }
        }.rewrite(expr);
    }
}
