package org.gajah.plan;

/**
 * A join that cannot be done in any order: LEFT, FULL, SEMI or ANTI. Sets are bits of the leaves of FROM.
 *
 * <p>Invariant: the join is done right if everything of {@code minLeft} stands on its left and everything of {@code minRight} on
 * its right; what else was written on its sides may come before or after it.
 *
 * @param synLeft   the leaves written on its left
 * @param synRight  the leaves written on its right
 * @param lhsStrict whether its condition is never true for a row of nulls on the left
 */
record SpecialJoin(Plan.JoinKind kind, long minLeft, long minRight, long synLeft, long synRight, boolean lhsStrict) {
    /** What its condition must see before it can be evaluated. */
    long scope() {
        return minLeft | minRight;
    }
}
