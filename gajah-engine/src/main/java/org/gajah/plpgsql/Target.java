package org.gajah.plpgsql;

import java.util.List;

/** Where values go. */
sealed interface Target {
    /** A variable as a whole. */
    record Whole(Variable variable) implements Target {
    }

    /** A field of a row, or of a row in it; below it maybe array elements. */
    record Part(Variable variable, String path, List<String> fields, List<Subscript> subscripts) implements Target {
    }

    /** A place in an array. */
    record Subscript(Code lower, Code upper, boolean slice) {
    }

    /** Several, of INTO a, b. */
    record Several(List<Target> targets) implements Target {
    }
}
