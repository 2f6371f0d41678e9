package org.gajah.analyze;

import org.gajah.catalog.Catalog;
import org.gajah.catalog.ProcRow;
import org.gajah.type.Oids;

/** How far an expression's result may change by itself: that of the most volatile part. */
public final class Volatility {
    private Volatility() {
    }

    /** Whether the result depends on the arguments alone: what indexes, generated columns and partition keys need. */
    public static boolean isImmutable(Expr expr, Catalog catalog) {
        return !Exprs.any(expr, e -> of(e, catalog) != 'i');
    }

    /** Whether the result may change from row to row. */
    public static boolean isVolatile(Expr expr, Catalog catalog) {
        return Exprs.any(expr, e -> of(e, catalog) == 'v');
    }

    /** A node's own volatility: i, s or v. */
    private static char of(Expr e, Catalog catalog) {
        return switch (e) {
            case Expr.FunctionCall f -> function(f.function(), catalog);
            case Expr.OperatorCall o -> function(o.function(), catalog);
            case Expr.ArrayComparison c -> function(c.function(), catalog);
            case Expr.DistinctFrom d -> function(d.function(), catalog);
            case Expr.NullIf n -> function(n.function(), catalog);
            case Expr.AggregateCall c -> function(c.function(), catalog);
            case Expr.WindowCall c -> function(c.function(), catalog);
            case Expr.SqlValueFunction ignored -> 's';
            case Expr.NextValue ignored -> 'v';
            case Expr.CurrentOf ignored -> 'v';
            case Expr.CoerceViaIo c -> textForm(c.arg().type()) == 's' || textForm(c.type()) == 's' ? 's' : 'i';
            default -> 'i';
        };
    }

    private static char function(int oid, Catalog catalog) {
        return catalog.function(oid).map(ProcRow::volatility).orElse('v');
    }

    /** Types whose text depends on settings or the catalogs. */
    private static char textForm(int type) {
        return switch (type) {
            case Oids.DATE, Oids.TIME, Oids.TIMETZ, Oids.TIMESTAMP, Oids.TIMESTAMPTZ, Oids.INTERVAL, Oids.MONEY, Oids.REGCLASS,
                    Oids.REGTYPE, Oids.REGPROC, Oids.REGPROCEDURE, Oids.REGOPER, Oids.REGOPERATOR, Oids.RECORD, Oids.ANYARRAY -> 's';
            default -> 'i';
        };
    }
}
