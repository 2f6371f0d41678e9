package org.gajah.func;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.type.Errors;
import org.gajah.type.IntegerText;
import org.gajah.type.Utf8;

/** concat, concat_ws and format. */
public final class FormatFunctions {
    private FormatFunctions() {
    }

    public static Slice text_concat(CallContext context, Object[] values) {
        ByteSink out = new ByteSink();
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                AnyText.output(context, MiscFunctions.argumentType(context, i, values[i]), values[i], out);
            }
        }
        TextFunctions.checkedSize(out.size());
        return out.view();
    }

    public static Slice text_concat_ws(CallContext context, Slice separator, Object[] values) {
        if (separator == null) {
            return null;
        }
        ByteSink out = new ByteSink();
        boolean first = true;
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                if (!first) {
                    out.put(separator);
                }
                first = false;
                AnyText.output(context, MiscFunctions.argumentType(context, i + 1, values[i]), values[i], out);
            }
        }
        TextFunctions.checkedSize(out.size());
        return out.view();
    }

    public static Slice text_format_nv(CallContext context, Slice format) {
        return text_format(context, format, new Object[0]);
    }

    public static Slice text_format(CallContext context, Slice format, Object[] values) {
        return format == null ? null : new Run(context, format, values).run();
    }

    /** One call of format. */
    private static final class Run {
        private final CallContext context;
        private final Slice format;
        private final Object[] values;
        private final ByteSink out = new ByteSink();
        private int at;
        private int next;

        Run(CallContext context, Slice format, Object[] values) {
            this.context = context;
            this.format = format;
            this.values = values;
        }

        Slice run() {
            while (at < format.length()) {
                int c = format.at(at++);
                if (c != '%') {
                    out.putByte(c);
                } else if (peek() == '%') {
                    at++;
                    out.putByte('%');
                } else {
                    specifier();
                }
                TextFunctions.checkedSize(out.size());
            }
            return out.view();
        }

        private int peek() {
            if (at >= format.length()) {
                throw Errors.invalidParameter("unterminated format() type specifier")
                        .hint("For a single \"%\" use \"%%\".");
            }
            return format.at(at);
        }

        private long number() {
            long n = 0;
            while (peek() >= '0' && peek() <= '9') {
                n = n * 10 + format.at(at++) - '0';
                if (n > Integer.MAX_VALUE) {
                    throw new SqlError(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "number is out of range");
                }
            }
            return n;
        }

        private void specifier() {
            int position = -1;
            boolean left = false;
            long width = 0;
            if (peek() >= '0' && peek() <= '9') {
                long n = number();
                if (peek() == '$') {
                    position = position(n);
                    at++;
                } else {
                    width = n;
                }
            }
            if (width == 0) {
                while (peek() == '-') {
                    left = true;
                    at++;
                }
                if (peek() == '*') {
                    at++;
                    width = indirectWidth();
                    left |= width < 0;
                    width = Math.abs(width);
                } else {
                    width = number();
                }
            }
            conversion(peek(), position, left, (int) width);
            at++;
        }

        private static int position(long n) {
            if (n == 0) {
                throw Errors.invalidParameter("format specifies argument 0, but arguments are numbered from 1");
            }
            return (int) n;
        }

        private long indirectWidth() {
            int position = -1;
            if (peek() >= '0' && peek() <= '9') {
                position = position(number());
                if (peek() != '$') {
                    throw Errors.invalidParameter("width argument position must be ended by \"$\"");
                }
                at++;
            }
            int index = argument(position);
            if (values[index] == null) {
                return 0;
            }
            Slice text = AnyText.output(context, MiscFunctions.argumentType(context, index + 1, values[index]), values[index]);
            return IntegerText.parse(text, Integer.MIN_VALUE + 1L, Integer.MAX_VALUE, "integer");
        }

        private int argument(int position) {
            int index = position > 0 ? position - 1 : next;
            if (index >= values.length) {
                throw Errors.invalidParameter("too few arguments for format()");
            }
            next = index + 1;
            return index;
        }

        private void conversion(int type, int position, boolean left, int width) {
            if (type != 's' && type != 'I' && type != 'L') {
                throw Errors.invalidParameter("unrecognized format() type specifier \""
                        + format.slice(at, Math.min(Utf8.width(type), format.length() - at)) + "\"")
                        .hint("For a single \"%\" use \"%%\".");
            }
            int index = argument(position);
            Slice text;
            if (values[index] == null) {
                if (type == 'I') {
                    throw new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, "null values cannot be formatted as an SQL identifier");
                }
                text = type == 'L' ? Slice.of("NULL") : Slice.EMPTY;
            } else {
                text = AnyText.output(context, MiscFunctions.argumentType(context, index + 1, values[index]), values[index]);
                if (type == 'I') {
                    text = QuoteFunctions.quote_ident(text);
                } else if (type == 'L') {
                    ByteSink quoted = new ByteSink();
                    QuoteFunctions.literal(text, quoted);
                    text = quoted.view();
                }
            }
            int missing = Math.max(0, width - Utf8.length(text));
            TextFunctions.checkedSize((long) out.size() + missing + text.length());
            if (left) {
                out.put(text);
            }
            for (int i = 0; i < missing; i++) {
                out.putByte(' ');
            }
            if (!left) {
                out.put(text);
            }
        }
    }
}
