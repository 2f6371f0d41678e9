package org.gajah.page;

/** What the pool knows of a page: guarded by its latch (or by having claimed it). */
final class PageState {
    /** No place in the file. */
    static final int NOWHERE = -1;

    /** Whether memory holds what {@link #block} does not. */
    boolean dirty;
    /** The epoch in which it became dirty. */
    long dirtyEpoch;
    /** Block of the newest image in the file. */
    int block = NOWHERE;
    /** Block that the last finished or running checkpoint refers to. */
    int checkpointBlock = NOWHERE;
    /** Position in the pool's table of resident pages. */
    int frame = -1;
    /** Whether the page is on its space's free list. */
    boolean free;
}
