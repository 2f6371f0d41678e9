package org.gajah.api.spi;

/**
 * What an event trigger was fired by. Its function is a method that takes this, or asks {@link Spi#eventTrigger()}; what it returns does
 * not matter. C: EventTriggerData
 */
public interface EventTriggerData {
    /** ddl_command_start, ddl_command_end, sql_drop or table_rewrite. */
    String event();

    /** The command's tag, such as {@code CREATE TABLE}. */
    String tag();
}
