package org.gajah.spi;

/**
 * What a statement did.
 *
 * @param tag       its command tag without the count: INSERT, CREATE TABLE
 * @param processed the rows that it gave or changed
 */
public record SpiOutcome(String tag, long processed) {
}
