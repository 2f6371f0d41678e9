package org.gajah.api.foreign;

import java.util.List;
import java.util.Optional;

/** Hands rows to a running change. A row is the values of the change's columns, then of its identity, as text. */
public interface ForeignWriter extends AutoCloseable {
    /** Changes one row, maybe later. */
    void add(List<Optional<String>> row);

    /** Changes what was kept back. */
    void flush();

    /** Changes one row now and gives its {@code returning} columns to the target; gives how many rows that were. */
    int returned(RowTarget target, List<Optional<String>> row);

    /** How many rows were changed so far. */
    long changed();

    @Override
    void close();
}
