package org.gajah.command;

import org.gajah.catalog.AclKind;
import org.gajah.catalog.CatalogRow;

/**
 * An object whose privileges are granted.
 *
 * @param name   as messages show it
 * @param column its number if it is a column, else 0; {@code row} is then the column's and {@code name} the table's
 */
record AclObject(AclKind kind, CatalogRow row, int owner, String word, String name, int column) {
    static AclObject of(AclKind kind, CatalogRow row) {
        return new AclObject(kind, row, kind.owner(row), kind.word(), row.get(kind.nameColumn()).toString(), 0);
    }

    /** What is said to who may not: {@code table t}, or of a column {@code column "c" of relation "t"}. */
    String described() {
        return column == 0 ? "\"" + name + "\"" : "column \"" + row.text("attname") + "\" of relation \"" + name + "\"";
    }
}
