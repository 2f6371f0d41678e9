package org.gajah.api.spi;

import java.util.List;
import java.util.Optional;

/**
 * What a trigger was fired by. A trigger's function is a method that takes this and returns a {@link Row}: at BEFORE ROW the row to go on
 * with, null to skip it; at INSTEAD OF null if nothing was done; else it does not matter. C: TriggerData
 */
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

    /** The statement's rows before the change, if CREATE TRIGGER gives them a name: REFERENCING OLD TABLE. */
    Optional<TupleTable> oldTable();

    /** The statement's rows after the change, if CREATE TRIGGER gives them a name: REFERENCING NEW TABLE. */
    Optional<TupleTable> newTable();
}
