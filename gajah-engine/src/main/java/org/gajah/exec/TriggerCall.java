package org.gajah.exec;

import java.util.Optional;

import org.gajah.catalog.Relation;
import org.gajah.catalog.Trigger;
import org.gajah.type.RecordValue;

/**
 * A trigger fires: all that its function is told.
 *
 * @param trigger  its name, arguments, level and timing
 * @param relation the table or view that it is on
 * @param event    what has happened or will
 * @param oldRow   of row triggers at UPDATE and DELETE
 * @param newRow   of row triggers at INSERT and UPDATE
 * @param oldTable the old rows of the statement, if the trigger has given them a name
 * @param newTable the new rows, likewise
 */
public record TriggerCall(Trigger trigger, Relation relation, Trigger.Event event, Optional<RecordValue> oldRow, Optional<RecordValue> newRow,
        Optional<StoredRows> oldTable, Optional<StoredRows> newTable) {

    /** A trigger's function, ready to be called. */
    @FunctionalInterface
    public interface Function {
        /** What it returned: a row, or null. For AFTER and statement triggers that means nothing. */
        RecordValue fire(TriggerCall call);
    }
}
