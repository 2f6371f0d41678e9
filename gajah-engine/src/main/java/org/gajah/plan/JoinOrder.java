package org.gajah.plan;

import java.util.Optional;

/** Which joins outer joins allow, and as what. */
final class JoinOrder {
    private JoinOrder() {
    }

    /**
     * Whether two parts may be joined.
     *
     * @param special  the join that this carries out; none for an inner join
     * @param reversed whether the second part stands on that join's left
     */
    record Verdict(boolean legal, Optional<SpecialJoin> special, boolean reversed) {
        private static final Verdict ILLEGAL = new Verdict(false, Optional.empty(), false);
        private static final Verdict INNER = new Verdict(true, Optional.empty(), false);

        Plan.JoinKind kind() {
            return special.map(SpecialJoin::kind).orElse(Plan.JoinKind.INNER);
        }
    }

    static Verdict judge(JoinProblem problem, JoinRel a, JoinRel b) {
        if (problem.specials.isEmpty()) {
            return isLateralBothWays(a, b) ? Verdict.ILLEGAL : Verdict.INNER;
        }
        long both = a.leaves | b.leaves;
        SpecialJoin match = null;
        boolean reversed = false;
        boolean mustBeLeft = false;
        for (SpecialJoin s : problem.specials) {
            boolean irrelevant = (s.minRight() & both) == 0 || (both & ~s.minRight()) == 0 || (s.scope() & ~a.leaves) == 0
                    || (s.scope() & ~b.leaves) == 0;
            if (s.kind() == Plan.JoinKind.FULL && mixes(s, a, b)) {
                return Verdict.ILLEGAL;
            }
            if (irrelevant) {
                continue;
            }
            boolean straight = (s.minLeft() & ~a.leaves) == 0 && (s.minRight() & ~b.leaves) == 0;
            boolean turned = (s.minLeft() & ~b.leaves) == 0 && (s.minRight() & ~a.leaves) == 0;
            if (straight || turned) {
                if (match != null) {
                    return Verdict.ILLEGAL;
                }
                match = s;
                reversed = !straight;
            } else if ((s.minRight() & a.leaves) == 0 || (s.minRight() & b.leaves) == 0) {
                if (s.kind() != Plan.JoinKind.LEFT || (both & s.minLeft()) != 0) {
                    return Verdict.ILLEGAL;
                }
                mustBeLeft = true;
            }
        }
        if (mustBeLeft && (match == null || match.kind() != Plan.JoinKind.LEFT || !match.lhsStrict()) || isLateralBothWays(a, b)) {
            return Verdict.ILLEGAL;
        }
        if (match == null) {
            return Verdict.INNER;
        }
        JoinRel right = reversed ? a : b;
        JoinRel left = reversed ? b : a;
        boolean leftNeedsRight = (left.needs & right.leaves) != 0;
        boolean semiTooWide = (match.kind() == Plan.JoinKind.SEMI || match.kind() == Plan.JoinKind.ANTI)
                && (right.leaves & ~match.synRight()) != 0;
        return leftNeedsRight || semiTooWide ? Verdict.ILLEGAL : new Verdict(true, Optional.of(match), reversed);
    }

    /** A full join keeps the rows of both sides: what does not belong to a side is joined when both are. */
    private static boolean mixes(SpecialJoin full, JoinRel a, JoinRel b) {
        long both = a.leaves | b.leaves;
        boolean apart = (both & full.scope()) == 0 || (both & ~full.minLeft()) == 0 || (both & ~full.minRight()) == 0;
        boolean done = (full.scope() & ~a.leaves) == 0 || (full.scope() & ~b.leaves) == 0;
        return !apart && !done && both != full.scope();
    }

    private static boolean isLateralBothWays(JoinRel a, JoinRel b) {
        return (a.needs & b.leaves) != 0 && (b.needs & a.leaves) != 0;
    }
}
