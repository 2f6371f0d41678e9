package org.gajah.exec;

import java.util.Optional;

import org.gajah.base.MemoryBudget;

/**
 * What one operator holds of its session's memory, and its temporary file if it has come to need one. The first 64 KB are not
 * counted, so small queries touch nothing that is shared.
 */
final class WorkMemory implements AutoCloseable {
    private final Optional<Frame> frame;
    private final boolean hashed;
    private long run;
    private Optional<Workspace> workspace = Optional.empty();
    private Optional<SpillFile> file = Optional.empty();
    private long limitBytes;
    private long grantedBytes = MemoryBudget.STEP_BYTES;

    /** For an operator of a plan; a {@code hashed} one may take more. */
    WorkMemory(Frame frame, boolean hashed) {
        this.frame = Optional.of(frame);
        this.hashed = hashed;
        frame.register(this);
    }

    /** For rows that outlive their plan; whoever made it closes it. */
    WorkMemory(Workspace workspace) {
        this.frame = Optional.empty();
        this.hashed = false;
        this.workspace = Optional.of(workspace);
        this.limitBytes = workspace.limits().sortBytes();
    }

    /** Begins with nothing held. */
    void begin() {
        close();
        if (frame.isPresent() && run != frame.get().run()) {
            run = frame.get().run();
            Workspace present = frame.get().context().workspace();
            workspace = Optional.of(present);
            limitBytes = hashed ? present.limits().hashBytes() : present.limits().sortBytes();
        }
    }

    long limitBytes() {
        return limitBytes;
    }

    /** Says how many bytes are held now; false if that is more than the operator should, which then goes to its file. */
    boolean holds(long bytes) {
        return reserve(bytes) && bytes <= limitBytes;
    }

    /** Says how many bytes are held now, by an operator that cannot do with less: 53200 if they are not there. */
    void require(long bytes) {
        if (!reserve(bytes)) {
            throw workspace.orElseThrow().budget().refusal(bytes - grantedBytes);
        }
    }

    private boolean reserve(long bytes) {
        if (bytes <= grantedBytes && bytes >= grantedBytes - (1 << 20)) {
            return true;
        }
        long wanted = Math.max(MemoryBudget.STEP_BYTES, (bytes + MemoryBudget.STEP_BYTES - 1) / MemoryBudget.STEP_BYTES * MemoryBudget.STEP_BYTES);
        MemoryBudget budget = workspace.orElseThrow().budget();
        if (wanted < grantedBytes) {
            budget.release(grantedBytes - wanted);
        } else if (!budget.tryReserve(wanted - grantedBytes)) {
            return false;
        }
        grantedBytes = wanted;
        return true;
    }

    /** The operator's file, made when it is first asked for. */
    SpillFile file() {
        if (file.isEmpty()) {
            file = Optional.of(new SpillFile(workspace.orElseThrow()));
        }
        return file.get();
    }

    /** How large the pieces should be in which rows go to the file, if so many runs are written or read at a time. */
    int blockBytes(int runs) {
        return Math.clamp(limitBytes / 2 / Math.max(1, runs), 4 << 10, 64 << 10);
    }

    /** Drops the file. */
    void dropFile() {
        file.ifPresent(SpillFile::close);
        file = Optional.empty();
    }

    /** Gives everything back. */
    @Override
    public void close() {
        dropFile();
        if (grantedBytes > MemoryBudget.STEP_BYTES) {
            workspace.orElseThrow().budget().release(grantedBytes - MemoryBudget.STEP_BYTES);
            grantedBytes = MemoryBudget.STEP_BYTES;
        }
    }
}
