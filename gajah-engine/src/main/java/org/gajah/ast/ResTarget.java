package org.gajah.ast;

import java.util.Optional;

/**
 * One entry of a select list or of RETURNING.
 *
 * @param name what AS (or a bare label) gave it; empty if the analyzer is to choose
 */
public record ResTarget(Optional<String> name, Expression value, int location) {
}
