package org.gajah.type;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.ByteSource;
import org.gajah.base.Slice;
import org.gajah.vector.Carrier;
import org.gajah.vector.ObjectVector;
import org.gajah.vector.Vector;

/** date, time, timetz, timestamp, timestamptz and interval. */
public final class TimeCodecs {
    private static final long[] UNIT = {1_000_000, 100_000, 10_000, 1_000, 100, 10, 1};

    private TimeCodecs() {
    }

    /** Rounds microseconds to {@code digits} after the second, half away from zero. */
    public static long round(long micros, int digits) {
        if (digits < 0 || digits >= 6 || micros == Calendar.INFINITY || micros == Calendar.NEGATIVE_INFINITY) {
            return micros;
        }
        long unit = UNIT[digits];
        return micros >= 0 ? (micros + unit / 2) / unit * unit : -((-micros + unit / 2) / unit * unit);
    }

    static final class Date extends IntCodec {
        Date() {
            super(4, false);
        }

        @Override
        public boolean isPlainText() {
            return true;
        }

        @Override
        int parse(Slice text, int typmod, TypeContext context) {
            return DateTimeText.parseDate(text, context);
        }

        @Override
        void format(int value, TypeContext context, ByteSink out) {
            DateTimeText.formatDate(value, context.style(), out);
        }

