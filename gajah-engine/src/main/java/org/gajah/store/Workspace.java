package org.gajah.store;

import java.util.ArrayList;
import java.util.List;

import org.gajah.base.ByteSink;

/** What a transaction needs for writing: taken at its first write, handed on to the next one at its end. */
final class Workspace {
    private static final int KEPT_BYTES = 1 << 18;

    /** Rows on their way to a page. */
    final ByteSink images = new ByteSink(256);
    /** Rows of a batch that go to one page. */
    final ByteSink block = new ByteSink(16);
    /** What an update replaces, and by what. */
    final ByteSink before = new ByteSink(64);
    final ByteSink after = new ByteSink(64);
    /** For one value. */
    final ByteSink value = new ByteSink(64);
    /** For the log. */
    final ByteSink redo = new ByteSink(256);
    final TupleReader reader = new TupleReader();
    final Fitting fitting = new Fitting();
    /** Long values of the row on its way to a page, to be freed if it does not get there. */
    final List<Long> unplaced = new ArrayList<>();
    /** Slots of the page that the last insert went to. */
    int pageCapacity;

    Workspace() {
        pageCapacity = 0;
    }

    /** Forgets what is in it; false if it has grown too large to be kept. */
    boolean reset() {
        redo.clear();
        return (long) images.array().length + block.array().length + before.array().length + after.array().length + value.array().length
                + redo.array().length < KEPT_BYTES;
    }
}
