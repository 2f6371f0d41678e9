package org.gajah.exec;

import org.gajah.vector.Vector;

/** A function that is called for many rows at once. */
public interface BatchRoutine extends Routine {
    /** Sets {@code out}, which is empty, at the given rows. Strictness is the routine's matter. */
    void callEach(Vector[] arguments, Vector out, int[] rows, int count, ExecContext caller);
}
