package org.gajah.func;

import java.math.BigInteger;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.type.Datum;
import org.gajah.type.Numeric;
import org.gajah.type.RecordValue;
import org.gajah.type.TypeCodec;

/** Arithmetic of log positions, and comparing records by their bytes. */
public final class LsnFunctions {
    private LsnFunctions() {
    }

    private static Numeric number(long lsn) {
        return Numeric.of(new BigInteger(Long.toUnsignedString(lsn)), 0);
    }

    public static long numeric_pg_lsn(Numeric a) {
        if (!a.isFinite()) {
            throw SqlError.notSupported("cannot convert " + (a.isNaN() ? "NaN" : "infinity") + " to pg_lsn");
        }
        BigInteger value = a.round(0).toBigDecimal().toBigInteger();
        if (value.signum() < 0 || value.bitLength() > 64) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "pg_lsn out of range");
        }
        return value.longValue();
    }

    public static Numeric pg_wal_lsn_diff(long a, long b) {
        return number(a).subtract(number(b));
    }

    public static long pg_lsn_pli(long lsn, Numeric bytes) {
        if (bytes.isNaN()) {
            throw SqlError.notSupported("cannot add NaN to pg_lsn");
        }
        return numeric_pg_lsn(number(lsn).add(bytes));
    }

    public static long pg_lsn_mii(long lsn, Numeric bytes) {
        if (bytes.isNaN()) {
            throw SqlError.notSupported("cannot subtract NaN from pg_lsn");
        }
        return numeric_pg_lsn(number(lsn).subtract(bytes));
    }

    private static Slice image(CallContext context, RecordValue record, int field) {
        TypeCodec codec = context.types().codec(record.fieldTypes().get(field));
        org.gajah.base.ByteSink out = new org.gajah.base.ByteSink();
        codec.send(Datum.vector(codec, record.fields()[field]), 0, context.types(), out);
        return out.view();
    }

    public static int btrecordimagecmp(CallContext context, RecordValue a, RecordValue b) {
        int common = Math.min(a.fields().length, b.fields().length);
        for (int i = 0; i < common; i++) {
            boolean nullA = a.fields()[i] == null;
            boolean nullB = b.fields()[i] == null;
            if (!a.fieldTypes().get(i).equals(b.fieldTypes().get(i))) {
                throw new SqlError(SqlState.DATATYPE_MISMATCH, "cannot compare dissimilar column types "
                        + context.types().names().typeName(a.fieldTypes().get(i), -1) + " and "
                        + context.types().names().typeName(b.fieldTypes().get(i), -1) + " at record column " + (i + 1));
            }
            int c = nullA || nullB ? Boolean.compare(nullA, nullB) : image(context, a, i).compareTo(image(context, b, i));
            if (c != 0) {
                return Integer.signum(c);
            }
        }
        if (a.fields().length != b.fields().length) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "cannot compare record types with different numbers of columns");
        }
        return 0;
    }

    public static boolean record_image_eq(CallContext context, RecordValue a, RecordValue b) {
        return btrecordimagecmp(context, a, b) == 0;
    }

    public static boolean record_image_ne(CallContext context, RecordValue a, RecordValue b) {
        return btrecordimagecmp(context, a, b) != 0;
    }

    public static boolean record_image_lt(CallContext context, RecordValue a, RecordValue b) {
        return btrecordimagecmp(context, a, b) < 0;
    }

    public static boolean record_image_le(CallContext context, RecordValue a, RecordValue b) {
        return btrecordimagecmp(context, a, b) <= 0;
    }

    public static boolean record_image_gt(CallContext context, RecordValue a, RecordValue b) {
        return btrecordimagecmp(context, a, b) > 0;
    }

    public static boolean record_image_ge(CallContext context, RecordValue a, RecordValue b) {
        return btrecordimagecmp(context, a, b) >= 0;
    }
}
