package org.gajah.exec;

import org.gajah.vector.Vector;

/** One window function over the rows of a partition. */
interface WindowFunction {
    /** A partition is complete. */
    void partition(Partition partition);

    /** Sets {@code out} at {@code target} to the value for a row, whose frame has been computed if the function uses it. */
    void value(int row, Vector out, int target);

    /** The rows of one partition: the child's columns, then the arguments of all functions. */
    interface Partition {
        RowStore rows();

        /** Number of the partition's first row in the store. */
        int first();

        int size();

        WindowFrame frame();
    }
}
