package org.gajah.func;

import java.util.function.BiFunction;
import java.util.function.Function;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.type.ArrayValue;
import org.gajah.type.Interval;
import org.gajah.type.MultirangeValue;
import org.gajah.type.Numeric;
import org.gajah.type.RangeValue;
import org.gajah.type.RecordValue;
import org.gajah.type.TimeTz;

/** The hash functions of the types, with the very numbers that PostgreSQL gives. The engine itself hashes otherwise. */
public final class HashFunctions {
    private static final long DAYS_PER_MONTH = 30;

    private HashFunctions() {
    }

    private static Slice trimmed(Slice a) {
        int length = a.length();
        while (length > 0 && a.at(length - 1) == ' ') {
            length--;
        }
        return a.slice(0, length);
    }

    /** An address with the numbers that PostgreSQL gives families. */
    private static Slice family(Slice a) {
        byte[] value = a.toBytes();
        value[0] = (byte) (value[0] == 4 ? 2 : 3);
        return Slice.of(value);
    }

    private static Slice tid(long a) {
        int page = (int) (a >>> 16);
        int slot = (int) a & 0xffff;
        return Slice.of(new byte[] {(byte) (page >>> 16), (byte) (page >>> 24), (byte) page, (byte) (page >>> 8), (byte) slot,
            (byte) (slot >>> 8)});
    }

    private static long span(Interval a) {
        return a.micros() + (a.days() + a.months() * DAYS_PER_MONTH) * 86_400_000_000L;
    }

    private static Slice oids(ArrayValue a) {
        ByteSink bytes = new ByteSink();
        for (int i = 0; i < a.count(); i++) {
            bytes.putInt(Integer.reverseBytes((Integer) a.elements().get(i)));
        }
        return bytes.view();
    }

    private static Slice real(double a) {
        ByteSink bytes = new ByteSink();
        bytes.putLong(Long.reverseBytes(Double.doubleToLongBits(a)));
        return bytes.view();
    }

    private static long array(ArrayValue a, Function<Object, Long> element) {
        long result = 1;
        for (int i = 0; i < a.count(); i++) {
            Object value = a.elements().get(i);
            result = result * 31 + (value == null ? 0 : element.apply(value));
        }
        return result;
    }

    private static long record(RecordValue a, BiFunction<Integer, Object, Long> field) {
        long result = 0;
        for (int i = 0; i < a.fields().length; i++) {
            result = result * 31 + (a.fields()[i] == null ? 0 : field.apply(a.fieldTypes().get(i), a.fields()[i]));
        }
        return result;
    }

    private static int flags(RangeValue a) {
        return a.empty() ? 1 : (a.lowerInclusive() ? 2 : 0) | (a.upperInclusive() ? 4 : 0) | (a.lower() == null ? 8 : 0)
                | (a.upper() == null ? 16 : 0);
    }

    private static int range(CallContext context, RangeValue a) {
        int type = a.type().elementType();
        long lower = a.lower() == null ? 0 : HashByType.hash(context, type, a.lower());
        long upper = a.upper() == null ? 0 : HashByType.hash(context, type, a.upper());
        return Integer.rotateLeft(PgHash.of(flags(a)) ^ (int) lower, 1) ^ (int) upper;
    }

    private static long range(CallContext context, RangeValue a, long seed) {
        int type = a.type().elementType();
        long lower = a.lower() == null ? 0 : HashByType.wide(context, type, a.lower(), seed);
        long upper = a.upper() == null ? 0 : HashByType.wide(context, type, a.upper(), seed);
        return JsonbHash.rotateHalves(PgHash.wide(flags(a), seed) ^ lower) ^ upper;
    }

    public static int hashint2(int a) {
        return PgHash.of(a);
    }

    public static long hashint2extended(int a, long seed) {
        return PgHash.wide(a, seed);
    }

    public static int hashint4(int a) {
        return PgHash.of(a);
    }

    public static long hashint4extended(int a, long seed) {
        return PgHash.wide(a, seed);
    }

