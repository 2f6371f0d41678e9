package org.gajah.type;

import org.gajah.base.Slice;
import org.gajah.vector.Vector;

/** What reading and writing a value may depend on besides the value: the session's style and the catalog's names. */
public interface TypeContext {
    /** DateStyle, IntervalStyle, extra_float_digits, bytea_output and the rest. */
    TextStyle style();

    /** The session's time zone. */
    TimeZoneRules timeZone();

    /** Microseconds since 2000-01-01 00:00 UTC at which the transaction began: what 'now' means. */
    long transactionMicros();

    /** The codec of any type, also one that users made. */
    TypeCodec codec(int typeOid);

    /** Raises what a domain's constraints have against a value, maybe null, that was read as its base type. */
    default void checkDomain(int domain, Vector values, int row) {
        // Without a session there are no domains.
    }

    /** Names for the reg* types. */
    Names names();

    /** Turns names into oids and back, as the reg* types read and write them. */
    interface Names {
        /** The oid that a name stands for, or an error as PostgreSQL's; {@code kind} is the reg type's oid. */
        int resolve(int kind, Slice name);

        /** The name as it would be typed under the session's search path, or the number where there is none. */
        String name(int kind, int oid);

        /** format_type: a type's name with its modifier, e.g. {@code numeric(10,2)[]}. */
        String typeName(int typeOid, int typmod);
    }
}
