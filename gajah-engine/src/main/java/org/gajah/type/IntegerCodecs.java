package org.gajah.type;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.ByteSource;
import org.gajah.base.Slice;
import org.gajah.vector.LongVector;
import org.gajah.vector.Vector;

/** int2, int4, int8, oid, xid, cid, xid8, tid, pg_lsn and "char". */
final class IntegerCodecs {
    private IntegerCodecs() {
    }

    static final class Int2 extends IntCodec {
        Int2() {
            super(2, false);
        }

        @Override
        public boolean isPlainText() {
            return true;
        }

        @Override
        int parse(Slice text, int typmod, TypeContext context) {
            return (int) IntegerText.parse(text, Short.MIN_VALUE, Short.MAX_VALUE, "smallint");
        }

        @Override
        void format(int value, TypeContext context, ByteSink out) {
            out.putDecimal(value);
        }
    }

    static final class Int4 extends IntCodec {
        Int4() {
            super(4, false);
        }

        @Override
        public boolean isPlainText() {
            return true;
        }

        @Override
        int parse(Slice text, int typmod, TypeContext context) {
            return (int) IntegerText.parse(text, Integer.MIN_VALUE, Integer.MAX_VALUE, "integer");
        }

        @Override
        void format(int value, TypeContext context, ByteSink out) {
            out.putDecimal(value);
        }
    }

    static final class Int8 extends LongCodec {
        Int8() {
            super(false);
        }

        @Override
        public boolean isPlainText() {
            return true;
        }

        @Override
        long parse(Slice text, int typmod, TypeContext context) {
            return IntegerText.parse(text, Long.MIN_VALUE, Long.MAX_VALUE, "bigint");
        }

        @Override
        void format(long value, TypeContext context, ByteSink out) {
            out.putDecimal(value);
        }
    }

    /** oid, xid and cid: 32 bits without sign. */
    static final class Unsigned4 extends IntCodec {
        private final String type;

        Unsigned4(String type) {
            super(4, true);
            this.type = type;
        }

        @Override
        public boolean isPlainText() {
            return true;
        }

        @Override
        int parse(Slice text, int typmod, TypeContext context) {
            return IntegerText.parseUnsigned(text, type);
        }

        @Override
        void format(int value, TypeContext context, ByteSink out) {
            out.putDecimal(Integer.toUnsignedLong(value));
        }
    }

    /** A reg* type: an oid that reads and writes as a name. */
    static final class Reg extends IntCodec {
        private final int kind;

        Reg(int kind) {
            super(4, true);
            this.kind = kind;
        }

        @Override
        int parse(Slice text, int typmod, TypeContext context) {
            if (text.length() == 1 && text.at(0) == '-') {
                return 0;
            }
            if (!text.isEmpty() && text.at(0) >= '0' && text.at(0) <= '9' && allDigits(text)) {
                return IntegerText.parseUnsigned(text, "oid");
            }
            return context.names().resolve(kind, text);
        }

        private static boolean allDigits(Slice text) {
            for (int i = 0; i < text.length(); i++) {
                if (text.at(i) < '0' || text.at(i) > '9') {
                    return false;
                }
            }
            return true;
        }

        @Override
        void format(int value, TypeContext context, ByteSink out) {
            if (value == 0) {
                out.putByte(kind == Oids.REGOPER || kind == Oids.REGOPERATOR ? '0' : '-');
            } else {
                out.put(context.names().name(kind, value));
            }
        }
    }

    /** "char": one byte, in octal where it is not ASCII. */
    static final class Char extends IntCodec {
        Char() {
            super(1, true);
        }

        @Override
        int parse(Slice text, int typmod, TypeContext context) {
            if (text.length() == 4 && text.at(0) == '\\' && isOctal(text.at(1)) && isOctal(text.at(2))
                    && isOctal(text.at(3))) {
                return (byte) ((text.at(1) - '0') << 6 | (text.at(2) - '0') << 3 | (text.at(3) - '0'));
            }
            return text.isEmpty() ? 0 : text.at(0);
        }

        private static boolean isOctal(int c) {
            return c >= '0' && c <= '7';
        }

        @Override
        void format(int value, TypeContext context, ByteSink out) {
            int c = value & 0xff;
            if (c >= 0x80) {
                out.putByte('\\').putByte('0' + (c >> 6)).putByte('0' + (c >> 3 & 7)).putByte('0' + (c & 7));
            } else if (c != 0) {
                out.putByte(c);
            }
        }
    }

    static final class Xid8 extends LongCodec {
        Xid8() {
            super(true);
        }

