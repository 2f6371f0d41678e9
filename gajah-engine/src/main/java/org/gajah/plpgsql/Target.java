package org.gajah.plpgsql;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where values go. */
sealed interface Target {
    /** A variable as a whole. */
    record Whole(Variable variable) implements Target {
    }

    /** What is reached by these steps into a variable's value: fields of rows, elements of arrays. */
    record Part(Variable variable, String path, List<Into> steps) implements Target {
        Stream<Subscript> subscripts() {
            return steps.stream().filter(Subscript.class::isInstance).map(Subscript.class::cast);
        }

        /** The field that comes first, if a field does. */
        Optional<String> field() {
            return steps.getFirst() instanceof Field f ? Optional.of(f.name()) : Optional.empty();
        }
    }

    /** A step into a value. */
    sealed interface Into {
    }

    /** A field of a row. */
    record Field(String name) implements Into {
    }

    /** A place in an array, or a slice of it; of a slice each bound may be missing. */
    record Subscript(Optional<Code> lower, Optional<Code> upper, boolean slice) implements Into {
        /** The bounds that are there. */
        Stream<Code> codes() {
            return Stream.concat(lower.stream(), slice ? upper.stream() : Stream.empty());
        }
    }

    /** Several, of INTO a, b. */
    record Several(List<Target> targets) implements Target {
    }
}
