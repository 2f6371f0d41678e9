package org.gajah.func;

import java.math.BigInteger;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.type.ArrayValue;
import org.gajah.type.Calendar;
import org.gajah.type.Errors;
import org.gajah.type.FloatText;
import org.gajah.type.Interval;
import org.gajah.type.Numeric;
import org.gajah.vector.Vector;

/** Random numbers, samples and uuids. */
public final class RandomFunctions {
    private RandomFunctions() {
    }

    public static double drandom(CallContext context) {
        return context.random().nextDouble();
    }

    public static double drandom_normal(CallContext context, double mean, double deviation) {
        double u = 1 - context.random().nextDouble();
        double v = context.random().nextDouble();
        return mean + deviation * StrictMath.sqrt(-2 * StrictMath.log(u)) * StrictMath.sin(2 * Math.PI * v);
    }

    public static void setseed(CallContext context, double seed) {
        if (!(seed >= -1 && seed <= 1)) {
            org.gajah.base.ByteSink shown = new org.gajah.base.ByteSink();
            FloatText.formatDouble(seed, -9, shown);
            throw Errors.invalidParameter("setseed parameter " + shown + " is out of allowed range [-1,1]");
        }
        context.random().seed(seed);
    }

    private static SqlError bounds() {
        return Errors.invalidParameter("lower bound must be less than or equal to upper bound");
    }

    public static int int4random(CallContext context, int low, int high) {
        if (low > high) {
            throw bounds();
        }
        return (int) context.random().between(low, high);
    }

    public static long int8random(CallContext context, long low, long high) {
        if (low > high) {
            throw bounds();
        }
        return context.random().between(low, high);
    }

    public static Numeric numeric_random(CallContext context, Numeric low, Numeric high) {
        for (Numeric bound : new Numeric[] {low, high}) {
            if (!bound.isFinite()) {
                throw Errors.invalidParameter((bound == low ? "lower" : "upper") + " bound cannot be "
                        + (bound.isNaN() ? "NaN" : "infinity"));
            }
        }
        if (low.compareTo(high) > 0) {
            throw bounds();
        }
        int scale = Math.max(low.scale(), high.scale());
        BigInteger from = low.round(scale).unscaled();
        BigInteger range = high.round(scale).unscaled().subtract(from);
        BigInteger value;
        do {
            value = BigInteger.ZERO;
            for (int bits = 0; bits < range.bitLength(); bits += 63) {
                value = value.shiftLeft(63).or(BigInteger.valueOf(context.random().next() >>> 1));
            }
            value = value.mod(BigInteger.ONE.shiftLeft(Math.max(1, range.bitLength())));
        } while (value.compareTo(range) > 0);
        return Numeric.of(from.add(value), scale);
    }

    public static ArrayValue array_shuffle(CallContext context, ArrayValue a) {
        return a.count() < 2 ? a : sample(context, a, a.lengths()[0], a.lowerBounds()[0]);
    }

    public static ArrayValue array_sample(CallContext context, ArrayValue a, int n) {
        int rows = a.dimensions() == 0 ? 0 : a.lengths()[0];
        if (n < 0 || n > rows) {
            throw Errors.invalidParameter("sample size must be between 0 and " + rows);
        }
        return sample(context, a, n, 1);
    }

    private static ArrayValue sample(CallContext context, ArrayValue a, int n, int lower) {
        if (n == 0) {
            return ArrayValue.of(a.elementType(), a.elements(), 0);
        }
        int rows = a.lengths()[0];
        int width = a.count() / rows;
        int[] order = new int[rows];
        for (int i = 0; i < rows; i++) {
            order[i] = i;
        }
        Vector v = ArrayFunctions.elements(context, a.elementType(), n * width);
        for (int i = 0; i < n; i++) {
            int k = (int) context.random().between(i, rows - 1);
            int row = order[k];
            order[k] = order[i];
            ArrayFunctions.copy(context, a, row * width, width, v, i * width);
        }
        int[] lengths = a.lengths().clone();
        int[] lowers = a.lowerBounds().clone();
        lengths[0] = n;
        lowers[0] = lower;
        return new ArrayValue(a.elementType(), lengths, lowers, v);
    }

    private static Slice uuid(byte[] bytes, int version) {
        bytes[6] = (byte) (bytes[6] & 0x0f | version << 4);
        bytes[8] = (byte) (bytes[8] & 0x3f | 0x80);
        return Slice.of(bytes);
    }

    public static Slice gen_random_uuid(CallContext context) {
        byte[] bytes = new byte[16];
        context.random().unpredictable(bytes);
        return uuid(bytes, 4);
    }

    private static Slice timed(CallContext context, long micros) {
        byte[] bytes = new byte[16];
        context.random().unpredictable(bytes);
        long unix = micros + Calendar.UNIX_SECONDS * Calendar.MICROS_PER_SECOND;
        long millis = Math.floorDiv(unix, 1000L);
        for (int i = 0; i < 6; i++) {
            bytes[i] = (byte) (millis >> 40 - 8 * i);
        }
        int fraction = (int) (Math.floorMod(unix, 1000L) * 4096 / 1000);
        bytes[6] = (byte) (fraction >> 8);
        bytes[7] = (byte) fraction;
        return uuid(bytes, 7);
    }

    public static Slice uuidv7(CallContext context) {
        return timed(context, context.clockMicros());
    }

    public static Slice uuidv7_interval(CallContext context, Interval shift) {
        return timed(context, TimestampFunctions.timestamptz_pl_interval(context, context.clockMicros(), shift));
    }

    private static boolean standard(Slice uuid) {
        return (uuid.at(8) & 0xc0) == 0x80;
    }

    public static Integer uuid_extract_version(Slice uuid) {
        return standard(uuid) ? Integer.valueOf(uuid.at(6) >> 4 & 0xf) : null;
    }

    public static Long uuid_extract_timestamp(Slice uuid) {
        if (!standard(uuid)) {
            return null;
        }
        int version = uuid.at(6) >> 4 & 0xf;
        long high = 0;
        for (int i = 0; i < 8; i++) {
            high = high << 8 | uuid.at(i) & 0xff;
        }
        if (version == 7) {
            return (high >>> 16) * 1000 - Calendar.UNIX_SECONDS * Calendar.MICROS_PER_SECOND;
        }
        if (version == 1) {
            long ticks = (high & 0xfff) << 48 | (high >>> 16 & 0xffff) << 32 | high >>> 32;
            return ticks / 10 - (Calendar.JULIAN_2000 - 2_299_161L) * Calendar.MICROS_PER_DAY;
        }
        return null;
    }
}
