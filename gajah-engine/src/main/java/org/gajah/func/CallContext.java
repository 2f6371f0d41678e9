package org.gajah.func;

import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.type.TypeContext;

/** What a built-in function may know besides its arguments. One per call site; not shared between threads. */
public interface CallContext {
    /** Styles, time zone, codecs and names. */
    TypeContext types();

    /** Number of arguments as written. */
    int argumentCount();

    /** The type oid of an argument, as resolved; for polymorphic and "any" functions. */
    int argumentType(int index);

    /** The type oid of the result, as resolved. */
    int resultType();

    /** A column that the query gives a function's rows: {@code AS t(a int, b text)}. */
    record Column(String name, int type, int typmod) {
    }

    /** The columns of a call in FROM whose rows the query describes; otherwise empty. */
    default List<Column> resultColumns() {
        return List.of();
    }

    /** The collation in force for the call; 950 is C, 100 the database's default. */
    int collation();

    /** Microseconds since 2000-01-01 UTC when the client's statement arrived. */
    long statementMicros();

    /** Microseconds since 2000-01-01 UTC now. */
    long clockMicros();

    /** Raises 57014 if the statement was cancelled; loops that input can make long call it at least every millisecond. */
    void checkCancelled();

    /** The session's random numbers. */
    SessionRandom random();

    /** Sends a message to the client: {@code severity} is NOTICE, WARNING, INFO, LOG or DEBUG. */
    void message(String severity, SqlError message);
}
