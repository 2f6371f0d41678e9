package org.gajah.type;

/** An interval as PostgreSQL keeps it: three parts that do not convert into each other. */
public record Interval(int months, int days, long micros) {
}
