package org.gajah.type;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.vector.Vector;

/** Arrays as text: {@code {1,2}}, {@code [0:1]={a,"b c",NULL}}. */
final class ArrayText {
    private enum Token { START, END, DELIMITER, ELEMENT, NULL }

    private final Slice text;
    private final int elementType;
    private final TypeCodec element;
    private final char delimiter;
    private final int typmod;
    private final TypeContext context;
    private final ByteSink word = new ByteSink(32);
    private final int[] lengths = new int[ArrayCodec.MAX_DIMENSIONS];
    private final int[] counts = new int[ArrayCodec.MAX_DIMENSIONS];
    private final boolean[] closed = new boolean[ArrayCodec.MAX_DIMENSIONS];
    private int at;
    private int dimensions;
    private boolean frozen;
    private Vector elements;
    private int count;

    ArrayText(Slice text, int elementType, TypeCodec element, char delimiter, int typmod, TypeContext context) {
        this.text = text;
        this.elementType = elementType;
        this.element = element;
        this.delimiter = delimiter;
        this.typmod = typmod;
        this.context = context;
        this.elements = Vector.of(element.carrier(), 8);
    }

    private SqlError malformed(String detail) {
        return new SqlError(SqlState.INVALID_TEXT_REPRESENTATION, "malformed array literal: \"" + text + "\"").detail(detail);
    }

    private static SqlError tooDeep() {
        return new SqlError(SqlState.PROGRAM_LIMIT_EXCEEDED,
                "number of array dimensions exceeds the maximum allowed (" + ArrayCodec.MAX_DIMENSIONS + ")");
    }

    private int peek() {
        return at < text.length() ? text.at(at) & 0xff : -1;
    }

    private void spaces() {
        while (at < text.length() && IntegerText.isSpace(text.at(at))) {
            at++;
        }
    }

    ArrayValue parse() {
        spaces();
        List<int[]> bounds = bounds();
        if (bounds.isEmpty() && peek() != '{') {
            throw malformed("Array value must start with \"{\" or dimension information.");
        }
        if (!bounds.isEmpty()) {
            if (peek() != '=') {
                throw malformed("Missing \"=\" after array dimensions.");
            }
            at++;
            spaces();
            if (peek() != '{') {
                throw malformed("Array contents must start with \"{\".");
            }
        }
        contents();
        spaces();
        if (at < text.length()) {
            throw malformed("Junk after closing right brace.");
        }
        return result(bounds);
    }

    private ArrayValue result(List<int[]> bounds) {
        if (count == 0) {
            if (!bounds.isEmpty()) {
                throw malformed("Specified array dimensions do not match array contents.");
            }
            return new ArrayValue(elementType, new int[0], new int[0], elements);
        }
        int[] shape = Arrays.copyOf(lengths, dimensions);
        int[] lower = new int[dimensions];
        Arrays.fill(lower, 1);
        if (!bounds.isEmpty()) {
            boolean same = bounds.size() == dimensions;
            for (int i = 0; same && i < dimensions; i++) {
                same = bounds.get(i)[1] - bounds.get(i)[0] + 1 == shape[i];
                lower[i] = bounds.get(i)[0];
            }
            if (!same) {
                throw malformed("Specified array dimensions do not match array contents.");
            }
        }
        return new ArrayValue(elementType, shape, lower, elements);
    }

    private List<int[]> bounds() {
        List<int[]> bounds = new ArrayList<>();
        while (peek() == '[') {
            at++;
            if (bounds.size() >= ArrayCodec.MAX_DIMENSIONS) {
                throw tooDeep();
            }
            spaces();
            int lower = 1;
            int upper = bound();
            if (peek() == ':') {
                at++;
                lower = upper;
                upper = bound();
            }
            if (peek() != ']') {
                throw malformed("Missing \"]\" after array dimensions.");
            }
            at++;
            if (upper < lower || upper == Integer.MAX_VALUE) {
                throw upper == Integer.MAX_VALUE
                        ? new SqlError(SqlState.PROGRAM_LIMIT_EXCEEDED, "array bound is too large: " + upper)
                        : new SqlError(SqlState.ARRAY_SUBSCRIPT_ERROR, "upper bound cannot be less than lower bound");
            }
            bounds.add(new int[] {lower, upper});
            spaces();
        }
        return bounds;
    }