    public static int hashoid(int a) {
        return PgHash.of(a);
    }

    public static long hashoidextended(int a, long seed) {
        return PgHash.wide(a, seed);
    }

    public static int hashdate(int a) {
        return PgHash.of(a);
    }

    public static long hashdateextended(int a, long seed) {
        return PgHash.wide(a, seed);
    }

    public static int hashxid(int a) {
        return PgHash.of(a);
    }

    public static long hashxidextended(int a, long seed) {
        return PgHash.wide(a, seed);
    }

    public static int hashcid(int a) {
        return PgHash.of(a);
    }

    public static long hashcidextended(int a, long seed) {
        return PgHash.wide(a, seed);
    }

    public static int hashenum(Object a) {
        return PgHash.of((Integer) a);
    }

    public static long hashenumextended(Object a, long seed) {
        return PgHash.wide((Integer) a, seed);
    }

    public static int hashchar(int a) {
        return PgHash.of((byte) a);
    }

    public static long hashcharextended(int a, long seed) {
        return PgHash.wide((byte) a, seed);
    }

    public static int hashbool(boolean a) {
        return PgHash.of(a ? 1 : 0);
    }

    public static long hashboolextended(boolean a, long seed) {
        return PgHash.wide(a ? 1 : 0, seed);
    }

    public static int hashint8(long a) {
        return PgHash.of(PgHash.fold(a));
    }

    public static long hashint8extended(long a, long seed) {
        return PgHash.wide(PgHash.fold(a), seed);
    }

    public static int hashxid8(long a) {
        return PgHash.of(PgHash.fold(a));
    }

    public static long hashxid8extended(long a, long seed) {
        return PgHash.wide(PgHash.fold(a), seed);
    }

    public static int timestamp_hash(long a) {
        return PgHash.of(PgHash.fold(a));
    }

    public static long timestamp_hash_extended(long a, long seed) {
        return PgHash.wide(PgHash.fold(a), seed);
    }

    public static int timestamptz_hash(long a) {
        return PgHash.of(PgHash.fold(a));
    }

    public static long timestamptz_hash_extended(long a, long seed) {
        return PgHash.wide(PgHash.fold(a), seed);
    }

    public static int time_hash(long a) {
        return PgHash.of(PgHash.fold(a));
    }

    public static long time_hash_extended(long a, long seed) {
        return PgHash.wide(PgHash.fold(a), seed);
    }

    public static int pg_lsn_hash(long a) {
        return PgHash.of(PgHash.fold(a));
    }

    public static long pg_lsn_hash_extended(long a, long seed) {
        return PgHash.wide(PgHash.fold(a), seed);
    }

    public static int hashtext(Slice a) {
        return PgHash.of(a);
    }

    public static long hashtextextended(Slice a, long seed) {
        return PgHash.wide(a, seed);
    }

    public static int hashname(Slice a) {
        return PgHash.of(a);
    }

    public static long hashnameextended(Slice a, long seed) {
        return PgHash.wide(a, seed);
    }

    public static int hashbytea(Slice a) {
        return PgHash.of(a);
    }

    public static long hashbyteaextended(Slice a, long seed) {
        return PgHash.wide(a, seed);
    }

    public static int hashvarlena(Slice a) {
        return PgHash.of(a);
    }

    public static long hashvarlenaextended(Slice a, long seed) {
        return PgHash.wide(a, seed);
    }

    public static int hashmacaddr(Slice a) {
        return PgHash.of(a);
    }

    public static long hashmacaddrextended(Slice a, long seed) {
        return PgHash.wide(a, seed);
    }

    public static int hashmacaddr8(Slice a) {
        return PgHash.of(a);
    }

    public static long hashmacaddr8extended(Slice a, long seed) {
        return PgHash.wide(a, seed);
    }

    public static int uuid_hash(Slice a) {
        return PgHash.of(a);
    }

    public static long uuid_hash_extended(Slice a, long seed) {
        return PgHash.wide(a, seed);
    }

