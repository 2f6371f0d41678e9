package org.gajah.exec;

import org.gajah.api.SqlError;
import org.gajah.catalog.Relation;
import org.gajah.vector.Batch;
import org.gajah.vector.Selection;

/** What a statement that changes a table owes to its foreign keys. */
final class ForeignKeyChecks {
    private final Relation relation;

    ForeignKeyChecks(Relation relation) {
        this.relation = relation;
    }

    void begin() {
        if (!relation.foreignKeys().isEmpty() || !relation.referencedBy().isEmpty()) {
            throw SqlError.notSupported("foreign keys are not implemented yet");
        }
    }

    void inserted(Batch rows, Selection selected, long[] tids) {
        assert selected.count() <= tids.length && rows.columnCount() == relation.columns().size();
    }

    void updated(Batch rows, Batch old, int row, long tid) {
        assert rows.columnCount() == old.columnCount() && row >= 0 && tid >= 0;
    }

    void deleted(Batch old, int row) {
        assert old.columnCount() > row || row >= 0;
    }
}
