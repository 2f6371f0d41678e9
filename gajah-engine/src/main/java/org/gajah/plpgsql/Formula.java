package org.gajah.plpgsql;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Definitions;
import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.Expression;
import org.gajah.ast.RawStatement;
import org.gajah.ast.Select;
import org.gajah.ast.SelectBody;
import org.gajah.base.Slice;
import org.gajah.parse.Parser;
import org.gajah.plan.ResultColumn;
import org.gajah.spi.SpiParameters;
import org.gajah.spi.SpiStatement;
import org.gajah.type.Oids;

/**
 * An expression of a function: compiled to kernels if it is plain, else a query of one row. Made anew when the catalogs or the shape
 * of a record have changed.
 */
final class Formula {
    private static final String SELECT = "SELECT ";

    private final Code code;
    private final Slice source;
    private final RawStatement raw;
    private final Wanted wanted;
    private Optional<Made> made = Optional.empty();

    /** The type that the value is to have; 0 is its own. */
    record Wanted(int type, int typmod) {
        static final Wanted ANY = new Wanted(0, -1);
    }

    /** What an expression gives: the value and its type. */
    record Value(Object value, int type) {
    }

    /** The expression as the catalogs have it now: plain, or in a query. */
    private sealed interface Made {
        long version();

        List<VariableNames.Shape> shapes();

        int type();

        default boolean stands(long now, Object[] values) {
            return version() == now && VariableNames.stand(shapes(), values);
        }
    }

    private record InQuery(long version, List<VariableNames.Shape> shapes, SpiStatement query, int type) implements Made {
    }

    private record Plain(long version, List<VariableNames.Shape> shapes, PlainExpression expression) implements Made {
        @Override
        public int type() {
            return expression.type();
        }
    }

    Formula(Code code, Wanted wanted) {
        this.code = code;
        this.wanted = wanted;
        this.source = Slice.of(SELECT + code.text());
        List<RawStatement> parsed = Parser.parse(source);
        if (parsed.size() != 1) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "syntax error in expression \"" + code.text() + "\"");
        }
        this.raw = parsed.getFirst();
    }

    Value value(Activation a) {
        Made now = made(a);
        return new Value(value(now, a), wanted.type == 0 ? now.type() : wanted.type);
    }

    /** The value alone. */
    Object plain(Activation a) {
        return value(made(a), a);
    }

    /** An expression without a query as it is now, and the records whose shape it relies on. */
    record Bare(Expr expr, List<VariableNames.Shape> shapes) {
    }

    /** It without a query, if it needs none. */
    Optional<Bare> bare(Activation a) {
        return made(a) instanceof Plain plain ? Optional.of(new Bare(plain.expression.expr(), plain.shapes)) : Optional.empty();
    }

    /** What holds its value has this type. */
    int type() {
        return wanted.type;
    }

    private Made made(Activation a) {
        long version = a.session().catalogVersion();
        if (made.isEmpty() || !made.get().stands(version, a.values())) {
            made = Optional.of(make(a, version));
        }
        return made.get();
    }

    private Object value(Made now, Activation a) {
        return switch (now) {
            case Plain plain -> plain.expression.value(a);
            case InQuery query -> query(query, a);
        };
    }

    private Made make(Activation a, long version) {
        boolean isFirst = made.isEmpty();
        try {
            VariableNames names = a.names(code.scope());
            SpiParameters parameters = new SpiParameters(a.types(), names);
            Optional<Expression> plain = plain();
            if (plain.isPresent()) {
                Expr expr = Definitions.value(plain.get(), a.session().analysis(parameters));
                if (isPlain(expr)) {
                    return new Plain(version, List.copyOf(names.shapes()), new PlainExpression(fitted(expr, a, parameters)));
                }
            }
            SpiStatement query = a.session().statement(source, raw, parameters);
            List<ResultColumn> columns = query.columns();
            if (columns.size() != 1) {
                throw code.columns(columns.size());
            }
            return new InQuery(version, List.copyOf(names.shapes()), query, columns.getFirst().type());
        } catch (Unfit e) {
            throw e.error;
        } catch (SqlError e) {
            int place = e.position() - SELECT.length();
            throw place > 0 ? code.placed(e, place) : isFirst && e.context().isEmpty() ? e.context(code.line()) : e;
        }
    }

    private Expr folded(Expr expr, Activation a) {
        try {
            return a.session().fold(expr);
        } catch (SqlError e) {
            throw e.context(code.line());
        }
    }

    /** As the wanted type. An assignment converts it itself; elsewhere that is no longer the expression's matter, and errors have no place in it. */
    private Expr fitted(Expr expr, Activation a, SpiParameters parameters) {
        if (code.isAssigned() || wanted.type == 0) {
            return folded(fit(expr, a, parameters), a);
        }
        Expr before = folded(expr, a);
        try {
            return a.session().fold(fit(before, a, parameters));
        } catch (SqlError e) {
            throw new Unfit(e.at(0));
        }
    }

    private Expr fit(Expr expr, Activation a, SpiParameters parameters) {
        if (wanted.type != 0) {
            return Definitions.converted(expr, wanted.type, wanted.typmod, a.session().analysis(parameters));
        }
        return expr.type() == Oids.UNKNOWN ? Definitions.converted(expr, Oids.TEXT, -1, a.session().analysis(parameters)) : expr;
    }

    /** The value cannot be had as one of the wanted type. */
    private static final class Unfit extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final SqlError error;

        Unfit(SqlError error) {
            super(error.getMessage(), error, false, false);
            this.error = error;
        }
    }

    /** The one target of a SELECT that has nothing else. */
    Optional<Expression> plain() {
        boolean bare = raw.statement() instanceof Select s && s.body() instanceof SelectBody.Simple b && b.targets().size() == 1
                && s.equals(Select.of(new SelectBody.Simple(new SelectBody.Distinct.None(), b.targets(), Optional.empty(), List.of(),
                        Optional.empty(), SelectBody.GroupBy.NONE, Optional.empty(), List.of(), b.location())));
        return bare ? Optional.of(((SelectBody.Simple) ((Select) raw.statement()).body()).targets().getFirst().value()) : Optional.empty();
    }

    /** Whether it is evaluated without a query. */
    static boolean isPlain(Expr expr) {
        return !Exprs.any(expr, e -> switch (e) {
            case Expr.SubLink s -> true;
            case Expr.AggregateCall c -> true;
            case Expr.WindowCall w -> true;
            case Expr.FunctionCall f -> f.returnsSet();
            case Expr.OperatorCall o -> o.returnsSet();
            default -> false;
        });
    }

    private Object query(InQuery now, Activation a) {
        Object[] row = new Object[1];
        long[] count = new long[1];
        a.running(code.line(), source.toString(), () -> now.query.run(a.values(), a.view(), 2, batch -> {
            for (int i = 0; i < batch.count(); i++) {
                if (count[0]++ == 0) {
                    row[0] = batch.column(0).get(batch.selection().row(i));
                }
            }
        }));
        if (count[0] > 1) {
            throw new SqlError(SqlState.CARDINALITY_VIOLATION, "query returned more than one row").context("query: " + code.source());
        }
        return wanted.type == 0 ? row[0] : a.convert(row[0], now.type, wanted.type, wanted.typmod);
    }
}
