package org.gajah.api.spi;

/**
 * An argument whose SQL type is said rather than guessed from its Java class.
 *
 * @param type  the type's name as in SQL: {@code date}, {@code numeric(10,2)}, {@code text[]}
 * @param value the value; null is SQL NULL
 */
public record SpiArgument(String type, Object value) {
}