    private int bound() {
        int from = at;
        if (peek() == '-' || peek() == '+') {
            at++;
        }
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        try {
            return Integer.parseInt(text.slice(from, at - from).toString());
        } catch (NumberFormatException e) {
            if (at - from < 2) {
                throw malformed(bracketDetail(from == at));
            }
            throw new SqlError(SqlState.PROGRAM_LIMIT_EXCEEDED, "array bound is out of integer range");
        }
    }

    private static String bracketDetail(boolean missing) {
        return missing ? "\"[\" must introduce explicitly-specified array dimensions." : "Missing array dimension value.";
    }

    private void contents() {
        int depth = 0;
        boolean expectDelimiter = false;
        do {
            Token token = next();
            switch (token) {
                case START -> {
                    if (expectDelimiter) {
                        throw malformed("Unexpected \"{\" character.");
                    }
                    if (depth >= ArrayCodec.MAX_DIMENSIONS) {
                        throw tooDeep();
                    }
                    counts[depth] = 0;
                    depth++;
                    if (depth > dimensions) {
                        if (frozen) {
                            throw ragged();
                        }
                        dimensions = depth;
                    }
                }
                case END -> {
                    if (counts[depth - 1] > 0 && !expectDelimiter) {
                        throw malformed("Unexpected \"}\" character.");
                    }
                    depth--;
                    close(depth);
                    expectDelimiter = true;
                }
                case DELIMITER -> {
                    if (!expectDelimiter) {
                        throw malformed("Unexpected \"" + delimiter + "\" character.");
                    }
                    expectDelimiter = false;
                }
                case ELEMENT, NULL -> {
                    if (expectDelimiter) {
                        throw malformed("Unexpected array element.");
                    }
                    frozen = true;
                    if (depth != dimensions) {
                        throw ragged();
                    }
                    element(token == Token.NULL);
                    counts[depth - 1]++;
                    expectDelimiter = true;
                }
            }
        } while (depth > 0);
    }

    private SqlError ragged() {
        return malformed("Multidimensional arrays must have sub-arrays with matching dimensions.");
    }

    /** A level has ended: its length must be that of its siblings. */
    private void close(int depth) {
        if (closed[depth] && lengths[depth] != counts[depth]) {
            throw ragged();
        }
        lengths[depth] = counts[depth];
        closed[depth] = true;
        frozen = true;
        if (depth > 0) {
            counts[depth - 1]++;
        }
    }

    private void element(boolean isNull) {
        if (count == elements.capacity()) {
            if (count >= ArrayCodec.MAX_ELEMENTS) {
                throw ArrayCodec.tooLarge();
            }
            Vector larger = Vector.of(element.carrier(), (int) Math.min(ArrayCodec.MAX_ELEMENTS, count * 2L));
            for (int i = 0; i < count; i++) {
                larger.copyFrom(elements, i, i);
            }
            elements = larger;
        }
        if (isNull) {
            element.parseNull(context);
            elements.setNull(count++);
        } else {
            element.parse(Slice.of(word.toBytes()), typmod, context, elements, count++);
        }
    }

    private Token next() {
        spaces();
        int c = peek();
        if (c < 0) {
            throw malformed("Unexpected end of input.");
        }
        if (c == delimiter) {
            at++;
            return Token.DELIMITER;
        }
        switch (c) {
            case '{' -> {
                at++;
                return Token.START;
            }
            case '}' -> {
                at++;
                return Token.END;
            }
            case '"' -> {
                at++;
                return quoted();
            }
            default -> {
                return bare();
            }
        }
    }

