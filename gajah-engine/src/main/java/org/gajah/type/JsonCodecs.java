package org.gajah.type;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.vector.BytesVector;
import org.gajah.vector.Carrier;
import org.gajah.vector.Vector;

/** json, which keeps its text, and jsonb. */
final class JsonCodecs {
    private JsonCodecs() {
    }

    /** json: checked text; has no order. */
    static final class Json implements TypeCodec {
        @Override
        public boolean isTextInBinary() {
            return true;
        }

        @Override
        public Carrier carrier() {
            return Carrier.BYTES;
        }

        @Override
        public int storedWidth() {
            return -1;
        }

        @Override
        public void parse(Slice text, int typmod, TypeContext context, Vector out, int row) {
            JsonReader.read(text, JsonHandler.NONE);
            ((BytesVector) out).put(row, text);
        }

        @Override
        public void format(Vector values, int row, TypeContext context, ByteSink out) {
            out.put(((BytesVector) values).slice(row));
        }

        @Override
        public void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row) {
            Utf8.validate(bytes);
            parse(bytes, typmod, context, out, row);
        }

        @Override
        public void send(Vector values, int row, TypeContext context, ByteSink out) {
            format(values, row, context, out);
        }
    }

    static final class JsonbCodec extends BytesCodec {
        @Override
        public boolean isTextInBinary() {
            return true;
        }

        private static Jsonb value(Vector values, int row) {
            return new Jsonb(((BytesVector) values).slice(row));
        }

        @Override
        public void parse(Slice text, int typmod, TypeContext context, Vector out, int row) {
            ((BytesVector) out).put(row, Jsonb.parse(text).bytes());
        }

        @Override
        public void format(Vector values, int row, TypeContext context, ByteSink out) {
            value(values, row).format(out);
        }

        @Override
        public void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row) {
            if (bytes.isEmpty() || bytes.at(0) != 1) {
                throw new org.gajah.api.SqlError(org.gajah.api.SqlState.INTERNAL_ERROR,
                        "unsupported jsonb version number " + (bytes.isEmpty() ? 0 : bytes.at(0)));
            }
            Slice text = bytes.slice(1, bytes.length() - 1);
            Utf8.validate(text);
            parse(text, typmod, context, out, row);
        }

        @Override
        public void send(Vector values, int row, TypeContext context, ByteSink out) {
            out.putByte(1);
            format(values, row, context, out);
        }

        @Override
        public int compare(Vector a, int rowA, Vector b, int rowB) {
            return value(a, rowA).compareTop(value(b, rowB));
        }

        @Override
        public long hash(Vector values, int row) {
            return value(values, row).hash();
        }

        @Override
        public void key(Vector values, int row, ByteSink out) {
            value(values, row).key(true, out);
        }
    }

    /** A path travels as its canonical text. */
    static final class Path extends BytesCodec {
        @Override
        public void parse(Slice text, int typmod, TypeContext context, Vector out, int row) {
            ((BytesVector) out).put(row, JsonPath.parse(text).format());
        }

        @Override
        public void format(Vector values, int row, TypeContext context, ByteSink out) {
            out.put(((BytesVector) values).slice(row));
        }

        @Override
        public void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row) {
            if (bytes.isEmpty() || bytes.at(0) != 1) {
                throw new org.gajah.api.SqlError(org.gajah.api.SqlState.INTERNAL_ERROR,
                        "unsupported jsonpath version number: " + (bytes.isEmpty() ? 0 : bytes.at(0)));
            }
            Slice text = bytes.slice(1, bytes.length() - 1);
            Utf8.validate(text);
            parse(text, typmod, context, out, row);
        }

        @Override
        public void send(Vector values, int row, TypeContext context, ByteSink out) {
            out.putByte(1);
            format(values, row, context, out);
        }
    }
}
