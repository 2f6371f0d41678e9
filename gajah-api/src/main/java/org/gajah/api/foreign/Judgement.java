package org.gajah.api.foreign;

/** What a server can do with a condition. */
public sealed interface Judgement {
    /** It keeps the very rows that PostgreSQL would. */
    record Exact() implements Judgement {
    }

    /** It can keep the rows of {@code weaker}, which are those and maybe more; the condition itself is checked again locally. */
    record Wider(ForeignExpr weaker, String reason) implements Judgement {
    }

    /** It stays here, for this reason. */
    record Local(String reason) implements Judgement {
    }
}
