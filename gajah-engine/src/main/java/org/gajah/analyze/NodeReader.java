package org.gajah.analyze;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.base.StackGuard;
import org.gajah.catalog.Catalog;
import org.gajah.type.Datum;
import org.gajah.type.Stored;
import org.gajah.type.TypeCodec;
import org.gajah.type.TypeContext;
import org.gajah.vector.Vector;

/** Reads what {@link NodeWriter} wrote. What does not fit is XX001: stored text is never guessed at. */
final class NodeReader {
    private final String text;
    private final Catalog catalog;
    private final TypeContext types;
    private final StackGuard guard = new StackGuard();
    private int at;

    NodeReader(String text, Catalog catalog, TypeContext types) {
        this.text = text;
        this.catalog = catalog;
        this.types = types;
    }

    Object read() {
        if (!NodeText.isNodeText(text)) {
            throw damaged("unknown version");
        }
        at = NodeText.VERSION.length();
        Object node = value(Object.class);
        if (at != text.length()) {
            throw damaged("text after the end");
        }
        return node;
    }

    private SqlError damaged(String why) {
        return new SqlError(SqlState.DATA_CORRUPTED, "stored expression is damaged at character " + at + ": " + why);
    }

    private char peek() {
        if (at >= text.length()) {
            throw damaged("unexpected end");
        }
        return text.charAt(at);
    }

    private void expect(char c) {
        if (peek() != c) {
            throw damaged("expected " + c);
        }
        at++;
    }

    private Object value(Class<?> wanted) {
        guard.enter();
        Object made = switch (peek()) {
            case '(' -> record();
            case '[' -> list();
            case '~' -> {
                at++;
                yield Optional.empty();
            }
            case '!' -> {
                at++;
                expect(' ');
                yield Optional.of(value(Object.class));
            }
            case '"' -> quoted();
            case ':' -> enumeration(wanted);
            case '\'' -> {
                at++;
                yield (char) number();
            }
            case 't' -> {
                at++;
                yield true;
            }
            case 'f' -> {
                at++;
                yield false;
            }
            default -> number();
        };
        guard.leave();
        return made;
    }

    private int number() {
        int start = at;
        while (at < text.length() && (text.charAt(at) == '-' || Character.isDigit(text.charAt(at)))) {
            at++;
        }
        try {
            return Integer.parseInt(text, start, at, 10);
        } catch (NumberFormatException e) {
            throw damaged("not a number");
        }
    }

    private String word() {
        int start = at;
        while (at < text.length() && (Character.isJavaIdentifierPart(text.charAt(at)))) {
            at++;
        }
        return text.substring(start, at);
    }

    private Object enumeration(Class<?> wanted) {
        at++;
        String name = word();
        for (Object constant : wanted.isEnum() ? wanted.getEnumConstants() : new Object[0]) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw damaged("unknown word " + name);
    }

    private String quoted() {
        at++;
        StringBuilder made = new StringBuilder();
        while (peek() != '"') {
            if (peek() == '\\') {
                at++;
            }
            made.append(peek());
            at++;
        }
        at++;
        return made.toString();
    }

    private List<Object> list() {
        at++;
        List<Object> made = new ArrayList<>();
        while (peek() != ']') {
            if (peek() == ' ') {
                at++;
            }
            made.add(value(Object.class));
        }
        at++;
        return List.copyOf(made);
    }

    private Object record() {
        at++;
        String name = word();
        NodeShapes.Shape shape = NodeShapes.named(name);
        if (shape == null) {
            throw damaged("unknown node " + name);
        }
        if (name.equals("Expr$Const")) {
            return constant();
        }
        Object[] values = new Object[shape.types().length];
        for (int i = 0; i < values.length; i++) {
            if (NodeShapes.UNKEPT.contains(shape.names()[i])) {
                values[i] = List.of();
                continue;
            }
            expect(' ');
            values[i] = value(shape.types()[i]);
        }
        expect(')');
        return make(shape, values);
    }

    private Object make(NodeShapes.Shape shape, Object[] values) {
        try {
            return NodeShapes.construct(shape, values);
        } catch (ClassCastException e) {
            throw damaged("wrong part in " + shape.name());
        }
    }

    private Expr constant() {
        expect(' ');
        int type = number();
        expect(' ');
        int typmod = number();
        expect(' ');
        int collation = number();
        expect(' ');
        Object value = null;
        if (peek() == '~') {
            at++;
        } else if (peek() == '=') {
            at++;
            TypeCodec codec = catalog.codec(type);
            Vector one = Vector.of(codec.carrier(), 1);
            Stored.read(codec, Slice.of(HexFormat.of().parseHex(quoted())), one, 0);
            value = one.get(0);
        } else {
            value = Datum.parse(catalog.codec(type), Slice.of(quoted()), -1, types);
        }
        expect(' ');
        number();
        expect(')');
        return new Expr.Const(type, typmod, collation, value, 0);
    }
}
