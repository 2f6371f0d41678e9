package org.gajah.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Query;
import org.gajah.catalog.ProcRow;
import org.gajah.plan.Plan;
import org.gajah.plan.PlanColumn;
import org.gajah.plan.SortKey;
import org.gajah.vector.Carrier;

/** Makes the operators of window functions. */
final class WindowBuilder {
    private final Plan.WindowAggregate plan;
    private final OperatorBuilder builder;
    private final ExprCompiler compiler;
    private final List<Kernel> extras = new ArrayList<>();
    private final List<Carrier> carriers;
    private final int childColumns;
    private final RowStore rows;

    private WindowBuilder(Plan.WindowAggregate plan, OperatorBuilder builder) {
        this.plan = plan;
        this.builder = builder;
        this.compiler = builder.compiler();
        this.childColumns = plan.child().columns().size();
        this.carriers = new ArrayList<>(builder.carriers(plan.child().columns()));
        this.rows = new RowStore(carriers, new WorkMemory(builder.frame(), false));
    }

    static Operator build(Plan.WindowAggregate plan, OperatorBuilder builder) {
        return new WindowBuilder(plan, builder).build();
    }

    private Operator build() {
        Operator child = builder.build(plan.child());
        WindowFunction[] functions = plan.functions().stream().map(this::function).toArray(WindowFunction[]::new);
        List<PlanColumn> columns = plan.child().columns();
        RowOrder partition = new RowOrder(builder.context(), columns, plan.partition().stream().map(c -> new SortKey(c, false, false, 0)).toList());
        RowOrder peers = new RowOrder(builder.context(), columns, plan.order());
        Query.Frame f = plan.frame();
        boolean hasRangeOffset = f.mode() == Query.Frame.Mode.RANGE && (plan.startOffset().isPresent() || plan.endOffset().isPresent());
        Optional<Kernel> start = plan.startOffset().map(compiler::compile);
        Optional<Kernel> end = plan.endOffset().map(compiler::compile);
        WindowRange[] range = new WindowRange[1];
        Optional<WindowFrame.RangeOffset> offsets = Optional.empty();
        if (hasRangeOffset) {
            range[0] = new WindowRange(plan, builder, rows, start, end);
            offsets = Optional.of(range[0]);
        }
        WindowFrame frame = new WindowFrame(f.mode(), f.startBound(), f.endBound(), f.exclusion(), offsets);
        List<WindowFunction> all = new ArrayList<>(List.of(functions));
        if (hasRangeOffset) {
            // It takes no part in the output; it has to know the partition.
            all.set(0, range[0].before(all.get(0)));
        }
        return new WindowOperator(child, builder.frame(), new WindowOperator.Shape(extras.toArray(Kernel[]::new), all.toArray(WindowFunction[]::new),
                frame, partition, peers, start, end, !hasRangeOffset, carriers, childColumns, builder.carriers(plan.columns()), rows));
    }

    /** The store's column with an expression's values. */
    private int column(Expr expression) {
        if (expression instanceof Expr.InputColumn c && c.input() == 0) {
            return c.column();
        }
        Kernel kernel = compiler.compile(expression);
        extras.add(kernel);
        carriers.add(kernel.carrier());
        return childColumns + extras.size() - 1;
    }

    private WindowFunction function(Plan.WindowSpec spec) {
        int[] args = spec.arguments().stream().mapToInt(this::column).toArray();
        if (!spec.aggregate()) {
            ProcRow proc = builder.context().proc(spec.function());
            return WindowFunctions.of(proc.source(), args);
        }
        Optional<Integer> filter = spec.filter().map(this::column);
        if (plan.frame().startBound() != Query.Frame.Bound.UNBOUNDED_PRECEDING) {
            Optional<WindowFunction> moving = MovingAggregate.of(spec, args, filter, builder);
            if (moving.isPresent()) {
                return moving.get();
            }
        }
        Plan.AggregateSpec aggregate = new Plan.AggregateSpec(spec.function(), spec.type(), spec.collation(), spec.inputCollation(), spec.arguments(),
                spec.arguments().size(), false, List.of(), Optional.empty(), List.of(), spec.star(), false);
        AggregateFunction function = new AggregateFunction(aggregate, builder.context(), builder.frame(), compiler);
        List<Carrier> argCarriers = spec.arguments().stream().map(arg -> builder.context().carrier(arg.type())).toList();
        return new WindowFunctions.Aggregate(function, args, filter, argCarriers);
    }
}
