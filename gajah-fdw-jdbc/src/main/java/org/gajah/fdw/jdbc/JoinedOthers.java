package org.gajah.fdw.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.foreign.ForeignExpr;
import org.gajah.api.foreign.ForeignQuery.From;
import org.gajah.api.foreign.ForeignQuery.JoinKind;

/**
 * What an UPDATE or DELETE joins its table with: FROM without that table.
 *
 * @param tables   what stands beside it, all inner joined
 * @param on       what the joins asked
 * @param existing semi and anti joins
 */
record JoinedOthers(List<From> tables, List<ForeignExpr> on, List<From.Join> existing) {
    /** Nothing if the table stands below an outer join. */
    static Optional<JoinedOthers> of(From from, int target) {
        JoinedOthers others = new JoinedOthers(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        return others.takeOut(from, target) ? Optional.of(others) : Optional.empty();
    }

    private boolean takeOut(From from, int target) {
        return switch (from) {
            case From.Table t -> t.number() == target;
            case From.Derived d -> false;
            case From.Join j -> {
                boolean exists = j.kind() == JoinKind.SEMI || j.kind() == JoinKind.ANTI;
                if (j.kind() != JoinKind.INNER && !exists) {
                    yield false;
                }
                boolean left = takeOut(j.left(), target);
                if (!left && (exists || !takeOut(j.right(), target))) {
                    yield false;
                }
                if (exists) {
                    existing.add(j);
                } else {
                    tables.add(left ? j.right() : j.left());
                    on.addAll(j.on());
                }
                yield true;
            }
        };
    }
}
