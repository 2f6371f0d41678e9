package org.gajah.api.spi;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The rows that a command gave. They go when the connection that they were got through is finished. C: SPITupleTable */
public interface TupleTable extends Iterable<Row> {
    /** The columns. */
    TupleDescriptor descriptor();

    /** How many rows there are. */
    long size();

    /** A row, counted from 0. */
    Row row(long number);

    /** Gives the memory back before the connection is finished. C: SPI_freetuptable */
    void free();

    /** The rows in their order. */
    default Stream<Row> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    @Override
    default Iterator<Row> iterator() {
        return new Iterator<>() {
            private long next;

            @Override
            public boolean hasNext() {
                return next < size();
            }

            @Override
            public Row next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return row(next++);
            }
        };
    }
}
