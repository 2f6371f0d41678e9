package org.gajah.analyze;

/** A column that a statement returns; {@code sourceTable} and {@code sourceColumn} say where it comes from plainly, or 0. */
public record ResultColumn(String name, int type, int typmod, int collation, int sourceTable, int sourceColumn) {
}
