package org.gajah.analyze;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Optional;

/** What a view's owner, or whoever a policy restricts, must be allowed to read: the tables and columns in the query or in the subqueries of an expression. */
final class ViewPermissions extends ExprRewriter {
    private final Analysis a;
    private final int owner;
    private final Deque<Query> levels = new ArrayDeque<>();

    ViewPermissions(Analysis analysis, int owner) {
        a = analysis;
        this.owner = owner;
    }

    /** The query, with tables that are read as the owner. */
    Query gather(Query query) {
        return rewrite(query);
    }

    @Override
    public Query rewrite(Query query) {
        levels.push(query);
        for (RangeEntry entry : query.rangeTable()) {
            if (entry instanceof RangeEntry.Relation r) {
                a.permissions.require(r.oid(), RequiredPermission.Mode.SELECT, owner);
            }
        }
        Query inside = rewriteChildren(query);
        levels.pop();
        return owner == 0 || inside.rangeTable().stream().noneMatch(RangeEntry.Relation.class::isInstance) ? inside : asOwner(inside);
    }

    private Query asOwner(Query query) {
        QueryBuilder made = new QueryBuilder(query);
        made.rangeTable = new ArrayList<>(query.rangeTable());
        made.rangeTable.replaceAll(entry -> entry instanceof RangeEntry.Relation r ? r.as(owner) : entry);
        return made.build();
    }

    @Override
    public Expr rewrite(Expr e) {
        if (e instanceof Expr.Var v) {
            Optional<Query> level = levels.stream().skip(v.levelsUp()).findFirst();
            if (level.isPresent() && level.get().rangeTable().get(v.rangeIndex()) instanceof RangeEntry.Relation r) {
                a.permissions.requireColumn(r.oid(), RequiredPermission.Mode.SELECT, v.attribute(), owner);
            }
        }
        return rewriteChildren(e);
    }
}
