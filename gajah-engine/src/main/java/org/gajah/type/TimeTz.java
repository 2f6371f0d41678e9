package org.gajah.type;

/**
 * A time of day with a zone.
 *
 * @param micros      since midnight, local
 * @param zoneSeconds west of Greenwich, as PostgreSQL keeps it
 */
public record TimeTz(long micros, int zoneSeconds) implements Comparable<TimeTz> {
    /** Microseconds since midnight in UTC; may lie outside the day. */
    public long utcMicros() {
        return micros + zoneSeconds * Calendar.MICROS_PER_SECOND;
    }

    @Override
    public int compareTo(TimeTz other) {
        int order = Long.compare(utcMicros(), other.utcMicros());
        return order != 0 ? order : Integer.compare(zoneSeconds, other.zoneSeconds);
    }
}
