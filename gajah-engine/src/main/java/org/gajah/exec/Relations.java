package org.gajah.exec;

import org.gajah.catalog.Relation;
import org.gajah.table.Index;
import org.gajah.table.Table;

/** Where the rows of relations are: the running database's storage. */
public interface Relations {
    /** The table's storage, reading and writing rows of the relation's present columns. */
    Table table(Relation relation);

    /** The index's storage. */
    Index index(Relation relation, Relation.Index index);
}
