package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/** MERGE INTO relation USING source ON condition WHEN ... */
public record Merge(Optional<WithClause> with, RangeVar relation, FromItem source, Expression condition,
        List<When> whens, Optional<Returning> returning, int location) implements PreparableStatement {

    /** WHEN matched [AND condition] THEN action. */
    public record When(MatchKind match, Optional<Expression> condition, Action action, int location) {
    }

    /** Which rows a WHEN is about. */
    public enum MatchKind { MATCHED, NOT_MATCHED_BY_SOURCE, NOT_MATCHED_BY_TARGET }

    /** What a WHEN does. */
    public sealed interface Action {
        /** UPDATE SET ... */
        record MergeUpdate(List<Assignment> assignments) implements Action {
        }

        /** DELETE. */
        record MergeDelete() implements Action {
        }

        /** INSERT (columns) VALUES (values); no values is DEFAULT VALUES. */
        record MergeInsert(List<ColumnTarget> columns, Insert.Overriding overriding, List<Expression> values)
                implements Action {
        }

        /** DO NOTHING. */
        record DoNothing() implements Action {
        }
    }
}
