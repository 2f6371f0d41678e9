package org.gajah.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.RemoteStatement;
import org.gajah.ast.DropBehavior;
import org.gajah.ast.RangeVar;
import org.gajah.ast.TableStatement.Truncate;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.RestrictedRelations;
import org.gajah.exec.TruncateTriggers;
import org.gajah.foreign.ForeignCatalog;
import org.gajah.table.Sequence;
import org.gajah.txn.lock.LockMode;
import org.gajah.type.Privilege;

/** TRUNCATE: fresh storage for tables and indexes; tables that refer to them are truncated too, or forbid it. */
final class TruncateCommand {
    private final CommandContext context;

    TruncateCommand(CommandContext context) {
        this.context = context;
    }

    String run(Truncate statement) {
        context.requireWritable("TRUNCATE TABLE");
        Set<Integer> tables = new LinkedHashSet<>();
        Map<Integer, List<Relation>> foreign = new LinkedHashMap<>();
        for (RangeVar name : statement.relations()) {
            Relation relation = new ObjectLookup(context).relation(name);
            if (relation.kind() == 'f') {
                context.requireHeld(relation, Privilege.TRUNCATE);
                addForeign(relation, foreign);
                continue;
            }
            if (relation.kind() == 'p') {
                if (!name.inherit()) {
                    throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "cannot truncate only a partitioned table")
                            .hint("Do not specify the ONLY keyword, or use TRUNCATE ONLY on the partitions directly.");
                }
                context.requireHeld(relation, Privilege.TRUNCATE);
                tables.add(relation.oid());
                for (int oid : new PartitionTree(context).below(relation.oid())) {
                    Relation partition = context.catalog().relation(oid).orElseThrow();
                    if (partition.kind() == 'f') {
                        addForeign(partition, foreign);
                    } else {
                        tables.add(oid);
                    }
                }
                continue;
            }
            if (relation.kind() != 'r') {
                throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "\"" + relation.name() + "\" is not a table");
            }
            context.requireHeld(relation, Privilege.TRUNCATE);
            tables.add(relation.oid());
        }
        addReferencing(tables, statement.behavior());
        for (int oid : tables) {
            context.lockRelation(oid, LockMode.ACCESS_EXCLUSIVE);
        }
        List<TruncateTriggers> triggers = Stream.concat(tables.stream().map(oid -> context.catalog().relation(oid).orElseThrow()),
                foreign.values().stream().flatMap(List::stream)).filter(t -> !t.triggers().isEmpty())
                .map(table -> new TruncateTriggers(context.compile(), context.execution(), table)).toList();
        triggers.forEach(TruncateTriggers::begin);
        for (int oid : tables) {
            if (context.catalog().relation(oid).orElseThrow().kind() != 'p') {
                new NewStorage(context).replace(context.catalog().relation(oid).orElseThrow());
                new NewStorage(context).reindex(oid);
            }
            if (statement.restartIdentity()) {
                restartSequences(oid);
            }
        }
        foreign.forEach((server, relations) -> truncateThere(server, relations, statement));
        context.changed();
        triggers.forEach(TruncateTriggers::end);
        context.endStatement();
        return "TRUNCATE TABLE";
    }

    private void addForeign(Relation table, Map<Integer, List<Relation>> foreign) {
        RestrictedRelations.require(context.settings().get(RestrictedRelations.SETTING), table);
        ForeignCatalog.requireHandled(context.catalog(), table);
        List<Relation> of = foreign.computeIfAbsent(ForeignCatalog.serverOf(context.catalog(), table), server -> new ArrayList<>());
        if (!of.contains(table)) {
            of.add(table);
        }
    }

    private void truncateThere(int oid, List<Relation> relations, Truncate statement) {
        ForeignServer server = ForeignCatalog.server(context.catalog(), oid);
        RemoteStatement remote = ForeignCatalog.wrapper(context.catalog(), server).planner(server).truncate(
                relations.stream().map(r -> ForeignCatalog.table(context.catalog(), r)).toList(), statement.behavior() == DropBehavior.CASCADE,
                statement.restartIdentity());
        context.execution().session().foreign(oid, 0).change(remote, List.of());
    }

    private void addReferencing(Set<Integer> tables, DropBehavior behavior) {
        boolean grown = true;
        while (grown) {
            grown = false;
            for (int oid : List.copyOf(tables)) {
                Relation table = context.catalog().relation(oid).orElseThrow();
                for (Relation.ForeignKey key : table.referencedBy()) {
                    if (!tables.contains(key.table())) {
                        grown |= add(tables, table, key, behavior);
                    }
                }
            }
        }
    }

    private boolean add(Set<Integer> tables, Relation table, Relation.ForeignKey key, DropBehavior behavior) {
        Relation other = context.catalog().relation(key.table()).orElseThrow();
        if (behavior == DropBehavior.RESTRICT) {
            throw new SqlError(SqlState.FEATURE_NOT_SUPPORTED, "cannot truncate a table referenced in a foreign key constraint")
                    .detail("Table \"" + other.name() + "\" references \"" + table.name() + "\".")
                    .hint("Truncate table \"" + other.name() + "\" at the same time, or use TRUNCATE ... CASCADE.");
        }
        context.message("NOTICE", new SqlError(SqlState.SUCCESSFUL_COMPLETION, "truncate cascades to table \"" + other.name() + "\""));
        tables.addAll(new PartitionTree(context).below(other.oid()));
        return tables.add(other.oid());
    }

    /** Sequences that the table's columns own start again. */
    private void restartSequences(int table) {
        for (CatalogRow row : context.catalog().rows("pg_depend", 2674, 1259, table)) {
            boolean owned = row.number("classid") == 1259 && row.number("refobjsubid") > 0 && "ai".indexOf(row.letter("deptype")) >= 0;
            if (owned && context.catalog().relation(row.number("objid")).filter(r -> r.kind() == 'S').isPresent()) {
                Relation sequence = context.catalog().relation(row.number("objid")).orElseThrow();
                CatalogRow facts = context.catalog().row("pg_sequence", 5002, sequence.oid()).orElseThrow();
                context.storage().sequence(context.storageId(sequence.storageId(), false)).set(context.transaction(),
                        new Sequence.State((Long) facts.get("seqstart"), false));
            }
        }
    }
}
