package org.gajah.func;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.type.ArrayValue;
import org.gajah.type.Interval;
import org.gajah.type.MultirangeValue;
import org.gajah.type.Numeric;
import org.gajah.type.Oids;
import org.gajah.type.RangeValue;
import org.gajah.type.RecordValue;
import org.gajah.type.TimeTz;

/** The hash function of a type, for values within arrays, records and ranges. Enums and reg types hash as their oids. */
final class HashByType {
    private HashByType() {
    }

    static long hash(CallContext context, int type, Object value) {
        return switch (value) {
            case ArrayValue a -> HashFunctions.hash_array(context, a);
            case RecordValue r -> HashFunctions.hash_record(context, r);
            case RangeValue r -> HashFunctions.hash_range(context, r);
            case MultirangeValue m -> HashFunctions.hash_multirange(context, m);
            default -> scalar(context, type, value);
        };
    }

    static long wide(CallContext context, int type, Object value, long seed) {
        return switch (value) {
            case ArrayValue a -> HashFunctions.hash_array_extended(context, a, seed);
            case RecordValue r -> HashFunctions.hash_record_extended(context, r, seed);
            case RangeValue r -> HashFunctions.hash_range_extended(context, r, seed);
            case MultirangeValue m -> HashFunctions.hash_multirange_extended(context, m, seed);
            default -> scalar(context, type, value, seed);
        };
    }

    private static SqlError unknown(CallContext context, int type) {
        return new SqlError(SqlState.UNDEFINED_FUNCTION,
                "could not identify a hash function for type " + context.types().names().typeName(type, -1));
    }

    private static long scalar(CallContext context, int type, Object value) {
        return switch (type) {
            case Oids.CHAR -> HashFunctions.hashchar((Integer) value);
            case Oids.INT2 -> HashFunctions.hashint2((Integer) value);
            case Oids.INT4 -> HashFunctions.hashint4((Integer) value);
            case Oids.OID -> HashFunctions.hashoid((Integer) value);
            case Oids.DATE -> HashFunctions.hashdate((Integer) value);
            case Oids.XID -> HashFunctions.hashxid((Integer) value);
            case Oids.CID -> HashFunctions.hashcid((Integer) value);
            case Oids.BOOL -> HashFunctions.hashbool((Boolean) value);
            case Oids.INT8 -> HashFunctions.hashint8((Long) value);
            case Oids.XID8 -> HashFunctions.hashxid8((Long) value);
            case Oids.TIMESTAMP -> HashFunctions.timestamp_hash((Long) value);
            case Oids.TIMESTAMPTZ -> HashFunctions.timestamptz_hash((Long) value);
            case Oids.TIME -> HashFunctions.time_hash((Long) value);
            case Oids.PG_LSN -> HashFunctions.pg_lsn_hash((Long) value);
            case Oids.TEXT, Oids.VARCHAR -> HashFunctions.hashtext((Slice) value);
            case Oids.NAME -> HashFunctions.hashname((Slice) value);
            case Oids.BYTEA -> HashFunctions.hashbytea((Slice) value);
            case Oids.MACADDR -> HashFunctions.hashmacaddr((Slice) value);
            case Oids.MACADDR8 -> HashFunctions.hashmacaddr8((Slice) value);
            case Oids.UUID -> HashFunctions.uuid_hash((Slice) value);
            case Oids.BPCHAR -> HashFunctions.hashbpchar((Slice) value);
            case Oids.INET, Oids.CIDR -> HashFunctions.hashinet((Slice) value);
            case Oids.TID -> HashFunctions.hashtid((Long) value);
            case Oids.INTERVAL -> HashFunctions.interval_hash((Interval) value);
            case Oids.FLOAT4 -> HashFunctions.hashfloat4((Double) value);
            case Oids.FLOAT8 -> HashFunctions.hashfloat8((Double) value);
            case Oids.TIMETZ -> HashFunctions.timetz_hash((TimeTz) value);
            case Oids.NUMERIC -> HashFunctions.hash_numeric((Numeric) value);
            case Oids.JSONB -> HashFunctions.jsonb_hash((Slice) value);
            default -> {
                if (value instanceof Integer oid) {
                    yield HashFunctions.hashoid(oid);
                }
                throw unknown(context, type);
            }
        };
    }

    private static long scalar(CallContext context, int type, Object value, long seed) {
        return switch (type) {
            case Oids.CHAR -> HashFunctions.hashcharextended((Integer) value, seed);
            case Oids.INT2 -> HashFunctions.hashint2extended((Integer) value, seed);
            case Oids.INT4 -> HashFunctions.hashint4extended((Integer) value, seed);
            case Oids.OID -> HashFunctions.hashoidextended((Integer) value, seed);
            case Oids.DATE -> HashFunctions.hashdateextended((Integer) value, seed);
            case Oids.XID -> HashFunctions.hashxidextended((Integer) value, seed);
            case Oids.CID -> HashFunctions.hashcidextended((Integer) value, seed);
            case Oids.BOOL -> HashFunctions.hashboolextended((Boolean) value, seed);
            case Oids.INT8 -> HashFunctions.hashint8extended((Long) value, seed);
            case Oids.XID8 -> HashFunctions.hashxid8extended((Long) value, seed);
            case Oids.TIMESTAMP -> HashFunctions.timestamp_hash_extended((Long) value, seed);
            case Oids.TIMESTAMPTZ -> HashFunctions.timestamptz_hash_extended((Long) value, seed);
            case Oids.TIME -> HashFunctions.time_hash_extended((Long) value, seed);
            case Oids.PG_LSN -> HashFunctions.pg_lsn_hash_extended((Long) value, seed);
            case Oids.TEXT, Oids.VARCHAR -> HashFunctions.hashtextextended((Slice) value, seed);
            case Oids.NAME -> HashFunctions.hashnameextended((Slice) value, seed);
            case Oids.BYTEA -> HashFunctions.hashbyteaextended((Slice) value, seed);
            case Oids.MACADDR -> HashFunctions.hashmacaddrextended((Slice) value, seed);
            case Oids.MACADDR8 -> HashFunctions.hashmacaddr8extended((Slice) value, seed);
            case Oids.UUID -> HashFunctions.uuid_hash_extended((Slice) value, seed);
            case Oids.BPCHAR -> HashFunctions.hashbpcharextended((Slice) value, seed);
            case Oids.INET, Oids.CIDR -> HashFunctions.hashinetextended((Slice) value, seed);
            case Oids.TID -> HashFunctions.hashtidextended((Long) value, seed);
            case Oids.INTERVAL -> HashFunctions.interval_hash_extended((Interval) value, seed);
            case Oids.FLOAT4 -> HashFunctions.hashfloat4extended((Double) value, seed);
            case Oids.FLOAT8 -> HashFunctions.hashfloat8extended((Double) value, seed);
            case Oids.TIMETZ -> HashFunctions.timetz_hash_extended((TimeTz) value, seed);
            case Oids.NUMERIC -> HashFunctions.hash_numeric_extended((Numeric) value, seed);
            case Oids.JSONB -> HashFunctions.jsonb_hash_extended((Slice) value, seed);
            default -> {
                if (value instanceof Integer oid) {
                    yield HashFunctions.hashoidextended(oid, seed);
                }
                throw unknown(context, type);
            }
        };
    }
}
