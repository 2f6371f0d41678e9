package org.gajah.ast;

import java.util.List;

/** Views. CREATE RECURSIVE VIEW is already rewritten to a view over WITH RECURSIVE. */
public sealed interface ViewStatement extends Statement {
    /**
     * CREATE VIEW.
     *
     * @param columns names for its columns, or empty
     */
    record CreateView(RangeVar view, Persistence persistence, boolean replace, List<String> columns, Select query,
            List<DefElem> options, CheckOption checkOption) implements ViewStatement {
    }

    /** WITH ... CHECK OPTION. */
    enum CheckOption { NONE, LOCAL, CASCADED }

    /** REFRESH MATERIALIZED VIEW. */
    record RefreshMaterializedView(RangeVar relation, boolean concurrently, boolean withData)
            implements ViewStatement {
    }
}
