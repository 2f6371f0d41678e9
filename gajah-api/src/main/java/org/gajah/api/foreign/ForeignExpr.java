package org.gajah.api.foreign;

import java.util.List;
import java.util.Optional;

/**
 * An expression that a foreign server may be asked to compute. Functions and operators are PostgreSQL's, by name and argument types.
 * What depends on no foreign row and is no constant comes as a {@link Parameter}: the local server computes it once a run.
 */
public sealed interface ForeignExpr {
    /** The type of its value. */
    ForeignType type();

    /** A column of the query's table with this number, from 0. */
    record Column(int table, ForeignColumn column) implements ForeignExpr {
        @Override
        public ForeignType type() {
            return column.type();
        }
    }

    /** A value as text, in PostgreSQL's ISO style; nothing is SQL NULL. */
    record Constant(Optional<String> text, ForeignType type) implements ForeignExpr {
    }

    /** A value that comes with each run, by its number from 0. */
    record Parameter(int number, ForeignType type) implements ForeignExpr {
    }

    /**
     * A call of a function.
     *
     * @param name      with its schema if that is not pg_catalog
     * @param function  its oid
     * @param immutable whether its result depends on the arguments alone; if not, on the session's settings too
     * @param collation the collation that the result depends on ({@code C}), if it does on any
     * @param cast      whether it was written, or put in, as a cast to {@code type}
     */
    record Call(String name, int function, boolean immutable, List<ForeignExpr> arguments, boolean variadic, Optional<String> collation, boolean cast, ForeignType type)
            implements ForeignExpr {
    }

    /** An operator of one or two arguments, with its schema if that is not pg_catalog; {@code collation} as of a call. */
    record Operator(String name, List<ForeignExpr> arguments, Optional<String> collation, ForeignType type) implements ForeignExpr {
    }

    /** {@code scalar op ANY (array)}, or ALL. */
    record Quantified(String operator, boolean any, ForeignExpr scalar, ForeignExpr array, Optional<String> collation, ForeignType type)
            implements ForeignExpr {
    }

    /** AND, OR of two and more; NOT of one. */
    record Logic(Connective connective, List<ForeignExpr> arguments, ForeignType type) implements ForeignExpr {
    }

    /** How {@link Logic} connects. */
    enum Connective { AND, OR, NOT }

    /** IS [NOT] NULL. */
    record NullTest(ForeignExpr argument, boolean isNull, ForeignType type) implements ForeignExpr {
    }

    /** IS [NOT] DISTINCT FROM is the negation of this: the same, or both null. */
    record Distinct(ForeignExpr left, ForeignExpr right, ForeignType type) implements ForeignExpr {
    }

    /** The same bytes as another type, written as a cast unless {@code implicit}. */
    record Relabel(ForeignExpr argument, boolean implicit, ForeignType type) implements ForeignExpr {
    }

    /** A cast by way of the text form. */
    record TextCast(ForeignExpr argument, ForeignType type) implements ForeignExpr {
    }

    /** CASE without an operand. */
    record Case(List<ForeignExpr> conditions, List<ForeignExpr> results, ForeignExpr otherwise, ForeignType type) implements ForeignExpr {
    }

    /** COALESCE. */
    record Coalesce(List<ForeignExpr> arguments, ForeignType type) implements ForeignExpr {
    }

    /** An aggregate; {@code star} is {@code count(*)}. */
    record Aggregate(String name, int function, List<ForeignExpr> arguments, boolean distinct, boolean star, Optional<ForeignExpr> filter,
            Optional<String> collation, ForeignType type) implements ForeignExpr {
    }

    /** What it is computed from. */
    default List<ForeignExpr> children() {
        return switch (this) {
            case Column c -> List.of();
            case Constant c -> List.of();
            case Parameter p -> List.of();
            case Call c -> c.arguments();
            case Operator o -> o.arguments();
            case Quantified q -> List.of(q.scalar(), q.array());
            case Logic l -> l.arguments();
            case NullTest n -> List.of(n.argument());
            case Distinct d -> List.of(d.left(), d.right());
            case Relabel r -> List.of(r.argument());
            case TextCast t -> List.of(t.argument());
            case Case c -> java.util.stream.Stream.of(c.conditions(), c.results(), List.of(c.otherwise())).flatMap(List::stream).toList();
            case Coalesce c -> c.arguments();
            case Aggregate a -> java.util.stream.Stream.concat(a.arguments().stream(), a.filter().stream()).toList();
        };
    }

    /** The same with its children replaced. */
    default ForeignExpr map(java.util.function.UnaryOperator<ForeignExpr> f) {
        return switch (this) {
            case Column c -> c;
            case Constant c -> c;
            case Parameter p -> p;
            case Call c -> new Call(c.name, c.function, c.immutable, c.arguments.stream().map(f).toList(), c.variadic, c.collation, c.cast, c.type);
            case Operator o -> new Operator(o.name, o.arguments.stream().map(f).toList(), o.collation, o.type);
            case Quantified q -> new Quantified(q.operator, q.any, f.apply(q.scalar), f.apply(q.array), q.collation, q.type);
            case Logic l -> new Logic(l.connective, l.arguments.stream().map(f).toList(), l.type);
            case NullTest n -> new NullTest(f.apply(n.argument), n.isNull, n.type);
            case Distinct d -> new Distinct(f.apply(d.left), f.apply(d.right), d.type);
            case Relabel r -> new Relabel(f.apply(r.argument), r.implicit, r.type);
            case TextCast t -> new TextCast(f.apply(t.argument), t.type);
            case Case c -> new Case(c.conditions.stream().map(f).toList(), c.results.stream().map(f).toList(), f.apply(c.otherwise), c.type);
            case Coalesce c -> new Coalesce(c.arguments.stream().map(f).toList(), c.type);
            case Aggregate a -> new Aggregate(a.name, a.function, a.arguments.stream().map(f).toList(), a.distinct, a.star, a.filter.map(f), a.collation,
                    a.type);
        };
    }
}
