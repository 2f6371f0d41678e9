package org.gajah.api.foreign;

import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.gajah.api.SqlError;

/**
 * What IMPORT FOREIGN SCHEMA asks for; which of the tables are made is then decided by who asks.
 *
 * @param schema  the remote schema
 * @param named   the tables of LIMIT TO; empty if there is none
 * @param options those of the statement
 * @param warnings takes what is to be told of tables and columns that are left out
 */
public record ImportRequest(String schema, Set<String> named, Map<String, String> options, Consumer<SqlError> warnings) {
}
