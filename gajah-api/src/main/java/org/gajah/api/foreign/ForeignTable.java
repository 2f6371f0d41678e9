package org.gajah.api.foreign;

import java.util.List;
import java.util.Map;

/** A foreign table with its columns in order, without those that were dropped. */
public record ForeignTable(int oid, String schema, String name, List<ForeignColumn> columns, Map<String, String> options) {
}
