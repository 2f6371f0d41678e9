package org.gajah.command;

import java.util.List;

import org.gajah.analyze.Names;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.MaintenanceStatement;
import org.gajah.ast.RangeVar;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.Rights;
import org.gajah.catalog.SchemaRow;
import org.gajah.table.Table;
import org.gajah.txn.lock.LockMode;
import org.gajah.type.Privilege;

/** VACUUM, ANALYZE, CHECKPOINT and REINDEX. Dead rows purge themselves, so VACUUM without ANALYZE only refreshes the figures in pg_class. */
final class MaintenanceCommands {
    private final CommandContext context;

    MaintenanceCommands(CommandContext context) {
        this.context = context;
    }

    String run(MaintenanceStatement statement) {
        return switch (statement) {
            case MaintenanceStatement.Vacuum v -> figures(v);
            case MaintenanceStatement.Checkpoint c -> {
                if (!context.rights().has(context.currentRole().oid(), Rights.CHECKPOINT)) {
                    throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to execute CHECKPOINT command")
                            .detail("Only roles with privileges of the \"pg_checkpoint\" role may execute this command.");
                }
                context.storage().checkpoint();
                yield "CHECKPOINT";
            }
            case MaintenanceStatement.Reindex r -> reindex(r);
            case MaintenanceStatement.Cluster c -> throw SqlError.notSupported("CLUSTER is not supported");
            case MaintenanceStatement.Load l -> throw SqlError.notSupported("LOAD is not supported");
        };
    }

    private String figures(MaintenanceStatement.Vacuum v) {
        String tag = v.vacuum() ? "VACUUM" : "ANALYZE";
        if (v.vacuum()) {
            context.requireOutsideBlock("VACUUM");
        }
        UpkeepOptions options = UpkeepOptions.of(v.vacuum(), v.options());
        if (!options.analyze() && v.relations().stream().anyMatch(r -> !r.columns().isEmpty())) {
            throw SqlError.notSupported("ANALYZE option must be specified when a column list is provided");
        }
        int target = (int) context.settings().number("default_statistics_target");
        List<Relation> tables = v.relations().isEmpty()
                ? context.catalog().allRows("pg_class").stream().filter(r -> r.letter("relkind") == 'r' && Integer.compareUnsigned(r.number("oid"), 16384) >= 0)
                        .map(r -> context.catalog().relation(r.number("oid")).orElseThrow()).toList()
                : v.relations().stream().map(r -> Names.relation(unplaced(r.relation()), context.analysis())).toList();
        for (int i = 0; i < tables.size(); i++) {
            Relation table = tables.get(i);
            if (table.kind() == 'p') {
                partitions(table, v, options, i, target);
                continue;
            }
            if (!mayMaintain(table)) {
                context.message("WARNING", new SqlError(SqlState.WARNING, "permission denied to " + (v.vacuum() ? "vacuum" : "analyze") + " \""
                        + table.name() + "\", skipping it"));
            } else if (table.kind() == 'r' || table.kind() == 'm') {
                if (lock(table, options, v.vacuum())) {
                    if (options.analyze()) {
                        analyze(table, v.relations().isEmpty() ? List.of() : v.relations().get(i).columns(), options, target);
                    }
                    refresh(table);
                }
            } else if (table.kind() == 'f' && options.analyze() && !v.vacuum()) {
                analyze(table, v.relations().isEmpty() ? List.of() : v.relations().get(i).columns(), options, target);
                context.changed();
            } else {
                context.message("WARNING", new SqlError(SqlState.WARNING, "skipping \"" + table.name() + "\" --- cannot "
                        + (v.vacuum() ? "vacuum" : "analyze") + " non-tables or special system tables"));
            }
        }
        if (!tables.isEmpty()) {
            context.changed();
        }
        return tag;
    }

    /** All partitions; a partitioned table itself has nothing to vacuum, but figures about all of its rows. */
    private void partitions(Relation table, MaintenanceStatement.Vacuum v, UpkeepOptions options, int number, int target) {
        List<String> columns = v.relations().isEmpty() ? List.of() : v.relations().get(number).columns();
        for (int oid : new PartitionTree(context).below(table.oid())) {
            Relation partition = context.catalog().relation(oid).orElseThrow();
            if (partition.kind() == 'r' && lock(partition, options, v.vacuum())) {
                if (options.analyze()) {
                    analyze(partition, columns, options, target);
                }
                refresh(partition);
                context.changed();
            } else if (partition.kind() == 'f' && v.vacuum()) {
                context.message("WARNING", new SqlError(SqlState.WARNING, "skipping \"" + partition.name()
                        + "\" --- cannot vacuum non-tables or special system tables"));
            } else if (partition.kind() == 'f' && options.analyze()) {
                analyze(partition, columns, options, target);
                context.changed();
            }
        }
        if (options.analyze() && lock(table, options, v.vacuum())) {
            analyze(table, columns, options, target);
            context.changed();
        }
    }

    private boolean lock(Relation table, UpkeepOptions options, boolean vacuum) {
        if (!options.skipLocked()) {
            context.lockRelation(table.oid(), LockMode.SHARE_UPDATE_EXCLUSIVE);
            return true;
        }
        boolean locked = context.tryLockRelation(table.oid(), LockMode.SHARE_UPDATE_EXCLUSIVE);
        if (!locked) {
            context.message("WARNING", new SqlError(SqlState.LOCK_NOT_AVAILABLE, "skipping " + (vacuum ? "vacuum" : "analyze") + " of \"" + table.name()
                    + "\" --- lock not available"));
        }
        return locked;
    }

