package org.gajah.analyze;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a view's owner must be allowed to read: the tables and columns in its query. */
final class ViewPermissions extends ExprRewriter {
    private final Analysis a;
    private final int owner;
    private final Deque<Query> levels = new ArrayDeque<>();

    ViewPermissions(Analysis analysis, int owner) {
        a = analysis;
        this.owner = owner;
    }

    void gather(Query query) {
        rewrite(query);
    }

    @Override
    public Query rewrite(Query query) {
        levels.push(query);
        for (RangeEntry entry : query.rangeTable()) {
            if (entry instanceof RangeEntry.Relation r) {
                a.permissions.require(r.oid(), RequiredPermission.Mode.SELECT, owner);
            }
        }
        rewriteChildren(query);
        levels.pop();
        return query;
    }

    @Override
    public Expr rewrite(Expr e) {
        if (e instanceof Expr.Var v) {
            Query level = levels.stream().skip(v.levelsUp()).findFirst().orElseThrow();
            if (level.rangeTable().get(v.rangeIndex()) instanceof RangeEntry.Relation r) {
                a.permissions.requireColumn(r.oid(), RequiredPermission.Mode.SELECT, v.attribute(), owner);
            }
        }
        return rewriteChildren(e);
    }
}
