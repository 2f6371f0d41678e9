package org.gajah.api.spi;

/**
 * The state of an aggregate in Java: one object a group, made by a public constructor without parameters. A public method of it takes the
 * arguments of a row, another, {@link #result} or one of any name, gives the aggregate's value. Both become functions whose first argument, of type
 * {@code internal}, is the object:
 *
 * <pre>
 * CREATE FUNCTION median_add(internal, float8) RETURNS internal LANGUAGE java AS 'com.example.Median.add';
 * CREATE FUNCTION median_result(internal) RETURNS float8 LANGUAGE java AS 'com.example.Median.result';
 * CREATE AGGREGATE median(float8) (SFUNC = median_add, STYPE = internal, FINALFUNC = median_result);
 * </pre>
 *
 * @param <R> the class of the value
 */
public interface Aggregate<R> {
    /** The value of what was added so far; null is NULL. The object may be asked again after more rows, in a window. */
    R result();
}
