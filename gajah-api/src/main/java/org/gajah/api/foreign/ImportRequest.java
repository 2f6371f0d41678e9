package org.gajah.api.foreign;

import java.util.Map;

/**
 * What IMPORT FOREIGN SCHEMA asks for; which of the tables are made is then decided by who asks.
 *
 * @param schema  the remote schema
 * @param options those of the statement
 */
public record ImportRequest(String schema, Map<String, String> options) {
}
