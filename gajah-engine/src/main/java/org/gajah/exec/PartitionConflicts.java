package org.gajah.exec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.gajah.api.SqlError;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.Relation;
import org.gajah.catalog.Trigger;
import org.gajah.vector.Batch;
import org.gajah.vector.IntVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** ON CONFLICT in a partitioned table: each partition that rows go to has a {@link ConflictResolver} of its own. */
final class PartitionConflicts {
    private final PartitionedWriter writer;
    private final ChangeTriggers statement;
    private final Function<PartitionTarget, ConflictResolver> maker;
    private final Map<Integer, ConflictResolver> resolvers = new HashMap<>();

    /** What came of the rows of one partition: the {@code affected} ones with the columns of the named table. */
    record Outcome(Relation partition, Batch newRows, Batch oldRows, LongVector tids, LongVector oldTids, Selection affected) {
    }

    /**
     * @param statement the named table's triggers, which are told what was done
     * @param maker     makes what deals with taken keys in one partition
     */
    PartitionConflicts(PartitionedWriter writer, ChangeTriggers statement, Function<PartitionTarget, ConflictResolver> maker) {
        this.writer = writer;
        this.statement = statement;
        this.maker = maker;
    }

    /** The unique indexes of a partition that belong to some of the named table's. */
    static List<Integer> arbiters(Catalog catalog, Relation partition, List<Integer> of) {
        return partition.indexes().stream().map(Relation.Index::oid).filter(oid -> isBelow(catalog, oid, of)).toList();
    }

    private static boolean isBelow(Catalog catalog, int index, List<Integer> of) {
        return of.contains(index) || catalog.parents(index).stream().anyMatch(parent -> isBelow(catalog, parent, of));
    }

    /**
     * Inserts or resolves the rows of one partition.
     *
     * @param child what the statement's expressions see of the rows, {@code rows} what the named table would get
     */
    Optional<Outcome> resolve(PartitionedWriter.Group group, Batch child, Batch rows) {
        if (group.partition().kind() == 'f') {
            return there(group, rows);
        }
        PartitionTarget target = writer.target(group.partition().oid());
        ConflictResolver resolver = resolvers.computeIfAbsent(target.relation().oid(), oid -> maker.apply(target));
        Batch own = target.down().apply(rows, group.rows());
        if (target.triggers().hasBeforeRow() && !writer.before(target, own, group.rows().rows[0])) {
            return Optional.empty();
        }
        try {
            resolver.insert(child, own);
        } catch (SqlError e) {
            writer.noteFailed(target);
            throw e;
        }
        Selection affected = resolver.affected();
        if (affected.count() == 0) {
            return Optional.empty();
        }
        Outcome outcome = new Outcome(target.relation(), target.up().apply(resolver.newRows(), affected), target.up().apply(resolver.oldRows(), affected),
                resolver.tids(), resolver.oldTids(), affected);
        noteForStatement(outcome);
        return Optional.of(outcome);
    }

    /** Rows of a foreign partition: its server leaves out those that conflict. */
    private Optional<Outcome> there(PartitionedWriter.Group group, Batch rows) {
        int capacity = rows.selection().rows.length;
        LongVector tids = new LongVector(capacity);
        Batch own = new Batch(rows.columns().clone(), capacity);
        Selection sent = writer.insert(own, group.rows(), tids, new IntVector(capacity));
        if (sent.count() == 0) {
            return Optional.empty();
        }
        Batch nothing = new Batch(java.util.Arrays.stream(own.columns()).map(c -> Vector.of(c.carrier(), capacity)).toArray(Vector[]::new), capacity);
        for (int i = 0; i < sent.count(); i++) {
            for (int c = 0; c < nothing.columnCount(); c++) {
                nothing.column(c).setNull(sent.rows[i]);
            }
        }
        Selection affected = new Selection(sent.count());
        affected.copyFrom(sent);
        Outcome outcome = new Outcome(group.partition(), own, nothing, tids, tids, affected);
        noteForStatement(outcome);
        return Optional.of(outcome);
    }

    private void noteForStatement(Outcome outcome) {
        if (statement.isEmpty()) {
            return;
        }
        Selection affected = outcome.affected;
        Selection fresh = new Selection(affected.count());
        Selection changed = new Selection(affected.count());
        for (int i = 0; i < affected.count(); i++) {
            (outcome.oldTids.isNull(affected.rows[i]) ? fresh : changed).add(affected.rows[i]);
        }
        statement.after(Trigger.Event.INSERT, outcome.newRows, Vectors.nothing(), fresh);
        statement.after(Trigger.Event.UPDATE, outcome.newRows, outcome.oldRows, changed);
    }
}
