package org.gajah.analyze;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import org.gajah.base.ByteSink;
import org.gajah.base.StackGuard;
import org.gajah.catalog.Bootstrap;
import org.gajah.catalog.Catalog;
import org.gajah.type.Datum;
import org.gajah.type.Stored;
import org.gajah.type.TypeCodec;
import org.gajah.type.TypeContext;

/** Writes the tree part of a {@link NodeText}. */
final class NodeWriter {
    private final Catalog catalog;
    private final TypeContext types;
    private final StackGuard guard = new StackGuard();
    private final StringBuilder out = new StringBuilder();

    NodeWriter(Catalog catalog, TypeContext types) {
        this.catalog = catalog;
        this.types = types;
    }

    String write(Object node) {
        value(node);
        return out.toString();
    }

    private void value(Object v) {
        guard.enter();
        switch (v) {
            case Integer i -> out.append(i);
            case Boolean b -> out.append(b ? 't' : 'f');
            case Character c -> out.append('\'').append((int) c);
            case String s -> quoted(s);
            case Enum<?> e -> out.append(':').append(e.name());
            case List<?> l -> list(l);
            case Optional<?> o -> optional(o);
            case Expr.Const c -> constant(c);
            case Record r -> record(r);
            default -> throw new IllegalStateException("no stored form for " + v.getClass().getName());
        }
        guard.leave();
    }

    private void list(List<?> l) {
        out.append('[');
        for (int i = 0; i < l.size(); i++) {
            if (i > 0) {
                out.append(' ');
            }
            value(l.get(i));
        }
        out.append(']');
    }

    private void optional(Optional<?> o) {
        if (o.isEmpty()) {
            out.append('~');
        } else {
            out.append("! ");
            value(o.get());
        }
    }

    private void constant(Expr.Const c) {
        out.append("(Expr$Const ").append(c.type()).append(' ').append(c.typmod()).append(' ').append(c.collation()).append(' ');
        if (c.value() == null) {
            out.append('~');
        } else if (Integer.compareUnsigned(c.type(), Bootstrap.FIRST_USER_OID) >= 0) {
            TypeCodec codec = catalog.codec(c.type());
            ByteSink stored = new ByteSink();
            Stored.write(codec, Datum.vector(codec, c.value()), 0, stored);
            out.append('=');
            quoted(HexFormat.of().formatHex(stored.toBytes()));
        } else {
            quoted(Datum.format(catalog.codec(c.type()), c.value(), types).toString());
        }
        out.append(" 0)");
    }

    private void record(Record r) {
        NodeShapes.Shape shape = NodeShapes.of(r);
        out.append('(').append(shape.name());
        for (int i = 0; i < shape.types().length; i++) {
            if (NodeShapes.UNKEPT.contains(shape.names()[i])) {
                continue;
            }
            out.append(' ');
            if (shape.names()[i].equals("location")) {
                out.append('0');
            } else {
                value(NodeShapes.invoke(shape.accessors()[i], r));
            }
        }
        out.append(')');
    }

    private void quoted(String s) {
        out.append('"');
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
        out.append('"');
    }
}
