package org.gajah.page;

/** What the pool knows of a page; guarded by its exclusive latch. */
final class PageState {
    /** No block. */
    static final int NOWHERE = -1;

    /** Whether memory holds what {@link #block} does not. */
    boolean dirty;
    /** The epoch of the last change that no checkpoint image has; 0 if there is none. */
    long changedEpoch;
    /** The newest image in the file, as the page is in memory when it is not dirty. */
    int block = NOWHERE;
    /** The image that the last finished checkpoint refers to. */
    int checkpointBlock = NOWHERE;
    /** The image that the next checkpoint to finish will refer to instead. */
    int nextCheckpointBlock = NOWHERE;
    /** Whether the page is on its space's free list. */
    volatile boolean free;

    /** Frees a block unless the page still needs it. */
    void release(BlockFile file, int old) {
        if (old != NOWHERE && old != block && old != checkpointBlock && old != nextCheckpointBlock) {
            file.free(old);
        }
    }
}
