package org.gajah.vector;

/** How the values of a SQL type travel through the engine. */
public enum Carrier {
    /** bool. */
    BOOL,
    /** int2, int4, oid and its aliases (as unsigned bits), date, "char". */
    INT,
    /** int8, time, timestamp, timestamptz, xid8, pg_lsn, money. */
    LONG,
    /** float4 (widened) and float8. */
    DOUBLE,
    /** Runs of bytes: text and its kin, name, bytea, uuid, json, jsonb, bit. */
    BYTES,
    /** Immutable Java values: numeric, interval, timetz, arrays, records, and aggregate states. */
    OBJECT
}
