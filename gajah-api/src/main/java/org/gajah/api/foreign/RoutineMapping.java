package org.gajah.api.foreign;

import java.util.Map;

/**
 * How a local function is called on a server.
 *
 * @param function the function's oid
 * @param name     as {@code regprocedure} shows it, for EXPLAIN
 * @param variadic whether the function takes any number of arguments
 */
public record RoutineMapping(int function, String name, boolean variadic, Map<String, String> options) {
}
