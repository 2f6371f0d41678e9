package org.gajah.analyze;

import java.util.List;

/** The leftmost place of an expression's text: where errors about the whole of it point. */
final class Locations {
    private Locations() {
    }

    static int of(Expr expr) {
        return switch (expr) {
            case Expr.FunctionCall f -> leftmost(f.location(), f.args());
            case Expr.OperatorCall o -> leftmost(o.location(), o.args());
            case Expr.DistinctFrom d -> leftmost(d.location(), d.args());
            case Expr.NullIf n -> leftmost(n.location(), n.args());
            case Expr.ArrayComparison c -> leftmost(c.location(), List.of(c.scalar(), c.array()));
            case Expr.BoolExpr b -> leftmost(b.location(), b.args());
            case Expr.SubLink s -> leftmost(s.location(), s.test().map(List::of).orElse(List.of()));
            case Expr.FieldSelect f -> of(f.arg());
            case Expr.FieldStore f -> of(f.arg());
            case Expr.Relabel r -> leftmost(r.location(), List.of(r.arg()));
            case Expr.CoerceViaIo c -> leftmost(c.location(), List.of(c.arg()));
            case Expr.ArrayCoerce c -> leftmost(c.location(), List.of(c.arg()));
            case Expr.ConvertRowtype c -> leftmost(c.location(), List.of(c.arg()));
            case Expr.Collate c -> of(c.arg());
            case Expr.RowComparison r -> leftmost(0, r.left());
            case Expr.CoerceToDomain c -> leftmost(c.location(), List.of(c.arg()));
            case Expr.NullTest n -> leftmost(n.location(), List.of(n.arg()));
            case Expr.BooleanTest b -> leftmost(b.location(), List.of(b.arg()));
            case Expr.Subscript s -> of(s.container());
            default -> expr.location();
        };
    }

    static int leftmost(int location, List<Expr> args) {
        int least = location;
        for (Expr arg : args) {
            int at = of(arg);
            least = least == 0 ? at : at == 0 ? least : Math.min(least, at);
        }
        return least;
    }
}
