package org.gajah.analyze;

import java.util.List;
import java.util.Optional;

/**
 * One SELECT, INSERT, UPDATE, DELETE or MERGE, typed and resolved.
 *
 * @param targetRelation range table index of the table that INSERT, UPDATE, DELETE or MERGE changes; -1 in SELECT
 * @param targets        output columns (SELECT) or assigned columns (INSERT, UPDATE)
 * @param groupingSets   empty unless GROUPING SETS, ROLLUP or CUBE were written: then each set lists sort-group references
 * @param distinctOn     DISTINCT ON rather than DISTINCT
 * @param setOperation   present if this is UNION, INTERSECT, EXCEPT: its leaves are subquery entries of the range table
 * @param from           FROM and WHERE; in MERGE the source and, as its {@code where}, the ON condition
 * @param returning      RETURNING; its junk entries, named after views, must be true of new rows: WITH CHECK OPTION
 * @param overriding     OVERRIDING SYSTEM|USER VALUE
 * @param policyChecks   what policies demand of rows that are written; made by the rewriter, not kept in the catalogs
 * @param given          the target's columns that the statement itself gives values, also by DEFAULT: which errors may show; as policyChecks
 */
public record Query(Command command, int targetRelation, List<RangeEntry> rangeTable, RangeEntry.FromExpr from, List<TargetEntry> targets,
        List<TargetEntry> returning, Optional<OnConflict> onConflict, List<MergeAction> mergeActions, Overriding overriding,
        List<SortGroupClause> groupBy, boolean groupDistinct, List<List<Integer>> groupingSets, Optional<Expr> having, List<Window> windows,
        List<SortGroupClause> distinct, boolean distinctOn, List<SortGroupClause> orderBy, Optional<Expr> limit, boolean withTies,
        Optional<Expr> offset, List<RowMark> rowMarks, Optional<SetOperation> setOperation, List<CommonTable> ctes, boolean recursive,
        boolean hasAggregates, boolean hasWindows, boolean hasSubLinks, boolean hasTargetSets,
        List<PolicyCheck> policyChecks, List<Integer> given) {

    /** What the query does. */
    public enum Command { SELECT, INSERT, UPDATE, DELETE, MERGE }

    /** OVERRIDING of an INSERT. */
    public enum Overriding { NONE, SYSTEM, USER }

    /** ON CONFLICT. {@code arbiters} are the oids of the unique indexes; EXCLUDED is range table entry {@code excluded}. */
    public record OnConflict(boolean update, List<Integer> arbiters, List<TargetEntry> set, Optional<Expr> where, int excluded) {
    }

    /** One WHEN of a MERGE. */
    public record MergeAction(MatchKind match, Command command, boolean nothing, Optional<Expr> condition, List<TargetEntry> targets,
            Overriding overriding) {
        /** Which rows it is for. */
        public enum MatchKind { MATCHED, NOT_MATCHED_BY_SOURCE, NOT_MATCHED_BY_TARGET }
    }

    /** A condition of policies about the target's row that must be true, else the statement fails; {@code policy} is named if it is one alone. */
    public record PolicyCheck(Kind kind, String table, Optional<String> policy, Expr condition) {
        /** Which rows: new ones, or those that ON CONFLICT or MERGE is about to change. */
        public enum Kind { INSERT, UPDATE, CONFLICT, MERGE_UPDATE, MERGE_DELETE }
    }

    /** A window: its keys refer to target entries. {@code name} is empty if it was written in place. */
    public record Window(String name, List<SortGroupClause> partitionBy, List<SortGroupClause> orderBy, Frame frame, int copied) {
    }

    /** A window frame. In-range functions are 0 unless RANGE with offset. */
    public record Frame(boolean isDefault, Mode mode, Bound startBound, Bound endBound, Optional<Expr> startOffset, Optional<Expr> endOffset,
            Exclusion exclusion, int startInRange, int endInRange, int inRangeCollation, boolean inRangeAscending, boolean inRangeNullsFirst) {
        /** Unit of the frame. */
        public enum Mode { RANGE, ROWS, GROUPS }

        /** One end of the frame. */
        public enum Bound { UNBOUNDED_PRECEDING, OFFSET_PRECEDING, CURRENT_ROW, OFFSET_FOLLOWING, UNBOUNDED_FOLLOWING }

        /** EXCLUDE. */
        public enum Exclusion { NO_OTHERS, CURRENT_ROW, GROUP, TIES }
    }

    /** FOR UPDATE and its kin on one range table entry. */
    public record RowMark(int rangeIndex, Strength strength, Wait waitPolicy, boolean pushedDown) {
        /** Weakest first. */
        public enum Strength { KEY_SHARE, SHARE, NO_KEY_UPDATE, UPDATE }

        /** What to do about a locked row. */
        public enum Wait { BLOCK, SKIP_LOCKED, NOWAIT }
    }

    /** A tree of set operations; leaves are subquery entries. */
    public sealed interface SetOperation {
        /** A subquery entry of the range table. */
        record Leaf(int rangeIndex) implements SetOperation {
        }

        /** Two sides combined; the result columns' types, and for anything but UNION ALL the keys that say what equal is. */
        record Node(Kind kind, boolean all, SetOperation left, SetOperation right, List<Integer> types, List<Integer> typmods,
                List<Integer> collations, List<SortGroupClause> keys) implements SetOperation {
        }

        /** The three operations. */
        enum Kind { UNION, INTERSECT, EXCEPT }
    }

    /** A WITH query. {@code references} counts how often it is used. */
    public record CommonTable(String name, Materialize materialize, Query query, boolean recursive, int references, List<String> columnNames,
            List<Integer> types, List<Integer> typmods, List<Integer> collations) {
        /** The same common table with another query. */
        public CommonTable with(Query other) {
            return new CommonTable(name, materialize, other, recursive, references, columnNames, types, typmods, collations);
        }

        /** [NOT] MATERIALIZED. */
        public enum Materialize { DEFAULT, ALWAYS, NEVER }
    }

    /** The same query with other output columns. */
    public Query withTargets(List<TargetEntry> changed) {
        QueryBuilder builder = new QueryBuilder(this);
        builder.targets = changed;
        return builder.build();
    }
}
