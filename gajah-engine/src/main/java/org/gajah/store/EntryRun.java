package org.gajah.store;

import java.util.Optional;

import org.gajah.base.ByteSink;
import org.gajah.base.ByteSource;
import org.gajah.base.Slice;

/**
 * Entries that one transaction has added to one index, or that its changes have made obsolete: as one step. What a rollback takes back of
 * the former, a purge takes away of the latter.
 *
 * <p>Grows by its transaction, is read by checkpoints behind the closed gate: whoever changes it is inside.
 */
final class EntryRun extends UndoRecord {
    private static final int FULL = 1 << 16;

    /** Receives the entries of a run. */
    @FunctionalInterface
    interface Visitor {
        /** Returns whether to go on. */
        boolean entry(Slice key, long tid);
    }

    private final StoredIndex index;
    private final boolean added;
    private final UndoMemory memory;
    private ByteSink bytes = new ByteSink(48);
    private Optional<SpillFile.Run> spilled = Optional.empty();
    /** Whether it is full: then the memory is told of. */
    private boolean counted;
    private int countedBytes;
    /** Bytes of entries that are done with. */
    private int done;

    EntryRun(StoredIndex index, boolean added, UndoMemory memory) {
        this.index = index;
        this.added = added;
        this.memory = memory;
    }

    StoredIndex index() {
        return index;
    }

    /** Adds an entry; true if the run is full by now. */
    boolean append(Slice key, long tid) {
        bytes.putShort(key.length()).put(key).putLong(tid);
        if (bytes.size() >= FULL && !counted) {
            counted = true;
            countedBytes = bytes.size();
            memory.count(countedBytes);
        }
        return counted;
    }

    boolean isObsolete() {
        return !added;
    }

    /** Takes in the entries of another run, which is then empty; false if either is full. Inside the gate. */
    boolean takeIn(EntryRun other) {
        if (counted || spilled.isPresent() || other.counted || other.spilled.isPresent()) {
            return false;
        }
        other.visit((key, tid) -> {
            append(key, tid);
            return true;
        });
        other.forget();
        return true;
    }

    /** Sends a full run to the file. */
    void spill() {
        if (counted) {
            SpillFile.Run run = memory.file().write(bytes.array(), bytes.size());
            long ticket = index.gate().enter();
            uncount();
            bytes = new ByteSink(0);
            spilled = Optional.of(run);
            index.gate().leave(ticket);
        }
    }

    private void uncount() {
        if (counted) {
            counted = false;
            memory.count(-countedBytes);
        }
    }

    /** Goes through the entries that are not done with; the keys are not to be kept. */
    void visit(Visitor visitor) {
        ByteSource in = spilled.isPresent() ? memory.file().read(spilled.get()) : new ByteSource(bytes.view());
        in.getSlice(done);
        boolean more = true;
        while (more && in.remaining() > 0) {
            Slice key = in.getSlice(in.getShort() & 0xffff);
            more = visitor.entry(key, in.getLong());
        }
    }

    private void take() {
        visit((key, tid) -> {
            index.take(key, tid, () -> done += 2 + key.length() + 8);
            return true;
        });
        long ticket = index.gate().enter();
        uncount();
        bytes = new ByteSink(0);
        done = 0;
        spilled.ifPresent(memory.file()::free);
        spilled = Optional.empty();
        index.gate().leave(ticket);
    }

    @Override
    void undo() {
        if (added) {
            take();
        } else {
            // the entries were never gone
            forget();
        }
    }

    @Override
    void purge() {
        if (added) {
            // the entries are there to stay
            forget();
        } else {
            take();
        }
    }

    /** Gives the memory back; no checkpoint looks any more. */
    private void forget() {
        uncount();
        spilled.ifPresent(memory.file()::free);
        spilled = Optional.empty();
        bytes = new ByteSink(0);
        done = 0;
    }
}
