package org.gajah.store;

/** One step of a transaction: how to take it back, and what to clear away once nobody can see what was before it. */
abstract class UndoRecord {
    /** The position among the transaction's steps. */
    int index;

    /** Takes the step back; steps are undone last first. */
    abstract void undo();

    /** The step is committed and everybody sees it: forgets what was before. */
    abstract void purge();
}
