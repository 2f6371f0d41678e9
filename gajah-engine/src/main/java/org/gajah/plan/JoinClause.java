package org.gajah.plan;

import java.util.Optional;

import org.gajah.analyze.Expr;

/** A condition of FROM or WHERE and when it can be evaluated. Sets are bits of the leaves of FROM. */
final class JoinClause {
    final Expr expr;
    /** Leaves whose columns it reads. */
    final long refs;
    /** Leaves that must be joined before it may be evaluated. */
    final long required;
    /** The outer join that must evaluate it, and no other. */
    final Optional<SpecialJoin> owner;
    /** Present for {@code a = b} that a hash join can use. */
    final Optional<Sides> sides;
    /** Clauses of the same class say the same about a join: one of them suffices. -1 is none. */
    int equivalence = -1;
    /** The share of pairs it lets through; negative if not yet known. */
    double selectivity = -1;

    /** The two sides of an equality, each over leaves of its own. */
    record Sides(Expr left, Expr right, long leftRefs, long rightRefs, boolean hashable) {
        /** Whether one side can be computed from {@code a} and the other from {@code b}. */
        boolean joins(long a, long b) {
            return (leftRefs & ~a) == 0 && (rightRefs & ~b) == 0 || (leftRefs & ~b) == 0 && (rightRefs & ~a) == 0;
        }

        /** The side over the leaves {@code a}. */
        Expr of(long a) {
            return (leftRefs & ~a) == 0 ? left : right;
        }
    }

    JoinClause(Expr expr, long refs, long required, Optional<SpecialJoin> owner, Optional<Sides> sides) {
        this.expr = expr;
        this.refs = refs;
        this.required = required;
        this.owner = owner;
        this.sides = sides;
    }

    /** Whether it becomes evaluable by joining {@code a} and {@code b}, and not before. */
    boolean arises(long a, long b) {
        return (required & ~(a | b)) == 0 && (required & ~a) != 0 && (required & ~b) != 0;
    }

    /** Whether a hash join of {@code a} and {@code b} can use it. */
    boolean hashes(long a, long b) {
        return sides.isPresent() && sides.get().hashable() && sides.get().joins(a, b);
    }
}
