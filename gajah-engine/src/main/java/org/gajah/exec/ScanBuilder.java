package org.gajah.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.Relation;
import org.gajah.func.CallContext;
import org.gajah.plan.Plan;
import org.gajah.type.Oids;
import org.gajah.vector.Carrier;

/** Makes the operators of index scans, tid scans and function scans. */
final class ScanBuilder {
    private ScanBuilder() {
    }

    static Operator index(Plan.IndexScan p, OperatorBuilder builder) {
        Relation relation = builder.relation(p.relation());
        Relation.Index index = relation.indexes().stream().filter(i -> i.oid() == p.index()).findFirst().orElseThrow(
                () -> new SqlError(SqlState.UNDEFINED_OBJECT, "index with OID " + Integer.toUnsignedString(p.index()) + " does not exist"));
        List<Integer> attributes = new ArrayList<>(p.attributes());
        for (int needed : IndexScanOperator.keyAttributes(relation, index)) {
            if (!attributes.contains(needed)) {
                attributes.add(needed);
            }
        }
        IndexKeys keys = IndexKeys.of(builder.context(), builder.frame(), relation, index,
                (input, column) -> attributes.indexOf(column + 1));
        int capacity = BatchSize.expecting(p.estimate().rows());
        return new IndexScanOperator(builder.frame(), relation, bounds(p, builder, relation, index, keys), keys, attributes,
                p.attributes().size(), p.backward(), builder.compile(p.filter()), capacity);
    }

    private static IndexBounds bounds(Plan.IndexScan p, OperatorBuilder builder, Relation relation, Relation.Index index, IndexKeys keys) {
        List<Expr> columns = IndexKeys.keyExpressions(builder.context(), relation, index);
        int[] types = columns.stream().mapToInt(Expr::type).toArray();
        Carrier[] carriers = columns.stream().map(column -> builder.context().carrier(column.type())).toArray(Carrier[]::new);
        ExprCompiler compiler = builder.compiler();
        List<IndexBounds.Condition> conditions = new ArrayList<>();
        for (Plan.KeyCondition condition : p.keys()) {
            conditions.add(switch (condition) {
                case Plan.KeyCondition.Equal c -> new IndexBounds.Condition(Optional.of(compiler.compile(c.value())), false);
                case Plan.KeyCondition.EqualAny c -> new IndexBounds.Condition(Optional.of(compiler.compile(c.array())), true);
                case Plan.KeyCondition.IsNull c -> new IndexBounds.Condition(Optional.empty(), false);
            });
        }
        Optional<IndexBounds.Bound> lower = p.range().flatMap(Plan.KeyRange::lower).map(b -> new IndexBounds.Bound(compiler.compile(b.value()), b.inclusive()));
        Optional<IndexBounds.Bound> upper = p.range().flatMap(Plan.KeyRange::upper).map(b -> new IndexBounds.Bound(compiler.compile(b.value()), b.inclusive()));
        return new IndexBounds(keys.encoder(), index.descending(), types, carriers, conditions, p.range(), lower, upper);
    }

    static Operator tid(Plan.TidScan p, OperatorBuilder builder) {
        ExprCompiler compiler = builder.compiler();
        TidScanOperator.Places places = switch (p.source()) {
            case Plan.TidSource.One one -> TidScanOperator.one(compiler.compile(one.tid()));
            case Plan.TidSource.Any any -> TidScanOperator.any(compiler.compile(any.array()));
            case Plan.TidSource.CurrentOf current -> context -> new long[] {context.session().cursorPosition(current.cursor(), p.relation())};
        };
        return new TidScanOperator(builder.frame(), builder.relation(p.relation()), p.attributes(), places, builder.compile(p.filter()));
    }

    static Operator function(Plan.FunctionScan p, OperatorBuilder builder) {
        ExprCompiler compiler = builder.compiler();
        List<RowSource> sources = new ArrayList<>();
        int first = 0;
        for (Plan.FunctionSource f : p.functions()) {
            boolean described = f.call() instanceof Expr.FunctionCall c && c.type() == Oids.RECORD
                    && RowTypes.results(builder.context(), c.function()).types().isEmpty();
            List<CallContext.Column> columns = described ? p.columns().subList(first, first + f.columnCount()).stream()
                    .map(c -> new CallContext.Column(c.name(), c.type(), c.typmod())).toList() : List.of();
            sources.add(RowSource.of(f.call(), f.columnCount(), columns, compiler, builder));
            first += f.columnCount();
        }
        return new FunctionScanOperator(builder.frame(), sources, builder.carriers(p.columns()), p.ordinality(), builder.compile(p.filter()))
                .widths(p.functions().stream().map(Plan.FunctionSource::columnCount).toList());
    }

    static Operator projectSet(Plan.ProjectSet p, OperatorBuilder builder) {
        ExprCompiler compiler = builder.compiler();
        List<ProjectSetOperator.Column> columns = new ArrayList<>();
        for (Expr expression : p.expressions()) {
            boolean set = switch (expression) {
                case Expr.FunctionCall c -> c.returnsSet();
                case Expr.OperatorCall c -> c.returnsSet();
                default -> false;
            };
            columns.add(set ? new ProjectSetOperator.Column(Optional.empty(), Optional.of(RowSource.record(expression, compiler, builder)))
                    : new ProjectSetOperator.Column(Optional.of(compiler.compile(expression)), Optional.empty()));
        }
        return new ProjectSetOperator(builder.build(p.child()), builder.frame(), columns, builder.carriers(p.columns()));
    }
}
