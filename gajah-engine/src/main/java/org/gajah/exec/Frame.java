package org.gajah.exec;

import java.util.ArrayList;
import java.util.List;

import org.gajah.base.MemoryBudget;
import org.gajah.func.CallContext;

/**
 * What the kernels and operators of one {@link Execution} share while it runs: the context, the parameters' values and the
 * slots. Every change of a slot gives it a new version, which is how what was computed from it is known to be stale.
 */
final class Frame {
    private final Object[] slots;
    private final long[] slotVersions;
    private final List<SubPlan> subPlans = new ArrayList<>();
    private final int workTableSlots;
    private final RowStore[] workTables;
    private final List<WorkMemory> memories = new ArrayList<>();
    private ExecContext context;
    private long version;
    private long run;
    private boolean watched;
    private boolean fires;
    private final List<ArmedTrigger> triggers = new ArrayList<>(0);

    /** Work tables have a slot each behind the others, whose version changes with their rows. */
    Frame(int slotCount, int workTableCount) {
        slots = new Object[slotCount + workTableCount];
        slotVersions = new long[slotCount + workTableCount];
        workTableSlots = slotCount;
        workTables = new RowStore[workTableCount];
    }

    /** The slot that stands for a work table. */
    int workTableSlot(int workTable) {
        return workTableSlots + workTable;
    }

    RowStore workTable(int workTable) {
        return workTables[workTable];
    }

    void setWorkTable(int workTable, RowStore rows) {
        workTables[workTable] = rows;
        setSlot(workTableSlot(workTable), null);
    }

    /** Begins a run. */
    void begin(ExecContext context) {
        this.context = context;
        run = ++version;
        java.util.Arrays.fill(slotVersions, run);
    }

    ExecContext context() {
        return context;
    }

    /** A number that differs from run to run. */
    long run() {
        return run;
    }

    Object slot(int slot) {
        return slots[slot];
    }

    /** Sets a slot to a boxed value that stays valid, or null. */
    void setSlot(int slot, Object value) {
        slots[slot] = value;
        slotVersions[slot] = ++version;
    }

    long slotVersion(int slot) {
        return slotVersions[slot];
    }

    Object parameter(int number) {
        return context.parameters()[number - 1];
    }

    /** Memory that is given back when the execution is closed, however that comes about. */
    void register(WorkMemory memory) {
        memories.add(memory);
    }

    /** Gives back all memory and temporary files. */
    void releaseMemory() {
        memories.forEach(WorkMemory::close);
    }

    List<SubPlan> subPlans() {
        return subPlans;
    }

    /** Something in the plan calls code that sees what the statement has changed so far. */
    void watchChanges() {
        watched = true;
    }

    /** The triggers of a table that the plan changes. */
    void note(List<ArmedTrigger> armed) {
        triggers.addAll(armed);
    }

    /** Triggers of tables that the plan may come to change, which are noted only then. */
    void noteTriggersToCome() {
        fires = true;
    }

    /** Whether what the plan changes may fire triggers. */
    boolean firesTriggers() {
        return fires || !triggers.isEmpty();
    }

    List<ArmedTrigger> triggers() {
        return triggers;
    }

    /** How many rows to take at once before they are written. */
    int rowsToWrite() {
        return watched ? 1 : BatchSize.MAX;
    }

    /** Between batches: whether to stop. */
    void checkCancelled() {
        MemoryBudget.endClaims();
        context.cancel().check();
    }

    /** The context for one place of call, kept by the kernel for as long as the session's factory stays the same. */
    CallContext callContext(CallContexts.CallSite site) {
        return context.calls().at(site);
    }
}
