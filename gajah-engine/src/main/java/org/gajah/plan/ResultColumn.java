package org.gajah.plan;

/** A column of a statement's result as clients see it; {@code table} and {@code attribute} say where it plainly comes from, or 0. */
public record ResultColumn(String name, int type, int typmod, int collation, int table, int attribute) {
}