        @Override
        public void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row) {
            super.receive(bytes, typmod, context, out, row);
            int day = (Integer) out.get(row);
            if (day != Calendar.DATE_INFINITY && day != Calendar.DATE_NEGATIVE_INFINITY
                    && (day < Calendar.MIN_DAY || day > Calendar.MAX_DATE)) {
                throw new SqlError(SqlState.DATETIME_FIELD_OVERFLOW, "date out of range");
            }
        }
    }

    static final class Time extends LongCodec {
        Time() {
            super(false);
        }

        @Override
        public boolean isPlainText() {
            return true;
        }

        @Override
        long parse(Slice text, int typmod, TypeContext context) {
            return round(DateTimeText.parseTime(text, context), typmod);
        }

        @Override
        void format(long value, TypeContext context, ByteSink out) {
            DateTimeText.formatTime(value, out);
        }

        @Override
        long received(long value, int typmod) {
            if (value < 0 || value > Calendar.MICROS_PER_DAY) {
                throw new SqlError(SqlState.DATETIME_FIELD_OVERFLOW, "time out of range");
            }
            return round(value, typmod);
        }
    }

    static final class Timestamp extends LongCodec {
        private final boolean zone;

        Timestamp(boolean zone) {
            super(false);
            this.zone = zone;
        }

        @Override
        public boolean isPlainText() {
            return true;
        }

        @Override
        long parse(Slice text, int typmod, TypeContext context) {
            return round(DateTimeText.parseTimestamp(text, zone, context), typmod);
        }

        @Override
        void format(long value, TypeContext context, ByteSink out) {
            if (zone) {
                DateTimeText.formatTimestampTz(value, context.style(), context.timeZone(), out);
            } else {
                DateTimeText.formatTimestamp(value, context.style(), out);
            }
        }

        @Override
        long received(long value, int typmod) {
            if (value != Calendar.INFINITY && value != Calendar.NEGATIVE_INFINITY && !Calendar.isValidTimestamp(value)) {
                throw new SqlError(SqlState.DATETIME_FIELD_OVERFLOW, "timestamp out of range");
            }
            return round(value, typmod);
        }
    }

    static final class Timetz implements TypeCodec, Ordered {
        @Override
        public Carrier carrier() {
            return Carrier.OBJECT;
        }

        @Override
        public int storedWidth() {
            return -1;
        }

        private static TimeTz value(Vector values, int row) {
            return (TimeTz) ((ObjectVector) values).values[row];
        }

        @Override
        public void parse(Slice text, int typmod, TypeContext context, Vector out, int row) {
            TimeTz value = DateTimeText.parseTimeTz(text, context);
            ((ObjectVector) out).put(row, new TimeTz(round(value.micros(), typmod), value.zoneSeconds()));
        }

        @Override
        public void format(Vector values, int row, TypeContext context, ByteSink out) {
            DateTimeText.formatTimeTz(value(values, row), out);
        }

        @Override
        public void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row) {
            Errors.requireLength(bytes, 12);
            TimeTz value = (TimeTz) load(bytes);
            if (value.micros() < 0 || value.micros() > Calendar.MICROS_PER_DAY) {
                throw new SqlError(SqlState.DATETIME_FIELD_OVERFLOW, "time out of range");
            }
            if (Math.abs(value.zoneSeconds()) >= 16 * 3600) {
                throw new SqlError(SqlState.INVALID_TIME_ZONE_DISPLACEMENT_VALUE, "time zone displacement out of range");
            }
            ((ObjectVector) out).put(row, new TimeTz(round(value.micros(), typmod), value.zoneSeconds()));
        }

        @Override
        public void send(Vector values, int row, TypeContext context, ByteSink out) {
            store(value(values, row), out);
        }

        @Override
        public void store(Object value, ByteSink out) {
            TimeTz t = (TimeTz) value;
            out.putLong(t.micros()).putInt(t.zoneSeconds());
        }

        @Override
        public Object load(Slice stored) {
            ByteSource source = new ByteSource(stored);
            return new TimeTz(source.getLong(), source.getInt());
        }

        @Override
        public int compare(Vector a, int rowA, Vector b, int rowB) {
            return value(a, rowA).compareTo(value(b, rowB));
        }

        @Override
        public long hash(Vector values, int row) {
            TimeTz t = value(values, row);
            return Hash.combine(Hash.mix(t.micros()), t.zoneSeconds());
        }

        @Override
        public void key(Vector values, int row, ByteSink out) {
            TimeTz t = value(values, row);
            out.putLong(t.utcMicros() ^ Long.MIN_VALUE).putInt(t.zoneSeconds() ^ Integer.MIN_VALUE);
        }
    }

    static final class IntervalCodec implements TypeCodec, Ordered {
        @Override
        public Carrier carrier() {
            return Carrier.OBJECT;
        }

        @Override
        public int storedWidth() {
            return -1;
        }

        private static Interval value(Vector values, int row) {
            return (Interval) ((ObjectVector) values).values[row];
        }

        @Override
        public void parse(Slice text, int typmod, TypeContext context, Vector out, int row) {
            ((ObjectVector) out).put(row, IntervalParser.parse(text, typmod, context));
        }

        @Override
        public void format(Vector values, int row, TypeContext context, ByteSink out) {
            IntervalText.format(value(values, row), context.style().intervalFormat(), out);
        }

        @Override
        public void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row) {
            Errors.requireLength(bytes, 16);
            ((ObjectVector) out).put(row, IntervalParser.withTypmod((Interval) load(bytes), typmod));
        }

        @Override
        public void send(Vector values, int row, TypeContext context, ByteSink out) {
            store(value(values, row), out);
        }

        @Override
        public void store(Object value, ByteSink out) {
            Interval v = (Interval) value;
            out.putLong(v.micros()).putInt(v.days()).putInt(v.months());
        }

        @Override
        public Object load(Slice stored) {
            ByteSource source = new ByteSource(stored);
            long micros = source.getLong();
            int days = source.getInt();
            return new Interval(source.getInt(), days, micros);
        }

        @Override
        public int compare(Vector a, int rowA, Vector b, int rowB) {
            return value(a, rowA).compareTo(value(b, rowB));
        }

        @Override
        public long hash(Vector values, int row) {
            return value(values, row).hash();
        }

        @Override
        public void key(Vector values, int row, ByteSink out) {
            value(values, row).key(out);
        }
    }
}
