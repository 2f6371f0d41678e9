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
        Relation.Index index = index(relation, p.index());
        List<Integer> attributes = new ArrayList<>(p.attributes());
        for (int needed : IndexScanOperator.keyAttributes(relation, index)) {
            if (!attributes.contains(needed)) {
                attributes.add(needed);
            }
        }
        IndexKeys keys = IndexKeys.of(builder.context(), builder.frame(), relation, index,
                (input, column) -> attributes.indexOf(column + 1));
        int capacity = BatchSize.expecting(p.estimate().rows());
        return new IndexScanOperator(builder.frame(), relation, bounds(p.keys(), p.range(), builder, relation, index), keys, attributes,
                p.attributes().size(), p.backward(), builder.compile(p.filter()), capacity);
    }

    private static Relation.Index index(Relation relation, int oid) {
        return relation.indexes().stream().filter(i -> i.oid() == oid).findFirst().orElseThrow(
                () -> new SqlError(SqlState.UNDEFINED_OBJECT, "index with OID " + Integer.toUnsignedString(oid) + " does not exist"));
    }

    private static IndexBounds bounds(List<Plan.KeyCondition> keyConditions, Optional<Plan.KeyRange> range, OperatorBuilder builder, Relation relation,
            Relation.Index index) {
        List<Expr> columns = IndexKeys.keyExpressions(builder.context(), relation, index);
        int[] types = columns.stream().mapToInt(Expr::type).toArray();
        Carrier[] carriers = columns.stream().map(column -> builder.context().carrier(column.type())).toArray(Carrier[]::new);
        ExprCompiler compiler = builder.compiler();
        List<IndexBounds.Condition> conditions = new ArrayList<>();
        for (Plan.KeyCondition condition : keyConditions) {
            conditions.add(switch (condition) {
                case Plan.KeyCondition.Equal c -> new IndexBounds.Condition(Optional.of(compiler.compile(c.value())), false);
                case Plan.KeyCondition.EqualAny c -> new IndexBounds.Condition(Optional.of(compiler.compile(c.array())), true);
                case Plan.KeyCondition.IsNull c -> new IndexBounds.Condition(Optional.empty(), false);
            });
        }
        Optional<IndexBounds.Bound> lower = range.flatMap(Plan.KeyRange::lower).map(b -> new IndexBounds.Bound(compiler.compile(b.value()), b.inclusive()));
        Optional<IndexBounds.Bound> upper = range.flatMap(Plan.KeyRange::upper).map(b -> new IndexBounds.Bound(compiler.compile(b.value()), b.inclusive()));
        return new IndexBounds(IndexKeys.encoder(builder.context(), relation, index), index.descending(), types, carriers, conditions, range, lower, upper);
    }

    /** A bitmap scan is a scan of the places found, with all conditions checked again: entries may be stale. */
    static Operator bitmap(Plan.BitmapScan p, OperatorBuilder builder) {
        Relation relation = builder.relation(p.relation());
        BitmapPlaces places = new BitmapPlaces(builder.frame(), relation, source(p.source(), relation, builder));
        List<Expr> conditions = new ArrayList<>();
        p.recheck().ifPresent(conditions::add);
        p.filter().ifPresent(conditions::add);
        Optional<Kernel> check = conditions.isEmpty() ? Optional.empty()
                : Optional.of(builder.compiler().compile(new Expr.BoolExpr(Expr.BoolExpr.Op.AND, conditions, 0)));
        return new TidScanOperator(builder.frame(), relation, p.attributes(), places, check, BatchSize.expecting(p.estimate().rows()));
    }

    private static BitmapPlaces.Source source(Plan.BitmapSource source, Relation relation, OperatorBuilder builder) {
        return switch (source) {
            case Plan.BitmapSource.Entries e -> {
                Relation.Index index = index(relation, e.index());
                yield new BitmapPlaces.Source.Entries(index, bounds(e.keys(), e.range(), builder, relation, index));
            }
            case Plan.BitmapSource.And a -> new BitmapPlaces.Source.And(a.sources().stream().map(s -> source(s, relation, builder)).toList());
            case Plan.BitmapSource.Or o -> new BitmapPlaces.Source.Or(o.sources().stream().map(s -> source(s, relation, builder)).toList());
        };
    }

    private static String cursor(Plan.TidSource.CurrentOf current, ExecContext context) {
        return current.parameter() == 0 ? current.cursor() : String.valueOf(context.parameters()[current.parameter() - 1]);
    }

    static Operator tid(Plan.TidScan p, OperatorBuilder builder) {
        ExprCompiler compiler = builder.compiler();
        TidScanOperator.Places places = switch (p.source()) {
            case Plan.TidSource.One one -> TidScanOperator.one(compiler.compile(one.tid()));
            case Plan.TidSource.Any any -> TidScanOperator.any(compiler.compile(any.array()));
            case Plan.TidSource.CurrentOf current -> context -> context.session().cursorPosition(cursor(current, context), p.relation()).stream().toArray();
        };
        return new TidScanOperator(builder.frame(), builder.relation(p.relation()), p.attributes(), places, builder.compile(p.filter()),
                BatchSize.expecting(1));
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
