package org.gajah.exec;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import org.gajah.plan.Plan.JoinKind;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/**
 * Joins by equal keys: the right rows are kept by key, the left rows look for theirs. Right rows that do not fit into memory make it
 * divide both sides by the keys' hashes into a temporary file, and join part by part.
 */
final class HashJoinOperator extends Operator {
    private final JoinKind kind;
    private final Operator left;
    private final Operator right;
    private final Frame frame;
    private final Kernel[] leftKeys;
    private final Kernel[] rightKeys;
    private final Optional<Kernel> condition;
    private final boolean nullAware;
    private final int leftColumns;
    private final KeyTable table;
    private final RowStore rows;
    private final Vector[] keyValues;
    /** By key, its last row + 1; by row, the row before it with the same key + 1. */
    private int[] lastOfKey = new int[16];
    private int[] before = new int[16];
    private final BitSet matchedRight = new BitSet();
    private final boolean[] matchedLeft = new boolean[Batch.MAX_ROWS];
    private final int[] candidateLeft = new int[Batch.MAX_ROWS];
    private final int[] candidateRight = new int[Batch.MAX_ROWS];
    private final Batch pairs;
    private Batch leftBatch = Vectors.nothing();
    private Phase phase = Phase.BUILD;
    /** Rows of the left batch; SEMI and ANTI hand the batch on, and then others may narrow its selection. */
    private int leftCount;
    private int position;
    private int chain;
    private int rightPosition;
    private boolean rightHasNullKey;
    private boolean rightIsEmpty;
    private boolean divided;
    private final WorkMemory memory;
    private final Batch leftStored;
    private final Batch rightStored;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private Input leftInput = Input.NONE;
    private Input rightInput = Input.NONE;
    private int level;

    /** One side of the present part: the child, or rows from the file. */
    private interface Input {
        Input NONE = max -> Vectors.nothing();

        Batch next(int max);
    }

    /** Parts of both sides that have equal keys, and how often they have been divided. */
    private record Waiting(Optional<SpillRun> left, Optional<SpillRun> right, int level) {
    }

    private enum Phase { BUILD, PROBE, LEFT_ALONE, RIGHT_ALONE, END }

    HashJoinOperator(JoinKind kind, Operator left, Operator right, Frame frame, Kernel[] leftKeys, Kernel[] rightKeys, Optional<Kernel> condition,
            boolean nullAware, KeyTable table, List<Carrier> leftCarriers, List<Carrier> rightCarriers) {
        this.kind = kind;
        this.left = left;
        this.right = right;
        this.frame = frame;
        this.leftKeys = leftKeys;
        this.rightKeys = rightKeys;
        this.condition = condition;
        this.nullAware = nullAware;
        this.table = table;
        this.rows = new RowStore(rightCarriers);
        this.keyValues = new Vector[leftKeys.length];
        this.leftColumns = leftCarriers.size();
        List<Carrier> all = new java.util.ArrayList<>(leftCarriers);
        all.addAll(rightCarriers);
        this.pairs = Batch.of(all, BatchSize.MAX);
        this.leftStored = Batch.of(leftCarriers, BatchSize.MAX);
        this.rightStored = Batch.of(rightCarriers, BatchSize.MAX);
        this.memory = new WorkMemory(frame, true);
    }

    @Override
    void start() {
        memory.begin();
        waiting.clear();
        level = 0;
        rightHasNullKey = false;
        rightIsEmpty = true;
        divided = false;
        right.open();
        left.open();
        begin(left::next, right::next);
    }

    private void begin(Input leftRows, Input rightRows) {
        phase = Phase.BUILD;
        table.clear();
        rows.clear();
        matchedRight.clear();
        Arrays.fill(lastOfKey, 0);
        leftInput = leftRows;
        rightInput = rightRows;
        leftBatch = Vectors.nothing();
        leftCount = 0;
        position = 0;
        chain = 0;
        rightPosition = 0;
    }

    private boolean keepsAllRight() {
        return kind == JoinKind.RIGHT || kind == JoinKind.FULL;
    }

    private void buildTable() {
        for (Batch batch = rightInput.next(BatchSize.MAX); batch.count() > 0; batch = rightInput.next(BatchSize.MAX)) {
            frame.checkCancelled();
            Selection selection = batch.selection();
            evalKeys(rightKeys, batch);
            for (int i = 0; i < selection.count(); i++) {
                int row = selection.rows[i];
                int number = rows.size();
                if (hasNull(row)) {
                    rightHasNullKey = true;
                    if (keepsAllRight()) {
                        rows.append(batch, row);
                    }
                    continue;
                }
                rightIsEmpty = false;
                rows.append(batch, row);
                int key = table.findOrAdd(keyValues, row);
                link(key, number);
            }
            if (!memory.holds(heldBytes())) {
                if (level < Partitions.MOST_LEVELS) {
                    divide();
                    return;
                }
                memory.require(heldBytes());
            }
        }
        right.close();
    }

