package org.gajah.exec;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;

import org.gajah.analyze.Query.PolicyCheck.Kind;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.Relation;
import org.gajah.catalog.Trigger;
import org.gajah.vector.Batch;
import org.gajah.vector.IntVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.Selection;

/**
 * Writes rows of a partitioned table where they belong. What a partition takes is made ready when the first row goes there. Rows of one
 * batch go partition by partition, each partition's in their order.
 */
final class PartitionedWriter {
    /** What index entries of all partitions together may take before they are added. */
    private static final long MOST_BYTES = 32 << 20;

    private final CompileContext context;
    private final Frame frame;
    private final Relation root;
    private final EnumSet<Trigger.Event> events;
    private final int[] assigned;
    private final PolicyChecks policies;
    private final ForeignPartition.Asked asked;
    private final boolean bulk;
    private final PartitionLevel top;
    private final Optional<PartitionCheck> rootCheck;
    private final boolean beforeRow;
    private final Map<Integer, PartitionTarget> targets = new LinkedHashMap<>();
    private final Map<Integer, PartitionLevel> levels = new LinkedHashMap<>();
    private final Map<Integer, ForeignPartition> foreign = new LinkedHashMap<>();
    private final Map<Integer, ColumnMap> maps = new LinkedHashMap<>();
    private final Map<Integer, PartitionTarget> begun = new LinkedHashMap<>();
    private final Map<Integer, ForeignPartition> begunThere = new LinkedHashMap<>();
    /** The triggers of those that have begun, in that order. */
    private final List<ChangeTriggers> triggered = new ArrayList<>();
    private Optional<ChangeTriggers> statement = Optional.empty();
    private final Selection done = new Selection(BatchSize.MAX);
    private final BitSet written = new BitSet();
    private Optional<Integer> failedRow = Optional.empty();
    private long run;
    private Set<Integer> given = Set.of();

    /** The rows of a batch that go to one partition. */
    record Group(Relation partition, Selection rows) {
    }

    /**
     * @param assigned the columns of the named table, from 0, that an UPDATE sets
     * @param bulk     whether index entries may wait for {@link #flush}
     * @param asked    what the statement wants of foreign partitions
     */
    PartitionedWriter(CompileContext context, Frame frame, Relation root, EnumSet<Trigger.Event> events, int[] assigned, boolean bulk,
            PolicyChecks policies, ForeignPartition.Asked asked) {
        this.policies = policies;
        this.asked = asked;
        this.context = context;
        this.frame = frame;
        this.root = root;
        this.events = events;
        this.assigned = assigned;
        this.top = new PartitionLevel(context, frame, root);
        this.rootCheck = PartitionCheck.of(context, frame, root);
        this.beforeRow = hasRowTriggers(root, t -> t.timing() == Trigger.Timing.BEFORE);
        this.bulk = bulk && !beforeRow;
        if (hasRowTriggers(root, t -> true)) {
            frame.noteTriggersToCome();
        }
        if (beforeRow || asked.back() && hasForeign(root)) {
            frame.watchChanges();
        }
    }

    private boolean hasForeign(Relation table) {
        return context.catalog().partitions(table).partitions().stream().anyMatch(p -> p.kind() == 'f' || p.kind() == 'p' && hasForeign(p));
    }

    private boolean hasRowTriggers(Relation table, Predicate<Trigger> which) {
        return context.catalog().partitions(table).partitions().stream().anyMatch(p -> p.triggers().stream().filter(which)
                .anyMatch(t -> t.enabled() != 'D' && t.forEachRow() && events.stream().anyMatch(t::firesAt)) || p.kind() == 'p' && hasRowTriggers(p, which));
    }

    Relation root() {
        return root;
    }

    /** The named table's triggers, which cannot be shown rows that are elsewhere. */
    void telling(ChangeTriggers triggers) {
        statement = Optional.of(triggers);
    }

    /** Whether rows have to come one by one, because a trigger before a change sees those before it. */
    boolean hasBeforeRow() {
        return beforeRow;
    }

    /** The row that the last error was about, if it was about one. */
    Optional<Integer> failedRow() {
        return failedRow;
    }

    /** As {@link RowWriter#showGiven}. */
    void showGiven(Collection<Integer> columns) {
        given = Set.copyOf(columns);
    }

    /** An error was about a row that was written by a partition's writer. */
    void noteFailed(PartitionTarget target) {
        failedRow = target.writer().failedRow();
    }

