package org.gajah.api.spi;

/**
 * An interval: three parts that do not convert into each other.
 *
 * @param months whole months
 * @param days   whole days
 * @param micros microseconds
 */
public record SqlInterval(int months, int days, long micros) {
}
