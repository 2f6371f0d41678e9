package org.gajah.api.foreign;

import java.util.List;

/** A query or change as its wrapper will run it; what else it is only the wrapper knows. */
public interface RemoteStatement {
    /** What EXPLAIN VERBOSE calls the text: {@code Remote SQL}. */
    default String label() {
        return "Remote SQL";
    }

    /** The routine mappings that the text is made with, by what they are called. */
    default List<String> mappings() {
        return List.of();
    }

    /** The text as EXPLAIN VERBOSE shows it. */
    String text();
}
