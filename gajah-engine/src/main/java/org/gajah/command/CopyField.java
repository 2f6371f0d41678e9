package org.gajah.command;

import org.gajah.base.Slice;
import org.gajah.catalog.Relation;
import org.gajah.type.IntegerText;
import org.gajah.type.Oids;
import org.gajah.type.TypeCodec;
import org.gajah.type.TypeContext;
import org.gajah.type.Utf8;
import org.gajah.vector.BoolVector;
import org.gajah.vector.BytesVector;
import org.gajah.vector.IntVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.Vector;

/**
 * How the values of one column get from COPY data into a vector. Of the commonest types those that look as they mostly do are read
 * here, without an object in between; their codec reads the others, and says what is wrong with them.
 */
class CopyField {
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
        return switch (column.type()) {
            case Oids.INT4 -> new Int4(column, codec, types, (IntVector) vector);
            case Oids.INT8 -> new Int8(column, codec, types, (LongVector) vector);
            case Oids.BOOL -> new Bool(column, codec, types, (BoolVector) vector);
            case Oids.TEXT -> new Text(column, codec, types, (BytesVector) vector);
            default -> new CopyField(column, codec, types, vector);
        };
    }

    final Relation.Column column() {
        return column;
    }

    final void setNull(int row) {
        codec.parseNull(types);
        vector.setNull(row);
    }

    /** Reads the text form from {@code [at, at + length)}. */
    void parse(byte[] bytes, int at, int length, int row) {
        codec.parse(new Slice(bytes, at, length), column.typmod(), types, vector, row);
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
        void receive(byte[] bytes, int at, int length, int row) {
            if (!ByteSearch.isPlainAscii(bytes, at, at + length)) {
                Utf8.validate(new Slice(bytes, at, length));
            }
            texts.put(row, bytes, at, length);
        }
    }
}
