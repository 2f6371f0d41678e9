package org.gajah.api.foreign;

import java.util.Optional;

/** What a server can do with a condition. */
public sealed interface Judgement {
    /** It keeps the very rows that PostgreSQL would. */
    record Exact(Optional<ForeignExpr> instead) implements Judgement {
        /** For a condition that goes there as it is. */
        public Exact() {
            this(Optional.empty());
        }

        /** What goes there: the condition itself, or another that keeps the same rows. */
        public ForeignExpr asked(ForeignExpr condition) {
            return instead.orElse(condition);
        }
    }

    /** It can keep the rows of {@code weaker}, which are those and maybe more; the condition itself is checked again locally. */
    record Wider(ForeignExpr weaker, String reason) implements Judgement {
    }

    /** It stays here, for this reason; for none worth telling if that is empty. */
    record Local(String reason) implements Judgement {
    }
}
