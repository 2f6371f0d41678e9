package org.gajah.sqlroutine;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.AnalyzeContext;
import org.gajah.analyze.Analyzed;
import org.gajah.analyze.Analyzer;
import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.analyze.Query;
import org.gajah.analyze.Rewriter;
import org.gajah.analyze.TargetEntry;
import org.gajah.api.SqlError;
import org.gajah.ast.RawStatement;
import org.gajah.ast.Select;
import org.gajah.base.Slice;
import org.gajah.func.CallContext;
import org.gajah.parse.Parser;
import org.gajah.plan.ResultColumn;
import org.gajah.spi.RoutineDefinition;
import org.gajah.spi.SpiParameters;
import org.gajah.spi.SpiSession;

/**
 * A function's body as what can stand in the place of its call.
 *
 * @param query  the body analyzed, for whoever checks what it may do
 * @param result the expression, of the function's type, over the arguments as parameters
 */
public record InlineBody(Query query, Expr result) {
    /** The body, if it is nothing but {@code SELECT expression}. What is wrong in it is found when it is called. */
    public static Optional<InlineBody> of(RoutineDefinition definition, SpiSession session) {
        try {
            AnalyzeContext context = session.analysis(SqlBody.parameters(definition, session));
            return analyzed(definition, context).map(Analyzed::query).filter(InlineBody::isExpression)
                    .flatMap(query -> result(query, definition, session, context));
        } catch (SqlError e) {
            return Optional.empty();
        }
    }

    /** The body of a function that gives a set, if it is one query whose columns are those that the definition has, as they are. */
    public static Optional<Analyzed> rows(RoutineDefinition definition, SpiSession session) {
        try {
            AnalyzeContext context = session.analysis(SqlBody.parameters(definition, session));
            return analyzed(definition, context).filter(a -> isPlainQuery(a.query()) && hasColumns(a.query(), definition, session, context))
                    .map(a -> Rewriter.rewrite(a, context));
        } catch (SqlError e) {
            return Optional.empty();
        }
    }

    private static Optional<Analyzed> analyzed(RoutineDefinition definition, AnalyzeContext context) {
        List<RawStatement> statements = Parser.parse(Slice.of(SqlBody.source(definition, context)));
        boolean one = statements.size() == 1 && statements.getFirst().statement() instanceof Select;
        return one ? Optional.of(Analyzer.analyze(statements.getFirst().statement(), context)) : Optional.empty();
    }

    private static boolean isPlainQuery(Query q) {
        return q.command() == Query.Command.SELECT && q.rowMarks().isEmpty() && q.ctes().stream().allMatch(c -> c.query().command() == Query.Command.SELECT);
    }

    private static boolean hasColumns(Query query, RoutineDefinition definition, SpiSession session, AnalyzeContext context) {
        List<ResultColumn> columns = query.targets().stream().filter(t -> !t.junk())
                .map(t -> new ResultColumn(t.name(), t.expr().type(), t.expr().typmod(), t.expr().collation(), 0, 0)).toList();
        ResultShape shape = ResultShape.of(definition, columns, session.catalog(), context);
        List<Integer> wanted = definition.columns().stream().map(CallContext.Column::type).toList();
        return shape.isPlain() && !shape.whole() && columns.stream().map(ResultColumn::type).toList().equals(wanted);
    }

    private static boolean isExpression(Query q) {
        return q.command() == Query.Command.SELECT && q.rangeTable().isEmpty() && q.from().where().isEmpty() && q.groupBy().isEmpty()
                && q.groupingSets().isEmpty() && q.having().isEmpty() && q.windows().isEmpty() && q.distinct().isEmpty() && q.orderBy().isEmpty()
                && q.limit().isEmpty() && q.offset().isEmpty() && q.setOperation().isEmpty() && q.ctes().isEmpty() && !q.hasAggregates()
                && !q.hasWindows() && !q.hasSubLinks() && !q.hasTargetSets() && q.targets().size() == 1;
    }

    private static Optional<InlineBody> result(Query query, RoutineDefinition definition, SpiSession session, AnalyzeContext context) {
        TargetEntry target = query.targets().getFirst();
        Expr value = target.expr();
        ResultColumn column = new ResultColumn(target.name(), value.type(), value.typmod(), value.collation(), 0, 0);
        ResultShape shape = ResultShape.of(definition, List.of(column), session.catalog(), context);
        if (shape.row() && !shape.whole()) {
            return Optional.empty();
        }
        Expr result = shape.isPlain() ? value : converted(shape.values().getFirst(), value);
        return result.type() == definition.resultType() ? Optional.of(new InlineBody(query, Exprs.unlocated(result))) : Optional.empty();
    }

    private static Expr converted(Expr conversion, Expr value) {
        return conversion instanceof Expr.Param ? value : Exprs.mapChildren(conversion, child -> converted(child, value));
    }
}
