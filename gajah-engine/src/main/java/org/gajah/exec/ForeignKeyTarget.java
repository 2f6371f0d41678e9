package org.gajah.exec;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.gajah.analyze.Query.PolicyCheck.Kind;
import org.gajah.catalog.Relation;
import org.gajah.catalog.Trigger;
import org.gajah.vector.Batch;
import org.gajah.vector.IntVector;
import org.gajah.vector.LongVector;

/** What changing the rows of a referring table takes, for all actions of foreign keys in one statement. */
final class ForeignKeyTarget {
    private final CompileContext context;
    private final Relation relation;
    private final Frame frame = new Frame(0, 0);
    /** A frame of their own for rows that move: it is begun once for a statement. */
    private final Frame moves = new Frame(0, 0);
    private final RowWriter writer;
    private final ForeignKeyChecks checks;
    private final PartitionCheck fits;
    private final Map<String, ChangeTriggers> triggers = new HashMap<>();
    private Optional<PartitionedWriter> partitions = Optional.empty();
    private boolean moving;

    /** Whose triggers fire: a partition has those for rows only, if it is changed by way of a table above, and that one has the rest. */
    enum Share {
        ALL, ROWS, STATEMENT
    }

    ForeignKeyTarget(CompileContext context, Relation relation, Map<Integer, ForeignKeyTarget> targets) {
        this.context = context;
        this.relation = relation;
        writer = new RowWriter(context, frame, relation);
        checks = new ForeignKeyChecks(context, frame, relation, targets);
        fits = new PartitionCheck(context, frame, relation, 0);
    }

    Frame frame() {
        return frame;
    }

    RowWriter writer() {
        return writer;
    }

    ForeignKeyChecks checks() {
        return checks;
    }

    /** The triggers that a change of these columns, from 0, or without any a deletion fires; their statement begins with the first row. */
    ChangeTriggers triggers(int[] columns, Share share) {
        EnumSet<Trigger.Event> event = EnumSet.of(columns.length == 0 ? Trigger.Event.DELETE : Trigger.Event.UPDATE);
        ChangeTriggers found = triggers.computeIfAbsent(share + Arrays.toString(columns), key -> switch (share) {
            case ALL -> new ChangeTriggers(context, frame, relation, event, columns);
            case ROWS -> ChangeTriggers.ofRows(context, frame, relation, event, columns);
            case STATEMENT -> ChangeTriggers.ofStatement(context, frame, relation, event, columns);
        });
        if (!found.isRunning() && !found.isEmpty()) {
            found.begin();
            // AFTER STATEMENT comes behind what the statement's rows fire, which has not asked for its turn yet
            DeferredChecks.ConstraintCheck end = run -> found.end();
            frame.context().constraints().atStatementEnd(share == Share.STATEMENT ? run -> run.constraints().atStatementEnd(end) : end);
        }
        return found;
    }

    /** Whether a changed row, alone in its batch, may stay in the table. */
    boolean keeps(Batch row) {
        fits.select(row, row.selection());
        boolean stays = row.count() > 0;
        row.selection().all(1);
        return stays;
    }

    /** Inserts a row, alone in its batch, that has left its partition where it belongs now. */
    void insert(ExecContext run, Batch row) {
        if (!moving) {
            moving = true;
            moves.begin(run);
            run.constraints().atStatementEnd(end -> {
                moving = false;
                partitions.orElseThrow().end();
            });
        }
        if (partitions.isEmpty()) {
            partitions = Optional.of(new PartitionedWriter(context, moves, relation, EnumSet.of(Trigger.Event.INSERT), new int[0], false,
                    PolicyChecks.NONE, ForeignPartition.Asked.NOTHING));
        }
        partitions.get().insert(row, row.selection(), new LongVector(1), new IntVector(1), Kind.UPDATE);
    }

    /** A statement begins: what an earlier one has left over is nobody's. */
    void reset() {
        triggers.values().forEach(ChangeTriggers::reset);
        moving = false;
    }
}
