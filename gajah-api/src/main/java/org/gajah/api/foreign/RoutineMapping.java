package org.gajah.api.foreign;

import java.util.Map;

/**
 * How a local function is called on a server.
 *
 * @param function the function's oid
 * @param name     as {@code regprocedure} shows it, for EXPLAIN
 */
public record RoutineMapping(int function, String name, Map<String, String> options) {
}
