package org.gajah.command;

import org.gajah.base.Decimals;
import org.gajah.base.Slice;
import org.gajah.catalog.Bootstrap;
import org.gajah.catalog.Relation;
import org.gajah.type.EnumCodec;
import org.gajah.type.IntegerText;
import org.gajah.type.IsoText;
import org.gajah.type.Numeric;
import org.gajah.type.NumericText;
import org.gajah.type.Oids;
import org.gajah.type.TypeCodec;
import org.gajah.type.TypeContext;
import org.gajah.type.Utf8;
import org.gajah.vector.BoolVector;
import org.gajah.vector.BytesVector;
import org.gajah.vector.IntVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.ObjectVector;
import org.gajah.vector.Vector;

/**
 * How the values of one column get from COPY data into a vector. Of the commonest types those that look as they mostly do are read
 * here, without an object in between; their codec reads the others, and says what is wrong with them.
 */
class CopyField {
    /** How many bytes are looked at from the beginning of a value on, wherever it ends. */
    static final int LOOK_AHEAD = 4 * Long.BYTES;
    private final Relation.Column column;
    private final TypeCodec codec;
    private final TypeContext types;
    private final Vector vector;

    private CopyField(Relation.Column column, TypeCodec codec, TypeContext types, Vector vector) {
        this.column = column;
        this.codec = codec;
        this.types = types;
        this.vector = vector;
    }

    static CopyField of(Relation.Column column, TypeCodec codec, TypeContext types, Vector vector) {
        boolean free = column.typmod() < 0;
        return switch (column.type()) {
            case Oids.INT4 -> new Int4(column, codec, types, (IntVector) vector);
            case Oids.INT8 -> new Int8(column, codec, types, (LongVector) vector);
            case Oids.BOOL -> new Bool(column, codec, types, (BoolVector) vector);
            case Oids.TEXT -> new Text(column, codec, types, (BytesVector) vector);
            case Oids.NUMERIC -> new Decimal(column, codec, types, (ObjectVector) vector);
            case Oids.DATE -> new Day(column, codec, types, (IntVector) vector);
            case Oids.TIMESTAMP -> free ? new Timestamp(column, codec, types, (LongVector) vector) : new CopyField(column, codec, types, vector);
            default -> new CopyField(column, codec, types, vector);
        };
    }

    final Relation.Column column() {
        return column;
    }

    /** Whether reading a value, or a null, does nothing else: no domain's conditions are evaluated. */
    final boolean isOnlyRead() {
        return codec instanceof EnumCodec || Integer.compareUnsigned(column.type(), Bootstrap.FIRST_USER_OID) < 0;
    }

    final void setNull(int row) {
        codec.parseNull(types);
        vector.setNull(row);
    }

    /** Reads the text form from {@code [at, at + length)}. */
    void parse(byte[] bytes, int at, int length, int row) {
        codec.parse(new Slice(bytes, at, length), column.typmod(), types, vector, row);
    }

    /**
     * Reads the text form that begins at {@code at}, if it is written as most are; the array has {@link #LOOK_AHEAD} bytes from there on.
     *
     * @return the place behind it, {@code to} or more if it may go on there; negative if it is written otherwise
     */
    int readPlain(byte[] bytes, int at, int to, CopyPlainText text, int row) {
        int end = text.end(bytes, at, to);
        if (end >= 0) {
            parse(bytes, at, end - at, row);
        }
        return end;
    }

    /** Reads the binary form from {@code [at, at + length)}. */
    void receive(byte[] bytes, int at, int length, int row) {
        codec.receive(new Slice(bytes, at, length), column.typmod(), types, vector, row);
    }

    private static final class Int4 extends CopyField {
        private final IntVector ints;

        Int4(Relation.Column column, TypeCodec codec, TypeContext types, IntVector vector) {
            super(column, codec, types, vector);
            ints = vector;
        }

        @Override
        void parse(byte[] bytes, int at, int length, int row) {
            long value = IntegerText.plain(bytes, at, length);
            if (value >= 0 && value <= Integer.MAX_VALUE) {
                ints.put(row, (int) value);
            } else {
                super.parse(bytes, at, length, row);
            }
        }

        @Override
        int readPlain(byte[] bytes, int at, int to, CopyPlainText text, int row) {
            int count = IntegerText.digits(bytes, at);
            if (count == 0 || count == Long.BYTES) {
                return super.readPlain(bytes, at, to, text, row);
            }
            ints.put(row, (int) IntegerText.value(bytes, at, count));
            return at + count;
        }

        @Override
        void receive(byte[] bytes, int at, int length, int row) {
            if (length == Integer.BYTES) {
                ints.put(row, CopyBytes.getInt(bytes, at));
            } else {
                super.receive(bytes, at, length, row);
            }
        }
    }

    private static final class Int8 extends CopyField {
        private final LongVector longs;

        Int8(Relation.Column column, TypeCodec codec, TypeContext types, LongVector vector) {
            super(column, codec, types, vector);
            longs = vector;
        }

        @Override
        void parse(byte[] bytes, int at, int length, int row) {
            long value = IntegerText.plain(bytes, at, length);
            if (value >= 0) {
                longs.put(row, value);
            } else {
                super.parse(bytes, at, length, row);
            }
        }

