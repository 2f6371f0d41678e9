package org.gajah.exec;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Disk;
import org.gajah.base.MemoryBudget;

/** The memory and the temporary files that one session's statements may take. */
public final class Workspace {
    private static final String PREFIX = "temp-";
    private static final AtomicLong NEXT_FILE = new AtomicLong();

    private final MemoryBudget budget;
    private final Disk disk;
    private final Supplier<Limits> limits;
    private final AtomicLong fileBytes = new AtomicLong();

    /**
     * What the session's settings allow.
     *
     * @param sortBytes bytes that one sort or store of rows may take before it goes to a file (work_mem)
     * @param hashBytes bytes that one hash table may take (work_mem times hash_mem_multiplier)
     * @param fileBytes bytes of temporary files that the session may have at a time (temp_file_limit); negative is no limit
     */
    public record Limits(long sortBytes, long hashBytes, long fileBytes) {
    }

    public Workspace(MemoryBudget budget, Disk disk, Supplier<Limits> limits) {
        this.budget = budget;
        this.disk = disk;
        this.limits = limits;
    }

    MemoryBudget budget() {
        return budget;
    }

    Limits limits() {
        return limits.get();
    }

    Disk disk() {
        return disk;
    }

    String newFileName() {
        return PREFIX + NEXT_FILE.incrementAndGet();
    }

    /** Counts bytes of files, negative ones when they go; 53400 if there would be too many. */
    void countFileBytes(long bytes) {
        long limit = limits().fileBytes;
        long now = fileBytes.addAndGet(bytes);
        if (bytes > 0 && limit >= 0 && now > limit) {
            fileBytes.addAndGet(-bytes);
            throw new SqlError(SqlState.CONFIGURATION_LIMIT_EXCEEDED, "temporary file size exceeds \"temp_file_limit\" ("
                    + (limit >> 10) + "kB)");
        }
    }

    /** Removes the temporary files that a process left behind which did not end as it should. */
    public static void removeLeftovers(Disk disk) {
        List<String> left = disk.list().stream().filter(name -> name.startsWith(PREFIX)).toList();
        left.forEach(disk::delete);
    }
}
