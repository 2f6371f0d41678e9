package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/**
 * A query: a {@link SelectBody} with what may surround it. The arms of a set operation are queries of their own, so
 * parentheses need no node.
 *
 * @param order   ORDER BY
 * @param limit   LIMIT/OFFSET/FETCH
 * @param locking FOR UPDATE and its like, in the order written
 */
public record Select(Optional<WithClause> with, SelectBody body, List<SortBy> order, Optional<Limit> limit,
        List<LockingClause> locking, int location) implements PreparableStatement {

    /** A query that is nothing but its body. */
    public static Select of(SelectBody body) {
        return new Select(Optional.empty(), body, List.of(), Optional.empty(), List.of(), body.location());
    }

    /**
     * LIMIT, OFFSET and FETCH.
     *
     * @param count    empty if only OFFSET was written; {@code LIMIT ALL} is a {@link AConst.Null}
     * @param withTies FETCH ... WITH TIES
     */
    public record Limit(Optional<Expression> offset, Optional<Expression> count, boolean withTies) {
    }

    /**
     * FOR UPDATE and its like.
     *
     * @param tables OF ..., or empty for all
     */
    public record LockingClause(LockStrength strength, List<RangeVar> tables, LockWait waitPolicy, int location) {
    }

    /** The four row locks, weakest first. */
    public enum LockStrength { KEY_SHARE, SHARE, NO_KEY_UPDATE, UPDATE }

    /** What to do about a row that somebody else has locked. */
    public enum LockWait { BLOCK, SKIP, ERROR }
}
