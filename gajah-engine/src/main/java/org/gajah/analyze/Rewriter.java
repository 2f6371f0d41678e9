package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.base.StackGuard;

/**
 * Makes an analyzed query ready for planning: views become the subqueries that they stand for, and columns that are not given a
 * value become their defaults. PostgreSQL manual, chapter 39.
 */
public final class Rewriter {
    private Rewriter() {
    }

    static Analyzed rewrite(Analyzed analyzed, AnalyzeContext context) {
        Query query = new Expansion(new Analysis(context)).rewrite(analyzed.query());
        return new Analyzed(query, analyzed.parameters(), analyzed.columns(), analyzed.permissions(), analyzed.notices());
    }

    private static final class Expansion extends ExprRewriter {
        private final Analysis a;
        private final StackGuard guard = new StackGuard();

        Expansion(Analysis analysis) {
            a = analysis;
        }

        @Override
        public Query rewrite(Query query) {
            guard.enter();
            Query rewritten = views(rewriteChildren(query));
            guard.leave();
            return rewritten.targetRelation() >= 0 ? new ColumnDefaults(a).fill(rewritten) : rewritten;
        }

        private Query views(Query query) {
            List<RangeEntry> entries = new ArrayList<>();
            boolean changed = false;
            for (int i = 0; i < query.rangeTable().size(); i++) {
                RangeEntry entry = query.rangeTable().get(i);
                if (entry instanceof RangeEntry.Relation r && r.kind() == 'v') {
                    changed = true;
                    entry = view(query, i, r);
                }
                entries.add(entry);
            }
            if (!changed) {
                return query;
            }
            QueryBuilder builder = new QueryBuilder(query);
            builder.rangeTable = entries;
            return builder.build();
        }

        private RangeEntry view(Query query, int index, RangeEntry.Relation r) {
            if (index == query.targetRelation()) {
                throw SqlError.notSupported("changing rows through view \"" + r.alias() + "\" is not supported");
            }
            boolean marked = query.rowMarks().stream().anyMatch(m -> m.rangeIndex() == index);
            if (marked) {
                throw SqlError.notSupported("locking rows of view \"" + r.alias() + "\" is not supported");
            }
            Optional<String> text = a.catalog.viewQuery(r.oid());
            Query body = rewrite(a.stored.view(text.orElseThrow()));
            return new RangeEntry.Subquery(body, r.oid(), r.alias(), r.columnNames(), r.lateral());
        }
    }
}
