package org.gajah.spi;

import org.gajah.vector.Vector;

/** A function that can be called for many rows at once. */
public interface BatchBody extends RoutineBody {
    /** Whether it can be called so at all. */
    boolean takesBatches();

    /**
     * Sets {@code out}, which is empty, at the given rows; strictness is this one's matter.
     *
     * @param call the circumstances, without arguments
     */
    void callEach(Call call, Vector[] arguments, Vector out, int[] rows, int count);
}
