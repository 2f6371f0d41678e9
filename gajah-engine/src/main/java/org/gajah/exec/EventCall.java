package org.gajah.exec;

/**
 * An event trigger fires: what its function is told.
 *
 * @param event pg_event_trigger.evtevent, such as {@code ddl_command_end}
 * @param tag   the command's tag
 */
public record EventCall(String event, String tag) {
}