    private void noteRun() {
        if (run != frame.run()) {
            run = frame.run();
            begun.clear();
            begunThere.clear();
            triggered.clear();
        }
    }

    /** The partition of this oid, ready for the present run, if it is a foreign table. */
    Optional<ForeignPartition> foreign(int oid) {
        ForeignPartition known = foreign.get(oid);
        if (known == null) {
            Relation partition = context.catalog().relation(oid).orElseThrow();
            if (partition.kind() != 'f') {
                return Optional.empty();
            }
            known = new ForeignPartition(context, frame, root, partition, events, assigned, policies, asked, beforeRow);
            foreign.put(oid, known);
        }
        noteRun();
        if (begunThere.putIfAbsent(oid, known) == null) {
            known.triggers().begin();
            triggered.add(known.triggers());
        }
        return Optional.of(known);
    }

    /** The partition of this oid, which is no foreign table, ready for the present run. */
    PartitionTarget target(int oid) {
        noteRun();
        PartitionTarget target = targets.get(oid);
        if (target == null) {
            Relation partition = context.catalog().relation(oid).orElseThrow();
            target = PartitionTarget.of(context, frame, root, partition, events, assigned, bulk, policies);
            target.writer().showGiven(given);
            targets.put(oid, target);
        }
        if (begun.putIfAbsent(oid, target) == null) {
            target.foreignKeys().begin();
            target.triggers().begin();
            triggered.add(target.triggers());
        }
        return target;
    }

    /** Divides rows of the named table among the partitions; 23514 if there is none for a row. */
    List<Group> route(Batch rows, Selection selected) {
        failedRow = Optional.empty();
        if (rootCheck.isPresent()) {
            rootCheck.get().require(frame.context(), given, rows, selected);
        }
        List<Group> groups = new ArrayList<>();
        route(top, rows, selected, groups);
        return groups;
    }

