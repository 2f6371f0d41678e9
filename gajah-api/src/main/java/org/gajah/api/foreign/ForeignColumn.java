package org.gajah.api.foreign;

import java.util.Map;

/** A column of a foreign table; numbered from 1 as in pg_attribute. Number -1 is the row's place there, {@code ctid}. */
public record ForeignColumn(int number, String name, ForeignType type, boolean notNull, Map<String, String> options) {
}
