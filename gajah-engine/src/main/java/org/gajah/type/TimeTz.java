package org.gajah.type;

/**
 * A time of day with a zone.
 *
 * @param micros      since midnight, local
 * @param zoneSeconds west of Greenwich, as PostgreSQL keeps it
 */
public record TimeTz(long micros, int zoneSeconds) {
}
