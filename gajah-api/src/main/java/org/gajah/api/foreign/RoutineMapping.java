package org.gajah.api.foreign;

import java.util.Map;

/**
 * How a local function is called on a server.
 *
 * @param function the function's oid
 * @param name     as {@code regprocedure} shows it, for EXPLAIN
 * @param variadic whether the function takes any number of arguments
 * @param strict   whether the function gives null as soon as an argument is null
 */
public record RoutineMapping(int function, String name, boolean variadic, boolean strict, Map<String, String> options) {
}