    private void route(PartitionLevel level, Batch rows, Selection selected, List<Group> groups) {
        if (selected.count() == 0) {
            return;
        }
        int[] numbers = new int[selected.rows[selected.count() - 1] + 1];
        level.find(rows, selected, numbers);
        Selection[] parts = new Selection[level.partitions().size()];
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < selected.count(); i++) {
            int row = selected.rows[i];
            int number = numbers[row];
            if (number < 0) {
                failedRow = Optional.of(row);
                throw nowhere(level, rows, row);
            }
            if (parts[number] == null) {
                parts[number] = new Selection(selected.count() - i);
                order.add(number);
            }
            parts[number].add(row);
        }
        for (int number : order) {
            Relation partition = level.partitions().get(number);
            if (partition.kind() == 'p') {
                PartitionLevel below = levels.computeIfAbsent(partition.oid(), oid -> new PartitionLevel(context, frame, partition));
                ColumnMap map = maps.computeIfAbsent(partition.oid(), oid -> ColumnMap.of(level.table(), partition, context));
                route(below, map.apply(rows, parts[number]), parts[number], groups);
            } else {
                groups.add(new Group(partition, parts[number]));
            }
        }
    }

    private SqlError nowhere(PartitionLevel level, Batch rows, int row) {
        return new SqlError(SqlState.CHECK_VIOLATION, "no partition of relation \"" + level.table().name() + "\" found for row")
                .detail(level.describe(frame.context(), rows, row))
                .table(KeyText.schema(frame.context(), level.table()), level.table().name());
    }

    /** Inserts the selected rows and notes by row where they are; gives those that were inserted, in a selection that the next call overwrites. */
    Selection insert(Batch rows, Selection selected, LongVector tids, IntVector tables) {
        return insert(rows, selected, tids, tables, Kind.INSERT);
    }

    /** The same; rows that come from another partition are updated ones for policies. */
    Selection insert(Batch rows, Selection selected, LongVector tids, IntVector tables, Kind kind) {
        written.clear();
        for (Group group : route(rows, selected)) {
            if (group.partition.kind() == 'f') {
                insertThere(group, rows, tids, tables, kind);
                continue;
            }
            PartitionTarget target = target(group.partition.oid());
            Batch own = target.down().apply(rows, group.rows);
            if (target.triggers().hasBeforeRow() && !before(target, own, group.rows.rows[0])) {
                continue;
            }
            try {
                long[] places = target.entries().isPresent() ? target.writer().insert(own, target.entries().get()) : target.writer().insert(own, kind);
                target.foreignKeys().inserted(own, group.rows, places);
                for (int i = 0; i < group.rows.count(); i++) {
                    int row = group.rows.rows[i];
                    tids.put(row, places[i]);
                    tables.put(row, target.relation().oid());
                    written.set(row);
                }
            } catch (SqlError e) {
                noteFailed(target);
                throw e;
            }
            target.triggers().wrote();
            target.triggers().after(Trigger.Event.INSERT, own, Vectors.nothing(), group.rows);
            returnColumns(target, own, rows);
        }
        done.clear();
        for (int i = 0; i < selected.count(); i++) {
            if (written.get(selected.rows[i])) {
                done.add(selected.rows[i]);
            }
        }
        return done;
    }

    private void insertThere(Group group, Batch rows, LongVector tids, IntVector tables, Kind kind) {
        statement.ifPresent(s -> s.requireNoTable(kind == Kind.INSERT ? Trigger.Event.INSERT : Trigger.Event.UPDATE));
        Selection sent = foreign(group.partition.oid()).orElseThrow().insert(rows, group.rows, kind);
        for (int i = 0; i < sent.count(); i++) {
            int row = sent.rows[i];
            tids.setNull(row);
            tables.put(row, group.partition.oid());
            written.set(row);
        }
    }

    /** Fires what is before an insertion into a partition; the row must still belong there. */
    boolean before(PartitionTarget target, Batch own, int row) {
        if (!before(frame, target.relation(), target.triggers(), target.fits(), own, row)) {
            return false;
        }
        target.fits().require(frame.context(), given, own, one(row));
        return true;
    }

    private static Selection one(int row) {
        Selection one = new Selection(row + 1);
        one.add(row);
        return one;
    }

    /** Fires what is before an insertion into a partition; 0A000 if a trigger that it has from a table above sends the row elsewhere. */
    static boolean before(Frame frame, Relation partition, ChangeTriggers triggers, PartitionCheck fits, Batch own, int row) {
        return triggers.beforeInsertion(own, row, trigger -> {
            Selection one = one(row);
            fits.select(own, one);
            if (trigger.cloned() && one.count() == 0) {
                throw SqlError.notSupported("moving row to another partition during a BEFORE FOR EACH ROW trigger is not supported")
                        .detail("Before executing trigger \"" + trigger.name() + "\", the row was to be in partition \""
                                + KeyText.schema(frame.context(), partition) + "." + partition.name() + "\".");
            }
        });
    }

    /** Columns that triggers have replaced are the named table's too. */
    private static void returnColumns(PartitionTarget target, Batch own, Batch rows) {
        int[] sources = target.down().sources();
        for (int i = 0; i < sources.length; i++) {
            if (sources[i] >= 0 && own.column(i) != rows.column(sources[i])) {
                rows.setColumn(sources[i], own.column(i));
            }
        }
    }

    /** Says what would be wrong with the selected rows, without writing them. */
    void verify(Batch rows, Selection selected) {
        for (Group group : route(rows, selected)) {
            if (group.partition.kind() != 'f') {
                PartitionTarget target = target(group.partition.oid());
                try {
                    target.writer().prepare(target.down().apply(rows, group.rows), group.rows, Kind.INSERT);
                } catch (SqlError e) {
                    noteFailed(target);
                    throw e;
                }
            }
        }
    }

    /** Adds the index entries that wait; {@code failed} is told of the partition and the number of the row whose key was taken. */
    void flush(ObjIntConsumer<PartitionTarget> failed) {
        for (PartitionTarget target : begun.values()) {
            if (target.entries().isPresent()) {
                try {
                    target.entries().get().flush();
                } catch (SqlError e) {
                    target.entries().get().failed().ifPresent(number -> failed.accept(target, number));
                    throw e;
                }
            }
        }
    }

    /** Whether index entries have to be added before more rows are. */
    boolean isFull() {
        long bytes = 0;
        for (PartitionTarget target : begun.values()) {
            if (target.entries().isPresent()) {
                if (target.entries().get().isFull()) {
                    return true;
                }
                bytes += target.entries().get().bytes();
            }
        }
        return bytes > MOST_BYTES;
    }

    /** Gives back what foreign partitions hold. */
    void close() {
        foreign.values().forEach(ForeignPartition::close);
    }

    /** The statement has changed all it will; gives how many rows were updated or deleted in foreign partitions. */
    long end() {
        long there = 0;
        for (ForeignPartition partition : begunThere.values()) {
            there += partition.end();
        }
        triggered.forEach(ChangeTriggers::end);
        triggered.clear();
        begunThere.clear();
        begun.clear();
        return there;
    }
}