    private Token quoted() {
        word.clear();
        while (true) {
            int c = peek();
            if (c < 0) {
                throw malformed("Unexpected end of input.");
            }
            at++;
            if (c == '\\') {
                if (peek() < 0) {
                    throw malformed("Unexpected end of input.");
                }
                word.putByte(text.at(at++));
            } else if (c == '"') {
                spaces();
                if (peek() != delimiter && peek() != '}' && peek() != '{') {
                    if (at >= text.length()) {
                        throw malformed("Unexpected end of input.");
                    }
                    throw malformed("Incorrectly quoted array element.");
                }
                return Token.ELEMENT;
            } else {
                word.putByte(c);
            }
        }
    }

    private Token bare() {
        word.clear();
        int keep = 0;
        boolean escaped = false;
        while (at < text.length()) {
            int c = text.at(at);
            if (c == '\\') {
                if (at + 1 >= text.length()) {
                    throw malformed("Unexpected end of input.");
                }
                word.putByte(text.at(at + 1));
                at += 2;
                keep = word.size();
                escaped = true;
            } else if (c == '"') {
                throw malformed("Incorrectly quoted array element.");
            } else if (c == '{' || c == '}' || c == delimiter) {
                word.truncate(keep);
                boolean isNull = !escaped && keep == 4 && word.toString().equalsIgnoreCase("null");
                return isNull ? Token.NULL : Token.ELEMENT;
            } else {
                word.putByte(c);
                keep = IntegerText.isSpace(c) ? keep : word.size();
                at++;
            }
        }
        throw malformed("Unexpected end of input.");
    }

    /** Writes an array. */
    static void format(ArrayValue array, TypeCodec element, char delimiter, TypeContext context, ByteSink out) {
        int dimensions = array.dimensions();
        if (dimensions == 0) {
            out.putAscii("{}");
            return;
        }
        boolean bounds = false;
        for (int lower : array.lowerBounds()) {
            bounds |= lower != 1;
        }
        if (bounds) {
            for (int i = 0; i < dimensions; i++) {
                out.putByte('[').putDecimal(array.lowerBounds()[i]).putByte(':')
                        .putDecimal((long) array.lowerBounds()[i] + array.lengths()[i] - 1).putByte(']');
            }
            out.putByte('=');
        }
        ByteSink one = new ByteSink(32);
        int count = array.count();
        for (int i = 0; i < count; i++) {
            open(array, i, delimiter, out);
            if (array.elements().isNull(i)) {
                out.putAscii("NULL");
            } else {
                one.clear();
                element.format(array.elements(), i, context, one);
                quote(one, delimiter, out);
            }
            close(array, i, out);
        }
    }

    private static void open(ArrayValue array, int index, char delimiter, ByteSink out) {
        if (index > 0) {
            out.putByte(delimiter);
        }
        int block = 1;
        for (int d = array.dimensions() - 1; d >= 0; d--) {
            block *= array.lengths()[d];
            if (index % block == 0) {
                out.putByte('{');
            }
        }
    }

    private static void close(ArrayValue array, int index, ByteSink out) {
        int block = 1;
        for (int d = array.dimensions() - 1; d >= 0; d--) {
            block *= array.lengths()[d];
            if ((index + 1) % block == 0) {
                out.putByte('}');
            }
        }
    }

    private static void quote(ByteSink value, char delimiter, ByteSink out) {
        byte[] a = value.array();
        int n = value.size();
        boolean needed = n == 0 || n == 4 && value.toString().equalsIgnoreCase("null");
        for (int i = 0; i < n && !needed; i++) {
            int c = a[i];
            needed = c == '"' || c == '\\' || c == '{' || c == '}' || c == delimiter || IntegerText.isSpace(c);
        }
        if (!needed) {
            out.put(a, 0, n);
            return;
        }
        out.putByte('"');
        for (int i = 0; i < n; i++) {
            if (a[i] == '"' || a[i] == '\\') {
                out.putByte('\\');
            }
            out.putByte(a[i]);
        }
        out.putByte('"');
    }
}
