package org.gajah.api.foreign;

/** A query or change as its wrapper will run it; what else it is only the wrapper knows. */
public interface RemoteStatement {
    /** What EXPLAIN VERBOSE calls the text: {@code Remote SQL}. */
    default String label() {
        return "Remote SQL";
    }

    /** The text as EXPLAIN VERBOSE shows it. */
    String text();
}