    /** The keys of the right side, if all of it is in memory. */
    Optional<KeyTable> keys() {
        return divided ? Optional.empty() : Optional.of(table);
    }

    private long heldBytes() {
        return rows.bytes() + table.bytes() + 4L * lastOfKey.length + 4L * before.length;
    }

    /** Writes both sides to the file, by parts; nothing is left in memory. */
    private void divide() {
        divided = true;
        Partitions rightParts = new Partitions(memory, level);
        BitSet linked = new BitSet(rows.size());
        for (int key = 0; key < table.size(); key++) {
            for (int row = lastOfKey[key]; row != 0; row = before[row - 1]) {
                linked.set(row - 1);
                writeStored(rightParts, table.keyHash(key), row - 1);
            }
        }
        for (int row = linked.nextClearBit(0); row < rows.size(); row = linked.nextClearBit(row + 1)) {
            writeStored(rightParts, 0, row);
        }
        rows.clear();
        table.clear();
        memory.require(0);
        divide(rightInput, rightKeys, rightParts, keepsAllRight(), rightStored.columnCount());
        right.close();
        Partitions leftParts = new Partitions(memory, level);
        boolean keepsNulls = kind != JoinKind.INNER && kind != JoinKind.SEMI && kind != JoinKind.RIGHT;
        divide(leftInput, leftKeys, leftParts, keepsNulls, leftColumns);
        left.close();
        for (int i = 0; i < Partitions.count(); i++) {
            boolean wanted = leftParts.part(i).isPresent() || keepsAllRight() && rightParts.part(i).isPresent();
            if (wanted) {
                waiting.push(new Waiting(leftParts.part(i), rightParts.part(i), level + 1));
            }
        }
        leftInput = Input.NONE;
    }

    private void writeStored(Partitions parts, long hash, int row) {
        rightStored.reset();
        rows.share(row, rightStored, 0, 0);
        parts.add(hash, rightStored.columns(), 0);
    }

    private void divide(Input input, Kernel[] keys, Partitions parts, boolean keepsNulls, int columnCount) {
        for (Batch batch = input.next(BatchSize.MAX); batch.count() > 0; batch = input.next(BatchSize.MAX)) {
            frame.checkCancelled();
            evalKeys(keys, batch);
            Vector[] columns = Vectors.first(batch, columnCount);
            Selection selection = batch.selection();
            for (int i = 0; i < selection.count(); i++) {
                int row = selection.rows[i];
                boolean isNull = hasNull(row);
                if (keys == rightKeys) {
                    rightHasNullKey |= isNull;
                    rightIsEmpty &= isNull;
                }
                if (!isNull || keepsNulls) {
                    parts.add(isNull ? 0 : table.hash(row), columns, row);
                }
            }
        }
        parts.finish();
    }

    private boolean nextPart() {
        if (waiting.isEmpty()) {
            return false;
        }
        Waiting next = waiting.pop();
        level = next.level;
        begin(reading(next.left, leftStored), reading(next.right, rightStored));
        return true;
    }

    private static Input reading(Optional<SpillRun> run, Batch stored) {
        if (run.isEmpty()) {
            return Input.NONE;
        }
        SpillRun.Reader reader = run.get().reader();
        return max -> {
            reader.read(stored, stored.columns(), max);
            return stored;
        };
    }

    private void link(int key, int row) {
        if (key >= lastOfKey.length) {
            lastOfKey = Arrays.copyOf(lastOfKey, Math.max(key + 1, lastOfKey.length * 2));
        }
        if (row >= before.length) {
            before = Arrays.copyOf(before, Math.max(row + 1, before.length * 2));
        }
        before[row] = lastOfKey[key];
        lastOfKey[key] = row + 1;
    }

    private void evalKeys(Kernel[] keys, Batch batch) {
        for (int i = 0; i < keys.length; i++) {
            keyValues[i] = keys[i].eval(batch, batch.selection());
        }
        table.hash(keyValues, batch.selection());
    }

    private boolean hasNull(int row) {
        for (Vector value : keyValues) {
            if (value.isNull(row)) {
                return true;
            }
        }
        return false;
    }

    @Override
    Batch produce(int max) {
        int room = Math.min(max, BatchSize.MAX);
        while (true) {
            switch (phase) {
                case BUILD -> {
                    buildTable();
                    phase = Phase.PROBE;
                    position = leftCount;
                }
                case PROBE -> {
                    Batch result = probe(room);
                    if (result.count() > 0) {
                        return result;
                    }
                }
                case LEFT_ALONE -> {
                    Batch result = leftAlone();
                    phase = Phase.PROBE;
                    if (result.count() > 0) {
                        return result;
                    }
                }
                case RIGHT_ALONE -> {
                    Batch result = rightAlone(room);
                    if (result.count() > 0) {
                        return result;
                    }
                    phase = Phase.END;
                }
                case END -> {
                    if (!nextPart()) {
                        return end(pairs);
                    }
                }
            }
        }
    }

