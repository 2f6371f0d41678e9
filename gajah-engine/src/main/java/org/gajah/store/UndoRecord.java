package org.gajah.store;

/** One step of a transaction other than the change of a row: how to take it back, and what to clear away when everybody sees it. */
abstract class UndoRecord {
    /** Takes the step back; steps are undone last first. */
    abstract void undo();

    /** The step is committed and everybody sees it: forgets what was before. */
    abstract void purge();
}