        @Override
        int readPlain(byte[] bytes, int at, int to, CopyPlainText text, int row) {
            int count = IntegerText.digits(bytes, at);
            if (count == 0) {
                return super.readPlain(bytes, at, to, text, row);
            }
            long value = IntegerText.value(bytes, at, count);
            if (count == Long.BYTES) {
                int more = IntegerText.digits(bytes, at + count);
                if (more == Long.BYTES) {
                    return super.readPlain(bytes, at, to, text, row);
                }
                value = more == 0 ? value : value * Decimals.power(more) + IntegerText.value(bytes, at + count, more);
                count += more;
            }
            longs.put(row, value);
            return at + count;
        }

        @Override
        void receive(byte[] bytes, int at, int length, int row) {
            if (length == Long.BYTES) {
                longs.put(row, CopyBytes.getLong(bytes, at));
            } else {
                super.receive(bytes, at, length, row);
            }
        }
    }

    private static final class Bool extends CopyField {
        private final BoolVector bools;

        Bool(Relation.Column column, TypeCodec codec, TypeContext types, BoolVector vector) {
            super(column, codec, types, vector);
            bools = vector;
        }

        @Override
        void parse(byte[] bytes, int at, int length, int row) {
            if (length == 1 && (bytes[at] == 't' || bytes[at] == 'f')) {
                bools.put(row, bytes[at] == 't');
            } else {
                super.parse(bytes, at, length, row);
            }
        }

        @Override
        int readPlain(byte[] bytes, int at, int to, CopyPlainText text, int row) {
            if (text.isInside(bytes[at + 1]) || bytes[at] != 't' && bytes[at] != 'f') {
                return super.readPlain(bytes, at, to, text, row);
            }
            bools.put(row, bytes[at] == 't');
            return at + 1;
        }

        @Override
        void receive(byte[] bytes, int at, int length, int row) {
            if (length == 1) {
                bools.put(row, bytes[at] != 0);
            } else {
                super.receive(bytes, at, length, row);
            }
        }
    }

    private static final class Text extends CopyField {
        private final BytesVector texts;

        Text(Relation.Column column, TypeCodec codec, TypeContext types, BytesVector vector) {
            super(column, codec, types, vector);
            texts = vector;
        }

        @Override
        void parse(byte[] bytes, int at, int length, int row) {
            texts.put(row, bytes, at, length);
        }

        @Override
        int readPlain(byte[] bytes, int at, int to, CopyPlainText text, int row) {
            int end = text.end(bytes, at, to);
            if (end >= at) {
                texts.put(row, bytes, at, end - at);
            }
            return end;
        }

        @Override
        void receive(byte[] bytes, int at, int length, int row) {
            if (!ByteSearch.isPlainAscii(bytes, at, at + length)) {
                Utf8.validate(new Slice(bytes, at, length));
            }
            texts.put(row, bytes, at, length);
        }
    }

    private static final class Decimal extends CopyField {
        /** Of numbers in a long. */
        private static final int MOST_DIGITS = 18;

        private final ObjectVector numbers;
        private final int typmod;
        /** Numbers below this with so many digits behind the point are as the column wants them. */
        private final long limit;
        private final int fittingScale;

        Decimal(Relation.Column column, TypeCodec codec, TypeContext types, ObjectVector vector) {
            super(column, codec, types, vector);
            numbers = vector;
            typmod = column.typmod();
            boolean small = typmod >= 0 && NumericText.precisionOf(typmod) <= MOST_DIGITS;
            limit = small ? Decimals.power(NumericText.precisionOf(typmod)) : 0;
            fittingScale = small ? NumericText.scaleOf(typmod) : 0;
        }

        @Override
        int readPlain(byte[] bytes, int at, int to, CopyPlainText text, int row) {
            int whole = IntegerText.digits(bytes, at);
            int point = at + whole;
            int scale = bytes[point] == '.' ? IntegerText.digits(bytes, point + 1) : 0;
            if (whole == 0 || whole == Long.BYTES || scale == 0 || scale == Long.BYTES) {
                return super.readPlain(bytes, at, to, text, row);
            }
            long unscaled = IntegerText.value(bytes, at, whole) * Decimals.power(scale) + IntegerText.value(bytes, point + 1, scale);
            Numeric number = Numeric.of(unscaled, scale);
            numbers.put(row, scale == fittingScale && unscaled < limit ? number : number.withTypmod(typmod));
            return point + 1 + scale;
        }
    }

    private static final class Day extends CopyField {
        private final IntVector days;

        Day(Relation.Column column, TypeCodec codec, TypeContext types, IntVector vector) {
            super(column, codec, types, vector);
            days = vector;
        }

        @Override
        int readPlain(byte[] bytes, int at, int to, CopyPlainText text, int row) {
            int end = at + IsoText.DATE_LENGTH;
            long day = text.isInside(bytes[end]) ? IsoText.NONE : IsoText.day(bytes, at);
            if (day == IsoText.NONE) {
                return super.readPlain(bytes, at, to, text, row);
            }
            days.put(row, (int) day);
            return end;
        }
    }

    private static final class Timestamp extends CopyField {
        private final LongVector micros;

        Timestamp(Relation.Column column, TypeCodec codec, TypeContext types, LongVector vector) {
            super(column, codec, types, vector);
            micros = vector;
        }

        @Override
        int readPlain(byte[] bytes, int at, int to, CopyPlainText text, int row) {
            int end = at + IsoText.TIMESTAMP_LENGTH;
            if (text.isInside(bytes[end])) {
                end = text.end(bytes, end, to);
            }
            long value = IsoText.timestamp(bytes, at, end - at);
            if (value == IsoText.NONE) {
                return super.readPlain(bytes, at, to, text, row);
            }
            micros.put(row, value);
            return end;
        }
    }
}
