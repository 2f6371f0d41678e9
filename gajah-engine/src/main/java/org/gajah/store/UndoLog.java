package org.gajah.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.ByteSource;

/**
 * The steps of a transaction in order: how to take it back, and what to clear away once nobody can see what was before it. Used by one
 * thread at a time.
 *
 * <p>A change of a row is a number, whose version is found beside the row's page; anything else is an {@link UndoRecord}. Numbers are kept
 * in chunks, of which all but the last may go to the {@link SpillFile}.
 */
final class UndoLog {
    private static final System.Logger LOGGER = System.getLogger("org.gajah.store");
    private static final int CHUNK = 8192;
    /** Steps: bit 63 says that the rest is the place of a record; else table (20 bits), page (31), slot (12). */
    private static final long RECORD = 1L << 63;
    private static final int MOST_TABLES = 1 << 20;
    /** Bytes of the budget for each of the newest steps, whose pages are likely to be changed again: their versions stay in memory. */
    private static final int BYTES_OF_RECENT = 4096;
    private static final int MOST_RECENT = 1024;

    /** A full chunk, in memory or in the file. */
    private static final class Chunk {
        private long[] steps;
        private SpillFile.Run run;

        Chunk(long[] steps) {
            this.steps = steps;
        }
    }

    private final UndoMemory memory;
    private final List<UndoRecord> records = new ArrayList<>(0);
    private final List<HeapTable> tables = new ArrayList<>(2);
    /** Only when there are many. */
    private Map<HeapTable, Integer> numbers = Map.of();
    /** The runs that may take in others; only in a log that takes in others. */
    private final Map<StoredIndex, EntryRun> openRuns = new IdentityHashMap<>(0);
    /** Full runs in memory. */
    private final List<EntryRun> full = new ArrayList<>(0);
    private final List<Chunk> chunks = new ArrayList<>(0);
    private long[] tail = new long[4];
    private int tailSize;
    /** The chunk read last from the file. */
    private int readNumber = -1;
    private long[] readSteps;
    /** Up to which step pages were frozen, and up to which chunk steps went to the file. */
    private long frozen;
    private int spilled;
    private long purged;
    /** A step on the page whose versions were fetched from the file last, -1 if there is none: it may have others' versions too. */
    private long fetched = -1;

    UndoLog(UndoMemory memory) {
        this.memory = memory;
    }

    long size() {
        return (long) chunks.size() * CHUNK + tailSize;
    }

    boolean isEmpty() {
        return size() == 0;
    }

    /** Steps that are left to purge. */
    long left() {
        return size() - purged;
    }

    /** The records among the steps, in order. */
    List<UndoRecord> records() {
        return records;
    }

    void add(UndoRecord record) {
        records.add(record);
        append(RECORD | records.size() - 1);
    }

    /** Adds the change of a row, whose newest version must have {@link #size} as its index. */
    void addChange(HeapTable table, int page, int slot) {
        append((long) number(table) << 43 | (long) page << 12 | slot);
    }

    private int number(HeapTable table) {
        int last = tables.size() - 1;
        for (int i = last; i >= 0 && i > last - 8; i--) {
            if (tables.get(i) == table) {
                return i;
            }
        }
        if (last >= 8) {
            if (numbers.isEmpty()) {
                numbers = new IdentityHashMap<>();
                for (int i = 0; i <= last; i++) {
                    numbers.put(tables.get(i), i);
                }
            }
            Integer known = numbers.putIfAbsent(table, last + 1);
            if (known != null) {
                return known;
            }
        }
        if (last + 1 == MOST_TABLES) {
            throw new SqlError(SqlState.PROGRAM_LIMIT_EXCEEDED, "a transaction cannot change more than "
                    + MOST_TABLES + " tables");
        }
        tables.add(table);
        return last + 1;
    }

    private void append(long step) {
        if (tailSize == tail.length) {
            if (tailSize == CHUNK) {
                chunks.add(new Chunk(tail));
                memory.count(8L * CHUNK);
                tail = new long[CHUNK];
                tailSize = 0;
            } else {
                tail = Arrays.copyOf(tail, Math.min(CHUNK, tailSize * 4));
            }
        }
        tail[tailSize++] = step;
    }

    private long get(long index) {
        int chunk = (int) (index / CHUNK);
        int place = (int) (index % CHUNK);
        return chunk == chunks.size() ? tail[place] : steps(chunk)[place];
    }

    private long[] steps(int number) {
        Chunk chunk = chunks.get(number);
        if (chunk.steps != null) {
            return chunk.steps;
        }
        if (readNumber != number) {
            ByteSource in = memory.file().read(chunk.run);
            long[] steps = new long[CHUNK];
            for (int i = 0; i < CHUNK; i++) {
                steps[i] = in.getLong();
            }
            readSteps = steps;
            readNumber = number;
        }
        return readSteps;
    }

    private HeapTable table(long step) {
        return tables.get((int) (step >>> 43));
    }

