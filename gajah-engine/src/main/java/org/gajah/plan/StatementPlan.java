package org.gajah.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.gajah.analyze.Query;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.Relation;

/** What grows while one statement is planned: its subplans, slots, work tables and the relations it touches. */
final class StatementPlan {
    private final Catalog catalog;
    private final TableSizes sizes;
    private final PlanSettings settings;
    private final List<Plan> subplans = new ArrayList<>();
    private final List<Integer> modifyingCtes = new ArrayList<>();
    private final Map<Integer, RelationUse.Access> relations = new LinkedHashMap<>();
    private int slots;
    private int outermostUse = Integer.MAX_VALUE;
    private int workTables;
    private boolean changesRows;

    StatementPlan(Catalog catalog, TableSizes sizes) {
        this.catalog = catalog;
        this.sizes = sizes;
        this.settings = sizes.settings();
    }

    TableSizes sizes() {
        return sizes;
    }

    Catalog catalog() {
        return catalog;
    }

    PlanSettings settings() {
        return settings;
    }

    double rowEstimate(Relation relation) {
        return Math.max(1, sizes.rows(relation));
    }

    double pageEstimate(Relation relation) {
        return Math.max(1, sizes.pages(relation));
    }

    /** Enters a plan under a number that expressions and scans refer to. */
    int addSubplan(Plan plan) {
        subplans.add(plan);
        return subplans.size() - 1;
    }

    /** A number for a plan that is made later; see {@link #setSubplan}. */
    int reserveSubplan() {
        subplans.add(null);
        return subplans.size() - 1;
    }

    void setSubplan(int number, Plan plan) {
        subplans.set(number, plan);
    }

    Plan subplan(int number) {
        return subplans.get(number);
    }

    /** An expression reads a column of the level at this depth, from within a subquery. */
    void noteOuterUse(int depth) {
        outermostUse = Math.min(outermostUse, depth);
    }

    /** The depth of the outermost level that {@code plan} reads columns of; more than any depth if it reads none. */
    int outermostUse(Runnable plan) {
        int before = outermostUse;
        outermostUse = Integer.MAX_VALUE;
        plan.run();
        int within = outermostUse;
        outermostUse = Math.min(before, within);
        return within;
    }

    int newSlot() {
        return slots++;
    }

    int newWorkTable() {
        return workTables++;
    }

    void addModifyingCte(int subplan) {
        modifyingCtes.add(subplan);
        changesRows = true;
    }

    void use(int relation, RelationUse.Access access) {
        relations.merge(relation, access, (a, b) -> a.compareTo(b) >= 0 ? a : b);
        changesRows |= access != RelationUse.Access.READ;
    }

    PlannedStatement finish(Query.Command command, Plan root, List<ResultColumn> results,
            List<Integer> parameterTypes) {
        List<RelationUse> uses = relations.entrySet().stream().map(e -> new RelationUse(e.getKey(), e.getValue())).toList();
        return new PlannedStatement(command, root, List.copyOf(subplans), slots, workTables, List.copyOf(modifyingCtes), uses,
                results, parameterTypes, changesRows);
    }
}