    private void analyze(Relation table, List<String> columns, UpkeepOptions options, int target) {
        if (options.verbose()) {
            String schema = context.catalog().schema(table.namespace()).map(SchemaRow::name).orElse("");
            context.message("INFO", new SqlError(SqlState.SUCCESSFUL_COMPLETION, "analyzing \"" + schema + "." + table.name() + "\""));
        }
        new TableAnalysis(context, table).run(columns(table, columns), target);
    }

    /** Who may vacuum and analyze: by the privilege, and who owns the table or the whole database. */
    private boolean mayMaintain(Relation table) {
        int role = context.currentRole().oid();
        int databaseOwner = context.catalog().row("pg_database", 2672, context.database()).orElseThrow().number("datdba");
        return (context.rights().held(role, table) & Privilege.MAINTAIN.bit()) != 0 || context.rights().owns(role, databaseOwner) && !table.shared();
    }

    /** The name without its place: errors about it have no position. */
    private static RangeVar unplaced(RangeVar r) {
        return new RangeVar(r.catalog(), r.schema(), r.relation(), r.inherit(), r.alias(), 0);
    }

    private static List<String> columns(Relation table, List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (names.subList(0, i).contains(name)) {
                throw new SqlError(SqlState.DUPLICATE_COLUMN, "column \"" + name + "\" of relation \"" + table.name() + "\" appears more than once");
            }
            if (table.column(name).isEmpty()) {
                throw new SqlError(SqlState.UNDEFINED_COLUMN, "column \"" + name + "\" of relation \"" + table.name() + "\" does not exist");
            }
        }
        return names;
    }

    private void refresh(Relation table) {
        Table rows = context.relations().table(table);
        CatalogRow row = context.catalog().row("pg_class", 2662, table.oid()).orElseThrow();
        context.writer().update(row, row.with("reltuples", (double) (float) rows.rowEstimate(), "relpages", (int) rows.pageCount()));
        for (Relation.Index index : table.indexes()) {
            CatalogRow indexRow = context.catalog().row("pg_class", 2662, index.oid()).orElseThrow();
            context.writer().update(indexRow, indexRow.with("reltuples", (double) (float) rows.rowEstimate(), "relpages",
                    (int) context.relations().index(table, index).pageCount()));
        }
    }

    private static Relation indexed(Relation table) {
        if (table.kind() == 'r' || table.kind() == 'm' || table.kind() == 'p') {
            return table;
        }
        throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "\"" + table.name() + "\" is not a table or materialized view");
    }

    private String reindex(MaintenanceStatement.Reindex r) {
        switch (r.kind()) {
            case TABLE -> reindex(indexed(new ObjectLookup(context).relation(r.relation().orElseThrow())));
            case INDEX -> {
                Relation index = new ObjectLookup(context).relation(r.relation().orElseThrow());
                int table = context.catalog().row("pg_index", 2679, index.oid()).orElseThrow(() -> new SqlError(SqlState.WRONG_OBJECT_TYPE,
                        "\"" + index.name() + "\" is not an index")).number("indrelid");
                reindex(context.catalog().relation(table).orElseThrow());
            }
            case SCHEMA -> {
                context.requireOutsideBlock("REINDEX SCHEMA");
                String name = r.name().orElseThrow();
                SchemaRow schema = context.catalog().schema(name).orElseThrow(() -> new SqlError(SqlState.INVALID_SCHEMA_NAME,
                        "schema \"" + name + "\" does not exist"));
                context.requireOwner(schema.owner(), "schema", name);
                reindexAll(schema.oid());
            }
            case DATABASE -> {
                context.requireOutsideBlock("REINDEX DATABASE");
                CatalogRow database = context.catalog().row("pg_database", 2672, context.database()).orElseThrow();
                if (!r.name().orElse(database.text("datname")).equals(database.text("datname"))) {
                    throw SqlError.notSupported("can only reindex the currently open database");
                }
                context.requireOwner(database.number("datdba"), "database", database.text("datname"));
                reindexAll(0);
            }
            case SYSTEM -> throw SqlError.notSupported("REINDEX SYSTEM is not supported");
        }
        return "REINDEX";
    }

    /** Every table of the database but the system's, or of one schema; other sessions' temporary ones are theirs. */
    private void reindexAll(int schema) {
        for (CatalogRow row : context.catalog().allRows("pg_class")) {
            boolean here = schema == 0 || row.number("relnamespace") == schema;
            boolean table = "rm".indexOf(row.letter("relkind")) >= 0 && row.letter("relpersistence") != 't'
                    && Integer.compareUnsigned(row.number("oid"), 16384) >= 0;
            if (here && table) {
                context.catalog().relation(row.number("oid")).ifPresent(this::reindex);
            }
        }
    }

    private void reindex(Relation table) {
        if (table.kind() == 'p') {
            context.requireHeld(table, Privilege.MAINTAIN);
            new PartitionTree(context).below(table.oid()).stream().map(oid -> context.catalog().relation(oid).orElseThrow())
                    .filter(r -> r.kind() == 'r').forEach(this::reindex);
            return;
        }
        if (Integer.compareUnsigned(table.oid(), 16384) < 0) {
            throw SqlError.notSupported("REINDEX of a system catalog is not supported");
        }
        context.requireHeld(table, Privilege.MAINTAIN);
        context.lockRelation(table.oid(), LockMode.ACCESS_EXCLUSIVE);
        new NewStorage(context).reindex(table.oid());
    }
}
