package org.gajah.analyze;

/** Writes collations that have been derived into nodes: the result's, and the one that a function or operator works by. */
final class CollationStamp {
    private CollationStamp() {
    }

    static Expr on(Expr e, int output, int input) {
        return switch (e) {
            case Expr.FunctionCall f -> new Expr.FunctionCall(f.function(), f.type(), f.typmod(), f.returnsSet(), f.variadic(), f.form(),
                    output, input, f.args(), f.location());
            case Expr.OperatorCall o -> new Expr.OperatorCall(o.operator(), o.function(), o.type(), o.returnsSet(), output, input,
                    o.args(), o.location());
            case Expr.DistinctFrom d -> new Expr.DistinctFrom(d.operator(), d.function(), input, d.args(), d.location());
            case Expr.NullIf n -> new Expr.NullIf(n.operator(), n.function(), n.type(), n.typmod(), output, input, n.args(),
                    n.location());
            case Expr.ArrayComparison c -> new Expr.ArrayComparison(c.operator(), c.function(), c.any(), input, c.scalar(), c.array(),
                    c.location());
            case Expr.AggregateCall c -> new Expr.AggregateCall(c.function(), c.type(), output, input, c.directArgs(), c.args(), c.order(),
                    c.distinct(), c.filter(), c.star(), c.variadic(), c.kind(), c.levelsUp(), c.location());
            case Expr.WindowCall c -> new Expr.WindowCall(c.function(), c.type(), output, input, c.args(), c.filter(), c.window(), c.star(),
                    c.aggregate(), c.location());
            case Expr.Subscript s -> new Expr.Subscript(s.container(), s.upper(), s.lower(), s.elementType(), s.type(), s.typmod(), output,
                    s.assigned(), s.location());
            case Expr.Relabel r -> new Expr.Relabel(r.arg(), r.type(), r.typmod(), output, r.form(), r.location());
            case Expr.CoerceViaIo c -> new Expr.CoerceViaIo(c.arg(), c.type(), output, c.form(), c.location());
            case Expr.ArrayCoerce c -> new Expr.ArrayCoerce(c.arg(), c.element(), c.type(), c.typmod(), output, c.form(), c.location());
            case Expr.Case c -> new Expr.Case(c.type(), output, c.arg(), c.whens(), c.otherwise(), c.location());
            case Expr.ArrayLiteral a -> new Expr.ArrayLiteral(a.type(), output, a.elementType(), a.elements(), a.nested(), a.location());
            case Expr.Coalesce c -> new Expr.Coalesce(c.type(), output, c.args(), c.location());
            case Expr.MinMax m -> new Expr.MinMax(m.greatest(), m.type(), output, input, m.args(), m.location());
            case Expr.CoerceToDomain c -> new Expr.CoerceToDomain(c.arg(), c.type(), c.typmod(), output, c.form(), c.location());
            default -> e;
        };
    }
}