    public static int hashbpchar(Slice a) {
        return PgHash.of(trimmed(a));
    }

    public static long hashbpcharextended(Slice a, long seed) {
        return PgHash.wide(trimmed(a), seed);
    }

    public static int hashinet(Slice a) {
        return PgHash.of(family(a));
    }

    public static long hashinetextended(Slice a, long seed) {
        return PgHash.wide(family(a), seed);
    }

    public static int hashtid(long a) {
        return PgHash.of(tid(a));
    }

    public static long hashtidextended(long a, long seed) {
        return PgHash.wide(tid(a), seed);
    }

    public static int interval_hash(Interval a) {
        return PgHash.of(PgHash.fold(span(a)));
    }

    public static long interval_hash_extended(Interval a, long seed) {
        return PgHash.wide(PgHash.fold(span(a)), seed);
    }

    public static int hashoidvector(ArrayValue a) {
        return PgHash.of(oids(a));
    }

    public static long hashoidvectorextended(ArrayValue a, long seed) {
        return PgHash.wide(oids(a), seed);
    }

    public static int hashfloat4(double a) {
        return a == 0 ? 0 : PgHash.of(real(a));
    }

    public static long hashfloat4extended(double a, long seed) {
        return a == 0 ? seed : PgHash.wide(real(a), seed);
    }

    public static int hashfloat8(double a) {
        return a == 0 ? 0 : PgHash.of(real(a));
    }

    public static long hashfloat8extended(double a, long seed) {
        return a == 0 ? seed : PgHash.wide(real(a), seed);
    }

    public static int timetz_hash(TimeTz a) {
        return hashint8(a.micros()) ^ PgHash.of(a.zoneSeconds());
    }

    public static long timetz_hash_extended(TimeTz a, long seed) {
        return hashint8extended(a.micros(), seed) ^ PgHash.wide(a.zoneSeconds(), seed);
    }

    public static int hash_numeric(Numeric a) {
        return (int) NumericDigits.of(a).map(d -> PgHash.of(d.bytes()) ^ (long) d.weight()).orElse(a.isFinite() ? -1L : 0L).longValue();
    }

    public static long hash_numeric_extended(Numeric a, long seed) {
        return NumericDigits.of(a).map(d -> PgHash.wide(d.bytes(), seed) ^ d.weight()).orElse(a.isFinite() ? seed - 1 : seed);
    }

    public static int hash_array(CallContext context, ArrayValue a) {
        return (int) array(a, v -> HashByType.hash(context, a.elementType(), v));
    }

    public static long hash_array_extended(CallContext context, ArrayValue a, long seed) {
        return array(a, v -> HashByType.wide(context, a.elementType(), v, seed));
    }

    public static int hash_record(CallContext context, RecordValue a) {
        return (int) record(a, (type, v) -> HashByType.hash(context, type, v));
    }

    public static long hash_record_extended(CallContext context, RecordValue a, long seed) {
        return record(a, (type, v) -> HashByType.wide(context, type, v, seed));
    }

    public static int hash_range(CallContext context, RangeValue a) {
        return range(context, a);
    }

    public static long hash_range_extended(CallContext context, RangeValue a, long seed) {
        return range(context, a, seed);
    }

    public static int hash_multirange(CallContext context, MultirangeValue a) {
        int result = 1;
        for (RangeValue r : a.ranges()) {
            result = result * 31 + range(context, r);
        }
        return result;
    }

    public static long hash_multirange_extended(CallContext context, MultirangeValue a, long seed) {
        long result = 1;
        for (RangeValue r : a.ranges()) {
            result = result * 31 + range(context, r, seed);
        }
        return result;
    }

    public static int jsonb_hash(Slice a) {
        return JsonbHash.hash(JsonbFunctions.of(a));
    }

    public static long jsonb_hash_extended(Slice a, long seed) {
        return JsonbHash.wide(JsonbFunctions.of(a), seed);
    }
}