    private static int page(long step) {
        return (int) (step >>> 12) & Integer.MAX_VALUE;
    }

    private static int slot(long step) {
        return (int) step & 0xfff;
    }

    /** Takes the last step back; returns the record that it was, if it was one. */
    Optional<UndoRecord> undoLast() {
        long index = size() - 1;
        long step = get(index);
        if ((step & RECORD) == 0) {
            leave(step);
            if (table(step).undo(page(step), slot(step))) {
                fetched = step;
            }
        } else {
            records.getLast().undo();
        }
        if (tailSize == 0) {
            tail = steps(chunks.size() - 1);
            tailSize = CHUNK;
            drop(chunks.removeLast());
            spilled = Math.min(spilled, chunks.size());
        }
        tailSize--;
        frozen = Math.min(frozen, index);
        return (step & RECORD) == 0 ? Optional.empty() : Optional.of(records.removeLast());
    }

    /** Before a step on a page: if the one before was on another that had been in the file, that goes back there. */
    private void leave(long step) {
        if (fetched >>> 12 != step >>> 12) {
            returnFetched();
        }
    }

    /** Sends the page fetched last back to the file if memory is short. */
    void returnFetched() {
        long step = fetched;
        fetched = -1;
        if (step != -1 && memory.isTight()) {
            try {
                table(step).freeze(page(step));
            } catch (SqlError e) {
                // it stays in memory: that is no reason not to take back or purge
                LOGGER.log(System.Logger.Level.WARNING, e.getMessage());
            }
        }
    }

    private void drop(Chunk chunk) {
        if (chunk.run != null) {
            memory.file().free(chunk.run);
        } else {
            memory.count(-8L * CHUNK);
        }
        readNumber = -1;
    }

    /** Clears away, in order, what everybody from {@code horizon} on does not need any more: at most so many steps. */
    void purge(long horizon, long most) {
        long end = Math.min(size(), purged + most);
        while (purged < end) {
            long step = get(purged);
            if ((step & RECORD) == 0) {
                leave(step);
                if (table(step).purge(page(step), slot(step), horizon)) {
                    fetched = step;
                }
            } else {
                purge(records.get((int) step));
            }
            purged++;
        }
        returnFetched();
        if (purged == size()) {
            discard();
        }
    }

    /** A run that is done with takes in no others: nobody would come for them. */
    private void purge(UndoRecord record) {
        record.purge();
        if (record instanceof EntryRun run) {
            openRuns.remove(run.index(), run);
        }
    }

    /** Gives everything back; the steps are done with. */
    void discard() {
        for (Chunk chunk : chunks) {
            drop(chunk);
        }
        chunks.clear();
        tailSize = 0;
        purged = 0;
    }

    /** A run among the records is full and may go to the file. */
    void noteFull(EntryRun run) {
        full.add(run);
    }

    /** Sends to the file what takes memory: versions beside pages that were changed a while ago, chunks of steps, index entries. */
    void spill(boolean running) {
        long end = running ? size() - Math.min(MOST_RECENT, memory.budget() / BYTES_OF_RECENT) : size();
        long last = -1;
        for (; frozen < end && memory.isTight(); frozen++) {
            long step = get(frozen);
            if ((step & RECORD) == 0 && step >>> 12 != last) {
                table(step).freeze(page(step));
                last = step >>> 12;
            }
        }
        while (memory.isTight() && !full.isEmpty()) {
            full.removeLast().spill();
        }
        for (; memory.isTight() && spilled < Math.min(chunks.size(), frozen / CHUNK); spilled++) {
            spill(chunks.get(spilled));
        }
    }

    /** As {@link #spill}, for what was fetched back. */
    void spillAgain() {
        frozen = purged;
        spill(false);
    }

    private void spill(Chunk chunk) {
        ByteSink out = new ByteSink(8 * CHUNK);
        for (long step : chunk.steps) {
            out.putLong(step);
        }
        chunk.run = memory.file().write(out.array(), out.size());
        chunk.steps = null;
        memory.count(-8L * CHUNK);
    }

    /** Appends the steps of another log, which is then done with; runs of index entries join those that are open here. */
    void append(UndoLog other, List<EntryRun> obsolete) {
        for (long i = other.purged; i < other.size(); i++) {
            long step = other.get(i);
            if ((step & RECORD) == 0) {
                addChange(other.table(step), page(step), slot(step));
            } else if (other.records.get((int) step) instanceof EntryRun run) {
                join(run, obsolete);
            } else {
                add(other.records.get((int) step));
            }
        }
        other.discard();
    }

    private void join(EntryRun run, List<EntryRun> obsolete) {
        if (!run.isObsolete()) {
            run.purge();
            return;
        }
        EntryRun open = openRuns.get(run.index());
        if (open == null || !open.takeIn(run)) {
            if (open != null) {
                noteFull(open);
            }
            openRuns.put(run.index(), run);
            obsolete.add(run);
            add(run);
        }
    }
}
