package org.gajah.analyze;

import org.gajah.type.Oids;

/** The columns that every table has. */
enum SystemColumn {
    CTID("ctid", -1, Oids.TID), XMIN("xmin", -2, Oids.XID), CMIN("cmin", -3, Oids.CID), XMAX("xmax", -4, Oids.XID),
    CMAX("cmax", -5, Oids.CID), TABLEOID("tableoid", -6, Oids.OID);

    final String name;
    final int number;
    final int type;

    SystemColumn(String name, int number, int type) {
        this.name = name;
        this.number = number;
        this.type = type;
    }

    /** The one of this name, or null. */
    static SystemColumn of(String name) {
        for (SystemColumn column : values()) {
            if (column.name.equals(name)) {
                return column;
            }
        }
        return null;
    }
}