        @Override
        long parse(Slice text, int typmod, TypeContext context) {
            try {
                return Long.parseUnsignedLong(IntegerText.trim(text).toString());
            } catch (NumberFormatException e) {
                throw Errors.invalidSyntax("xid8", text);
            }
        }

        @Override
        void format(long value, TypeContext context, ByteSink out) {
            out.putAscii(Long.toUnsignedString(value));
        }
    }

    /** A log position, written as two hexadecimal halves. */
    static final class Lsn extends LongCodec {
        Lsn() {
            super(true);
        }

        @Override
        long parse(Slice text, int typmod, TypeContext context) {
            String s = text.toString();
            int slash = s.indexOf('/');
            if (slash < 1 || slash > 8 || s.length() - slash < 2 || s.length() - slash > 9) {
                throw Errors.invalidSyntax("pg_lsn", text);
            }
            try {
                return Long.parseLong(s, 0, slash, 16) << 32 | Long.parseLong(s, slash + 1, s.length(), 16);
            } catch (NumberFormatException e) {
                throw Errors.invalidSyntax("pg_lsn", text);
            }
        }

        @Override
        void format(long value, TypeContext context, ByteSink out) {
            out.putAscii(Long.toHexString(value >>> 32).toUpperCase(java.util.Locale.ROOT)).putByte('/')
                    .putAscii(Long.toHexString(value & 0xffffffffL).toUpperCase(java.util.Locale.ROOT));
        }
    }

    /** A row's place: page (32 bit) above slot (16 bit). */
    static final class Tid extends LongCodec {
        Tid() {
            super(false);
        }

        @Override
        long parse(Slice text, int typmod, TypeContext context) {
            String s = text.toString().strip();
            int comma = s.indexOf(',');
            if (!s.startsWith("(") || !s.endsWith(")") || comma < 0) {
                throw Errors.invalidSyntax("tid", text);
            }
            try {
                long page = Long.parseLong(s, 1, comma, 10);
                int slot = Integer.parseInt(s, comma + 1, s.length() - 1, 10);
                if (page < Integer.MIN_VALUE || page > 0xffffffffL || slot < 0 || slot > 0xffff) {
                    throw Errors.invalidSyntax("tid", text);
                }
                return (page & 0xffffffffL) << 16 | slot;
            } catch (NumberFormatException e) {
                throw Errors.invalidSyntax("tid", text);
            }
        }

        @Override
        void format(long value, TypeContext context, ByteSink out) {
            out.putByte('(').putDecimal(value >>> 16).putByte(',').putDecimal(value & 0xffff).putByte(')');
        }

        @Override
        public void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row) {
            Errors.requireLength(bytes, 6);
            ByteSource source = new ByteSource(bytes);
            long page = source.getInt() & 0xffffffffL;
            ((LongVector) out).put(row, page << 16 | source.getShort() & 0xffff);
        }

        @Override
        public void send(Vector values, int row, TypeContext context, ByteSink out) {
            long value = ((LongVector) values).values[row];
            out.putInt((int) (value >>> 16)).putShort((int) value);
        }
    }

    /** money: cents, in the C locale's clothes. */
    static final class Money extends LongCodec {
        Money() {
            super(false);
        }

        @Override
        long parse(Slice text, int typmod, TypeContext context) {
            String s = text.toString().strip();
            boolean negative = s.startsWith("-") || s.startsWith("(");
            String digits = s.replaceAll("^[-(]?\\s*\\$?\\s*|[)]?$", "").replace(",", "");
            if (digits.startsWith("-")) {
                negative = true;
                digits = digits.substring(1);
            }
            if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.')
                    || digits.indexOf('.') != digits.lastIndexOf('.') || digits.equals(".")) {
                throw Errors.invalidSyntax("money", text);
            }
            java.math.BigDecimal cents = new java.math.BigDecimal(digits).movePointRight(2)
                    .setScale(0, java.math.RoundingMode.HALF_UP);
            if (negative) {
                cents = cents.negate();
            }
            if (cents.toBigInteger().bitLength() > 63) {
                throw new SqlError(SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
                        "value \"" + text + "\" is out of range for type money");
            }
            return cents.longValue();
        }

        @Override
        void format(long value, TypeContext context, ByteSink out) {
            if (value < 0) {
                out.putByte('-');
            }
            String digits = Long.toUnsignedString(value < 0 ? -value : value);
            String padded = "000".substring(Math.min(3, digits.length())) + digits;
            int whole = padded.length() - 2;
            out.putByte('$');
            for (int i = 0; i < whole; i++) {
                out.putByte(padded.charAt(i));
                if ((whole - i) % 3 == 1 && i < whole - 1) {
                    out.putByte(',');
                }
            }
            out.putByte('.').putAscii(padded.substring(whole));
        }
    }
}