    /** Goes on with the present left batch, or takes the next; moves to the next phase when one is through. */
    private Batch probe(int room) {
        if (position == leftCount && chain == 0) {
            frame.checkCancelled();
            leftBatch = leftInput.next(room);
            position = 0;
            leftCount = leftBatch.count();
            if (leftCount == 0) {
                phase = kind == JoinKind.RIGHT || kind == JoinKind.FULL ? Phase.RIGHT_ALONE : Phase.END;
                return leftBatch;
            }
            evalKeys(leftKeys, leftBatch);
            for (int i = 0; i < leftCount; i++) {
                matchedLeft[leftBatch.selection().rows[i]] = false;
            }
        }
        int count = candidates(room);
        Batch result = judge(count);
        if (position == leftCount && chain == 0 && kind != JoinKind.INNER && kind != JoinKind.RIGHT) {
            phase = Phase.LEFT_ALONE;
        }
        return result;
    }

    /** Collects pairs with equal keys, at most {@code room}. */
    private int candidates(int room) {
        Selection selection = leftBatch.selection();
        int count = 0;
        boolean firstIsEnough = condition.isEmpty() && (kind == JoinKind.SEMI || kind == JoinKind.ANTI);
        while (count < room) {
            if (chain == 0) {
                if (position == leftCount) {
                    break;
                }
                int row = selection.rows[position];
                int key = hasNull(row) ? -1 : table.find(keyValues, row);
                if (key < 0) {
                    position++;
                    continue;
                }
                chain = lastOfKey[key];
            }
            candidateLeft[count] = selection.rows[position];
            candidateRight[count++] = chain - 1;
            chain = firstIsEnough ? 0 : before[chain - 1];
            if (chain == 0) {
                position++;
            }
        }
        return count;
    }

    /** Marks which of the candidates match; gives them, except for SEMI and ANTI. */
    private Batch judge(int count) {
        boolean needPairs = condition.isPresent() || kind != JoinKind.SEMI && kind != JoinKind.ANTI;
        pairs.selection().all(needPairs ? count : 0);
        if (needPairs) {
            pairs.reset();
            for (int c = 0; c < leftColumns; c++) {
                for (int i = 0; i < count; i++) {
                    Vectors.share(leftBatch.column(c), candidateLeft[i], pairs.column(c), i);
                }
            }
            for (int i = 0; i < count; i++) {
                rows.share(candidateRight[i], pairs, leftColumns, i);
            }
            pairs.selection().all(count);
            condition.ifPresent(kernel -> kernel.select(pairs, pairs.selection(), pairs.selection()));
        }
        int kept = needPairs ? pairs.count() : count;
        for (int i = 0; i < kept; i++) {
            int candidate = needPairs ? pairs.selection().rows[i] : i;
            matchedLeft[candidateLeft[candidate]] = true;
            if (kind == JoinKind.RIGHT || kind == JoinKind.FULL) {
                matchedRight.set(candidateRight[candidate]);
            }
        }
        if (kind == JoinKind.SEMI || kind == JoinKind.ANTI) {
            pairs.selection().clear();
        }
        return pairs;
    }

    /** The rows of a finished left batch that go alone. */
    private Batch leftAlone() {
        Selection selection = leftBatch.selection();
        int kept = 0;
        for (int i = 0; i < selection.count(); i++) {
            int row = selection.rows[i];
            if (kind == JoinKind.SEMI ? matchedLeft[row] : !matchedLeft[row] && allowedByNulls(row)) {
                selection.rows[kept++] = row;
            }
        }
        selection.setCount(kept);
        position = leftCount;
        if (kind == JoinKind.SEMI || kind == JoinKind.ANTI) {
            return leftBatch;
        }
        pairs.reset();
        for (int i = 0; i < kept; i++) {
            for (int c = 0; c < pairs.columnCount(); c++) {
                if (c < leftColumns) {
                    Vectors.share(leftBatch.column(c), selection.rows[i], pairs.column(c), i);
                } else {
                    pairs.column(c).setNull(i);
                }
            }
        }
        pairs.selection().all(kept);
        return pairs;
    }

    /** NOT IN: a null on the right makes every answer unknown, a null on the left its own unless the right is empty. */
    private boolean allowedByNulls(int row) {
        return !nullAware || !rightHasNullKey && (rightIsEmpty || !hasNull(row));
    }

    private Batch rightAlone(int room) {
        pairs.reset();
        int count = 0;
        while (count < room && rightPosition < rows.size()) {
            if (!matchedRight.get(rightPosition)) {
                for (int c = 0; c < leftColumns; c++) {
                    pairs.column(c).setNull(count);
                }
                rows.share(rightPosition, pairs, leftColumns, count);
                count++;
            }
            rightPosition++;
        }
        pairs.selection().all(count);
        return pairs;
    }

    @Override
    public void close() {
        left.close();
        right.close();
        rows.clear();
        table.clear();
        waiting.clear();
        memory.close();
        phase = Phase.END;
    }
}
