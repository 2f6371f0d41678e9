package org.gajah.analyze;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.catalog.Relation;
import org.gajah.type.Oids;

/** Columns that are not stored but computed when read: virtual generated ones, and hidden ones that only older clients know. */
final class ComputedColumns {
    private final Analysis a;

    ComputedColumns(Analysis analysis) {
        a = analysis;
    }

    /** The query, and what its subqueries say of this level's tables, with such columns replaced by their expressions. */
    Query expand(Query query) {
        Map<Integer, Relation> tables = new HashMap<>();
        for (int i = 0; i < query.rangeTable().size(); i++) {
            Optional<Relation> relation = switch (query.rangeTable().get(i)) {
                case RangeEntry.Relation r -> a.catalog.relation(r.oid());
                case RangeEntry.Returned r -> a.catalog.relation(r.relation());
                default -> Optional.empty();
            };
            if (relation.isPresent() && relation.get().columns().stream().anyMatch(ComputedColumns::computed)) {
                tables.put(i, relation.get());
            }
        }
        return tables.isEmpty() ? query : new Replacement(tables).replaceIn(query);
    }

    private static boolean computed(Relation.Column c) {
        return !c.dropped() && (c.generated() == 'v' || c.hidden());
    }

    private final class Replacement extends ExprRewriter {
        private final Map<Integer, Relation> tables;
        private int depth;

        Replacement(Map<Integer, Relation> tables) {
            this.tables = tables;
        }

        Query replaceIn(Query query) {
            return rewriteChildren(query);
        }

        @Override
        public Expr rewrite(Expr e) {
            if (e instanceof Expr.Var v && v.levelsUp() == depth && v.attribute() > 0 && tables.containsKey(v.rangeIndex())) {
                Relation.Column c = tables.get(v.rangeIndex()).column(v.attribute());
                if (computed(c)) {
                    return VarShift.to(a.stored.expression(c.defaultNode().orElseThrow()), v.rangeIndex(), depth);
                }
            }
            if (e instanceof Expr.Var v && v.levelsUp() == depth && v.attribute() == 0 && isVirtual(tables.get(v.rangeIndex()))) {
                return wholeRow(v, tables.get(v.rangeIndex()));
            }
            return rewriteChildren(e);
        }

        private static boolean isVirtual(Relation table) {
            return table != null && table.columns().stream().anyMatch(c -> !c.dropped() && c.generated() == 'v');
        }

        private Expr wholeRow(Expr.Var row, Relation table) {
            List<Expr> fields = new ArrayList<>();
            List<String> names = new ArrayList<>();
            for (Relation.Column c : table.columns()) {
                if (!c.hidden()) {
                    Expr field = c.dropped() ? Literals.nullOf(Oids.INT4, -1, 0, 0) : rewrite(new Expr.Var(row.rangeIndex(), c.number(),
                            c.type(), c.typmod(), c.collation(), depth, 0));
                    fields.add(field);
                    names.add(c.name());
                }
            }
            return new Expr.RowLiteral(fields, row.type(), names, Expr.CallForm.IMPLICIT_CAST, 0);
        }

        @Override
        public Query rewrite(Query query) {
            depth++;
            Query made = rewriteChildren(query);
            depth--;
            return made;
        }
    }
}
