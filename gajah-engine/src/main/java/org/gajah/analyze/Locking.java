package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.RangeVar;
import org.gajah.ast.Select;

/** FOR UPDATE and its kin: which tables they lock. */
final class Locking {
    private final Analysis a;

    Locking(Analysis analysis) {
        a = analysis;
    }

    static String text(Select.LockStrength strength) {
        return "FOR " + strength.name().replace('_', ' ');
    }

    List<Query.RowMark> analyze(Scope scope, Select s, QueryBuilder q) {
        List<Query.RowMark> marks = new ArrayList<>();
        for (Select.LockingClause clause : s.locking()) {
            check(clause.strength(), q);
            if (clause.tables().isEmpty()) {
                for (NamespaceItem item : scope.namespace) {
                    mark(scope, marks, item.rangeIndex, clause);
                }
                for (int i = 0; i < scope.rangeTable.size(); i++) {
                    mark(scope, marks, i, clause);
                }
            } else {
                clause.tables().forEach(t -> named(scope, marks, t, clause));
            }
        }
        return marks;
    }

    static void check(Select.LockStrength strength, QueryBuilder q) {
        String with = q.setOperation.isPresent() ? "UNION/INTERSECT/EXCEPT" : !q.distinct.isEmpty() ? "DISTINCT clause"
                : !q.groupBy.isEmpty() || !q.groupingSets.isEmpty() ? "GROUP BY clause" : q.having.isPresent() ? "HAVING clause"
                : q.hasAggregates ? "aggregate functions" : q.hasWindows ? "window functions"
                : q.hasTargetSets ? "set-returning functions in the target list" : "";
        if (!with.isEmpty()) {
            throw SqlError.notSupported(text(strength) + " is not allowed with " + with);
        }
    }

    private void named(Scope scope, List<Query.RowMark> marks, RangeVar table, Select.LockingClause clause) {
        if (table.schema().isPresent() || table.catalog().isPresent()) {
            throw new SqlError(SqlState.SYNTAX_ERROR, text(clause.strength()) + " must specify unqualified relation names").at(table.location());
        }
        for (int i = 0; i < scope.rangeTable.size(); i++) {
            RangeEntry entry = scope.rangeTable.get(i);
            if (!entry.alias().equals(table.relation())) {
                continue;
            }
            Optional<String> what = switch (entry) {
                case RangeEntry.Relation ignored -> Optional.empty();
                case RangeEntry.Subquery ignored -> Optional.empty();
                case RangeEntry.Returned ignored -> Optional.empty();
                case RangeEntry.Join ignored -> Optional.of("a join");
                case RangeEntry.Functions ignored -> Optional.of("a function");
                case RangeEntry.Values ignored -> Optional.of("VALUES");
                case RangeEntry.CteReference ignored -> Optional.of("a WITH query");
                case RangeEntry.NamedStore ignored -> Optional.of("a named tuplestore");
            };
            if (what.isPresent()) {
                throw SqlError.notSupported(text(clause.strength()) + " cannot be applied to " + what.get()).at(table.location());
            }
            mark(scope, marks, i, clause);
            return;
        }
        throw new SqlError(SqlState.UNDEFINED_TABLE, "relation \"" + table.relation() + "\" in " + text(clause.strength())
                + " clause not found in FROM clause").at(table.location());
    }

    private void mark(Scope scope, List<Query.RowMark> marks, int index, Select.LockingClause clause) {
        RangeEntry entry = scope.rangeTable.get(index);
        if (!(entry instanceof RangeEntry.Relation) && !(entry instanceof RangeEntry.Subquery)) {
            return;
        }
        if (entry instanceof RangeEntry.Relation r) {
            a.permissions.require(r.oid(), RequiredPermission.Mode.LOCK, 0);
        }
        Query.RowMark.Strength strength = Query.RowMark.Strength.valueOf(clause.strength().name());
        Query.RowMark.Wait wait = switch (clause.waitPolicy()) {
            case BLOCK -> Query.RowMark.Wait.BLOCK;
            case SKIP -> Query.RowMark.Wait.SKIP_LOCKED;
            case ERROR -> Query.RowMark.Wait.NOWAIT;
        };
        for (int i = 0; i < marks.size(); i++) {
            Query.RowMark before = marks.get(i);
            if (before.rangeIndex() == index) {
                marks.set(i, new Query.RowMark(index, max(before.strength(), strength), max(before.waitPolicy(), wait), false));
                return;
            }
        }
        marks.add(new Query.RowMark(index, strength, wait, false));
    }

    private static <T extends Enum<T>> T max(T x, T y) {
        return x.compareTo(y) >= 0 ? x : y;
    }
}
