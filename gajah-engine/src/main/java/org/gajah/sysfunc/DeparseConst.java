package org.gajah.sysfunc;

import org.gajah.analyze.Expr;
import org.gajah.base.ByteSink;
import org.gajah.catalog.TypeRow;
import org.gajah.type.Oids;
import org.gajah.type.TypeCodec;
import org.gajah.vector.Vector;

/** Literals. */
final class DeparseConst {
    /** Whether a literal's type is shown. */
    enum Label { NEVER, NEEDED, ALWAYS }

    private final Deparser d;

    DeparseConst(Deparser deparser) {
        d = deparser;
    }

    void write(Expr.Const c, Label label) {
        if (c.value() == null) {
            d.out.add("NULL");
            if (label != Label.NEVER) {
                d.out.add("::").add(d.names.type(c.type(), c.typmod()));
                collation(c);
            }
            return;
        }
        String text = text(c);
        boolean labelled = switch (c.type()) {
            case Oids.INT4 -> number(text, !text.startsWith("-"));
            case Oids.NUMERIC -> number(text, Character.isDigit(text.charAt(0)) && text.chars().anyMatch(
                    ch -> "eE.".indexOf(ch) >= 0)) || c.typmod() >= 0;
            case Oids.BOOL -> {
                d.out.add(text.equals("t") ? "true" : "false");
                yield false;
            }
            case Oids.UNKNOWN -> {
                d.out.add(quote(text));
                yield false;
            }
            default -> {
                d.out.add(quote(text));
                yield true;
            }
        };
        if (label == Label.NEVER) {
            return;
        }
        if (labelled || label == Label.ALWAYS) {
            d.out.add("::").add(d.names.type(c.type(), c.typmod()));
        }
        collation(c);
    }

    /** Writes a number and says whether it needs its type behind it: it is quoted unless it would be read as what it is. */
    private boolean number(String text, boolean plain) {
        d.out.add(plain ? text : quote(text));
        return !plain;
    }

    private String text(Expr.Const c) {
        TypeCodec codec = d.context.catalog().codec(c.type());
        Vector value = Vector.of(codec.carrier(), 1);
        value.set(0, c.value());
        ByteSink sink = new ByteSink();
        codec.format(value, 0, d.context.types(), sink);
        return sink.toString();
    }

    private void collation(Expr.Const c) {
        int own = d.context.catalog().type(c.type()).map(TypeRow::collation).orElse(0);
        if (c.collation() != 0 && c.collation() != own) {
            d.out.add(" COLLATE ").add(d.names.collation(c.collation()));
        }
    }

    /** A string literal, as standard_conforming_strings reads it. */
    static String quote(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
