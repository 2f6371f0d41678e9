package org.gajah.plpgsql;

/**
 * SQL in a function's text: an expression or a statement, with the names that it may use.
 *
 * @param text  as written
 * @param scope the variables that are visible there
 */
record Code(String text, Scope scope) {
}
