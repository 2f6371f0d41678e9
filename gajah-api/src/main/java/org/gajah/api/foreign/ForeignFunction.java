package org.gajah.api.foreign;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** A function that a wrapper's script declares in LANGUAGE C; its name is the symbol that the declaration names. */
@FunctionalInterface
public interface ForeignFunction {
    /** The rows of its result, values as text; a function that returns no set gives one row. */
    Iterator<List<Optional<String>>> call(ForeignCall call);

    /** The result of one value. */
    static Iterator<List<Optional<String>>> value(Optional<String> value) {
        return List.of(List.of(value)).iterator();
    }

    /** The result of a function that returns nothing. */
    static Iterator<List<Optional<String>>> nothing() {
        return value(Optional.of(""));
    }
}
