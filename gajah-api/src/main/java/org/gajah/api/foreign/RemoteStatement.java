package org.gajah.api.foreign;

import java.util.List;
import java.util.Map;

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

    /** The text as EXPLAIN VERBOSE shows it; nothing if it is empty. */
    String text();

    /** Whether EXPLAIN shows the text without VERBOSE too. */
    default boolean alwaysShown() {
        return false;
    }

    /** What EXPLAIN shows of it always, by name. */
    default Map<String, String> shown() {
        return Map.of();
    }

    /** Whether its session has more to say to EXPLAIN: with VERBOSE, with COSTS. */
    default boolean hasNotes(boolean verbose, boolean costs) {
        return false;
    }

    /** Whether its rows say themselves where they are when a value does not fit its type. */
    default boolean placesErrors() {
        return false;
    }
}
