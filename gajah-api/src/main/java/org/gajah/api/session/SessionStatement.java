package org.gajah.api.session;

/**
 * A prepared statement: set the parameters, which count from 1 and keep their values, then {@link #update} or {@link #query}.
 * Numbers may be set for any numeric parameter they fit (22003), texts for any type that reads them.
 */
public interface SessionStatement extends AutoCloseable {
    /** An integer. */
    SessionStatement set(int parameter, long value);

    /** A floating point number. */
    SessionStatement set(int parameter, double value);

    /** A boolean. */
    SessionStatement set(int parameter, boolean value);

    /** A text, or the text form of any other type. */
    SessionStatement set(int parameter, String value);

    /** A bytea, or UTF-8 text. */
    SessionStatement set(int parameter, byte[] value);

    SessionStatement setNull(int parameter);

    /** Runs it; the number of rows that it has changed or given. */
    long update();

    /** Runs it as far as its first rows. Outside of a transaction the next statement of the session ends it. */
    Rows query();

    @Override
    void close();
}
