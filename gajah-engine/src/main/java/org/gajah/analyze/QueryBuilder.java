package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A query in the making. */
public final class QueryBuilder {
    public Query.Command command = Query.Command.SELECT;
    public int targetRelation = -1;
    public List<RangeEntry> rangeTable = new ArrayList<>();
    public RangeEntry.FromExpr from = new RangeEntry.FromExpr(List.of(), Optional.empty());
    public List<TargetEntry> targets = List.of();
    public List<TargetEntry> returning = List.of();
    public Optional<Query.OnConflict> onConflict = Optional.empty();
    public List<Query.MergeAction> mergeActions = List.of();
    public Query.Overriding overriding = Query.Overriding.NONE;
    public List<SortGroupClause> groupBy = List.of();
    public boolean groupDistinct;
    public List<List<Integer>> groupingSets = List.of();
    public Optional<Expr> having = Optional.empty();
    public List<Query.Window> windows = List.of();
    public List<SortGroupClause> distinct = List.of();
    public boolean distinctOn;
    public List<SortGroupClause> orderBy = List.of();
    public Optional<Expr> limit = Optional.empty();
    public boolean withTies;
    public Optional<Expr> offset = Optional.empty();
    public List<Query.RowMark> rowMarks = List.of();
    public Optional<Query.SetOperation> setOperation = Optional.empty();
    public List<Query.CommonTable> ctes = List.of();
    public boolean recursive;
    public boolean hasAggregates;
    public boolean hasWindows;
    public boolean hasSubLinks;
    public boolean hasTargetSets;
    public List<Query.PolicyCheck> policyChecks = List.of();
    public List<Integer> given = List.of();

    /** An empty SELECT. */
    public QueryBuilder() {
    }

    /** A copy to be changed. */
    public QueryBuilder(Query q) {
        command = q.command();
        targetRelation = q.targetRelation();
        rangeTable = q.rangeTable();
        from = q.from();
        targets = q.targets();
        returning = q.returning();
        onConflict = q.onConflict();
        mergeActions = q.mergeActions();
        overriding = q.overriding();
        groupBy = q.groupBy();
        groupDistinct = q.groupDistinct();
        groupingSets = q.groupingSets();
        having = q.having();
        windows = q.windows();
        distinct = q.distinct();
        distinctOn = q.distinctOn();
        orderBy = q.orderBy();
        limit = q.limit();
        withTies = q.withTies();
        offset = q.offset();
        rowMarks = q.rowMarks();
        setOperation = q.setOperation();
        ctes = q.ctes();
        recursive = q.recursive();
        hasAggregates = q.hasAggregates();
        hasWindows = q.hasWindows();
        hasSubLinks = q.hasSubLinks();
        hasTargetSets = q.hasTargetSets();
        policyChecks = q.policyChecks();
        given = q.given();
    }

    /** Whether the parts that hold expressions are the very ones of {@code q}. */
    boolean sameAs(Query q) {
        return ctes == q.ctes() && rangeTable == q.rangeTable() && from == q.from() && targets == q.targets()
                && returning == q.returning() && onConflict == q.onConflict() && mergeActions == q.mergeActions()
                && having == q.having() && windows == q.windows() && limit == q.limit() && offset == q.offset()
                && policyChecks == q.policyChecks();
    }

    public Query build() {
        return new Query(command, targetRelation, List.copyOf(rangeTable), from, List.copyOf(targets), List.copyOf(returning), onConflict,
                List.copyOf(mergeActions), overriding, groupBy, groupDistinct, groupingSets, having, windows, distinct, distinctOn, orderBy,
                limit, withTies, offset, rowMarks, setOperation, ctes, recursive, hasAggregates, hasWindows, hasSubLinks,
                hasTargetSets, policyChecks, given);
    }
}
