package org.gajah.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.analyze.Query;
import org.gajah.analyze.VarShift;
import org.gajah.api.foreign.ForeignPlanner;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.ForeignTable;
import org.gajah.api.foreign.ForeignWrapper;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.Relation;
import org.gajah.foreign.ForeignCatalog;

/** What grows while one statement is planned: its subplans, slots, work tables and the relations it touches. */
final class StatementPlan {
    private final Catalog catalog;
    private final TableSizes sizes;
    private final PlanSettings settings;
    private final List<Plan> subplans = new ArrayList<>();
    private final List<Integer> modifyingCtes = new ArrayList<>();
    private final Map<Integer, RelationUse.Access> relations = new LinkedHashMap<>();
    private final Map<String, Expr> stored = new HashMap<>();
    private final Map<Integer, ForeignPlanner> foreignPlanners = new HashMap<>();
    private final Map<Integer, ForeignTable> foreignTables = new HashMap<>();
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

    /** An expression that the catalogs keep about a table, as one of this table in FROM. */
    Expr stored(String text, BaseTable table) {
        Expr e = stored.computeIfAbsent(text, t -> new ConstantFolding(catalog, sizes, false).fold(Exprs.unlocated(sizes.stored(t, catalog))));
        return VarShift.to(e, table.range(), 0);
    }

    /** What an index's key columns are made of. */
    List<Expr> indexColumns(Relation.Index index, BaseTable table) {
        List<Expr> columns = new ArrayList<>();
        int expression = 0;
        for (int i = 0; i < index.keyColumns(); i++) {
            int number = index.columns().get(i);
            if (number == 0) {
                columns.add(stored(index.expressions().get(expression++), table));
            } else {
                Relation.Column c = table.relation().column(number);
                columns.add(new Expr.Var(table.range(), number, c.type(), c.typmod(), c.collation(), 0, 0));
            }
        }
        return columns;
    }

    /** What a foreign server takes. */
    ForeignPlanner foreignPlanner(ForeignServer server) {
        return foreignPlanners.computeIfAbsent(server.oid(), oid -> {
            ForeignWrapper wrapper = ForeignCatalog.wrapper(catalog, server);
            return wrapper.planner(server, sizes.routineMappings(wrapper, oid));
        });
    }

    /** A foreign table as its wrapper sees it, looked at as a role, or as the current one if that is 0. */
    ForeignTable foreignTable(Relation relation, int role) {
        return foreignTables.computeIfAbsent(relation.oid(), oid -> {
            ForeignServer server = ForeignCatalog.server(catalog, ForeignCatalog.serverOf(catalog, relation));
            return sizes.described(ForeignCatalog.wrapper(catalog, server), server, role, ForeignCatalog.table(catalog, relation));
        });
    }

    PlanSettings settings() {
        return settings;
    }

    double rowEstimate(Relation relation) {
        if (relation.kind() == 'p') {
            return Math.max(1, catalog.partitions(relation).partitions().stream().mapToDouble(this::rowEstimate).sum());
        }
        return Math.max(1, relation.kind() == 'f' ? ForeignPaths.rows(relation) : sizes.rows(relation));
    }

    double pageEstimate(Relation relation) {
        if (relation.kind() == 'p') {
            return Math.max(1, catalog.partitions(relation).partitions().stream().mapToDouble(this::pageEstimate).sum());
        }
        return Math.max(1, relation.kind() == 'f' ? relation.pages() : sizes.pages(relation));
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

    /** Uses the partitions of a table, if it is partitioned, as well: all of them, or those that are read anyway. */
    void usePartitions(int oid, RelationUse.Access access, boolean all) {
        Relation relation = catalog.relation(oid).orElseThrow();
        if (relation.kind() == 'p') {
            for (Relation partition : catalog.partitions(relation).partitions()) {
                if (all || relations.containsKey(partition.oid())) {
                    use(partition.oid(), access);
                    usePartitions(partition.oid(), access, all);
                }
            }
        }
    }

    PlannedStatement finish(Query.Command command, Plan root, List<ResultColumn> results,
            List<Integer> parameterTypes) {
        List<RelationUse> uses = relations.entrySet().stream().map(e -> new RelationUse(e.getKey(), e.getValue())).toList();
        return new PlannedStatement(command, root, List.copyOf(subplans), slots, workTables, List.copyOf(modifyingCtes), uses,
                results, parameterTypes, changesRows);
    }
}
