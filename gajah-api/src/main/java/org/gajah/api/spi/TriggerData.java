package org.gajah.api.spi;

import java.util.List;
import java.util.Optional;

/** What a trigger was fired by. C: TriggerData */
public interface TriggerData {
    /** The trigger's name. */
    String name();

    /** BEFORE, AFTER or INSTEAD OF. */
    String when();

    /** ROW or STATEMENT. */
    String level();

    /** INSERT, UPDATE, DELETE or TRUNCATE. */
    String operation();

    /** The table's or view's oid. */
    int relation();

    /** The table's name. */
    String tableName();

    /** The table's schema. */
    String schemaName();

    /** The arguments of CREATE TRIGGER. */
    List<String> arguments();

    /** The row before the change: UPDATE's and DELETE's. */
    Optional<Row> oldRow();

    /** The row after the change: INSERT's and UPDATE's. */
    Optional<Row> newRow();
}
