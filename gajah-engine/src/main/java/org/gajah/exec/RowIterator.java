package org.gajah.exec;

import java.util.Iterator;

/** A routine's set that holds memory until its end has been reached or it is closed. */
public interface RowIterator extends Iterator<Object>, AutoCloseable {
    @Override
    void close();
}
