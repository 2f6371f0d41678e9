package org.gajah.plan;

import java.util.List;
import java.util.Optional;

/** Some leaves joined, by whatever path: how many rows that gives and the best ways there. */
final class JoinRel {
    /** The leaves, as bits. */
    final long leaves;
    /** Leaves whose rows it takes columns from without containing them (LATERAL). */
    final long needs;
    final double rows;
    final int width;
    /** A single leaf's conditions on nothing but itself. */
    final List<JoinClause> own;
    /** The cheapest path; null until there is one. */
    JoinPath cheapest;
    /** How a foreign server would join these leaves. */
    Optional<ForeignJoins.Tree> foreign = Optional.empty();
    /** The cheapest path in the order that the query wants; null if there is none. */
    JoinPath ordered;

    JoinRel(long leaves, long needs, double rows, int width, List<JoinClause> own) {
        this.leaves = leaves;
        this.needs = needs;
        this.rows = rows;
        this.width = width;
        this.own = own;
    }

    boolean isLeaf() {
        return Long.bitCount(leaves) == 1;
    }

    int leaf() {
        return Long.numberOfTrailingZeros(leaves);
    }

    /** Takes the path if it is better than those known; {@code fraction} is the part of the rows that anybody will ask for. */
    void offer(JoinPath path, boolean isOrdered, double fraction) {
        if (cheapest == null || path.estimate().isCheaperThan(cheapest.estimate())) {
            cheapest = path;
        }
        if (isOrdered && (ordered == null || path.estimate().isCheaperThan(ordered.estimate(), fraction))) {
            ordered = path;
        }
    }

    JoinPath.Side side() {
        return new JoinPath.Side(this, cheapest);
    }

    JoinPath.Side orderedSide() {
        return new JoinPath.Side(this, ordered);
    }
}
