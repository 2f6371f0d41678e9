package org.gajah.ast;

import java.util.Set;

/** What may stand between the parentheses of CREATE TABLE. */
public sealed interface TableElement permits ColumnDef, Constraint, TableElement.TableLikeClause {
    /** LIKE relation INCLUDING ... */
    record TableLikeClause(RangeVar relation, Set<LikeOption> options) implements TableElement {
    }

    /** What LIKE copies besides names, types and not-null constraints. */
    enum LikeOption { COMMENTS, COMPRESSION, CONSTRAINTS, DEFAULTS, GENERATED, IDENTITY, INDEXES, STATISTICS, STORAGE }
}
