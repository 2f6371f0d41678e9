package org.gajah.ast;

import java.util.List;

/**
 * What AS calls a FROM item and its columns.
 *
 * @param columns names for its first columns, or empty
 */
public record Alias(String name, List<String> columns) {
}
