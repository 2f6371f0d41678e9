package org.gajah.sysfunc;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.gajah.analyze.AnalyzeContext;
import org.gajah.analyze.Expr;
import org.gajah.base.ByteSink;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.PartitionBound;
import org.gajah.catalog.PartitionBound.Datum;
import org.gajah.catalog.Relation;
import org.gajah.type.Oids;
import org.gajah.type.TypeCodec;
import org.gajah.type.TypeContext;

/** Partitions' bounds as SQL. */
public final class PartitionText {
    private PartitionText() {
    }

    /** FOR VALUES ... or DEFAULT. */
    static String bound(PartitionBound bound, Catalog catalog, TypeContext types) {
        return switch (bound) {
            case PartitionBound.Default d -> "DEFAULT";
            case PartitionBound.Hash h -> "FOR VALUES WITH (modulus " + h.modulus() + ", remainder " + h.remainder() + ")";
            case PartitionBound.Values v -> "FOR VALUES IN (" + list(v.values(), catalog, types) + ")";
            case PartitionBound.Range r -> "FOR VALUES FROM (" + list(r.lower(), catalog, types) + ") TO (" + list(r.upper(), catalog, types) + ")";
        };
    }

    private static String list(List<Datum> datums, Catalog catalog, TypeContext types) {
        return datums.stream().map(d -> datum(d, catalog, types)).collect(Collectors.joining(", "));
    }

    /** One value of a bound. */
    public static String datum(Datum datum, Catalog catalog, TypeContext types) {
        return switch (datum) {
            case Datum.Null n -> "NULL";
            case Datum.Least l -> "MINVALUE";
            case Datum.Most m -> "MAXVALUE";
            case Datum.Value v -> {
                TypeCodec codec = catalog.codec(v.type());
                ByteSink out = new ByteSink();
                codec.format(PartitionBound.vector(v, codec), 0, types, out);
                String text = out.toString();
                yield switch (v.type()) {
                    case Oids.BOOL -> text.equals("t") ? "true" : "false";
                    case Oids.INT4 -> text.startsWith("-") ? DeparseConst.quote(text) : text;
                    case Oids.NUMERIC -> Character.isDigit(text.charAt(0)) && text.indexOf('.') >= 0 ? text : DeparseConst.quote(text);
                    default -> DeparseConst.quote(text);
                };
            }
        };
    }

    /** An expression over a table. */
    public static String expression(Expr expr, Relation table, AnalyzeContext context) {
        return new StoredText(context).show(expr, Optional.of(table), false, false);
    }
}
