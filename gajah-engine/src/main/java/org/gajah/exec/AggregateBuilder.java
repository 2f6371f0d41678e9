package org.gajah.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.gajah.plan.Plan;
import org.gajah.plan.PlanColumn;

/** Makes the operators of aggregation. */
final class AggregateBuilder {
    private AggregateBuilder() {
    }

    static Operator build(Plan.Aggregate p, OperatorBuilder builder) {
        Operator child = builder.build(p.child());
        ExprCompiler compiler = builder.compiler();
        AggregateFunction[] functions = p.aggregates().stream().map(spec -> new AggregateFunction(spec, builder.context(), builder.frame(), compiler))
                .toArray(AggregateFunction[]::new);
        List<List<Integer>> sets = p.groupingSets();
        if (sets.isEmpty()) {
            sets = List.of(java.util.stream.IntStream.range(0, p.keys().size()).boxed().toList());
        }
        List<PlanColumn> input = p.child().columns();
        List<AggregateOperator.GroupingSet> made = new ArrayList<>();
        for (List<Integer> set : sets) {
            KeyTable table = JoinBuilder.keys(builder, input, set.stream().map(key -> p.keys().get(key)).toList());
            AggregateState[] states = Arrays.stream(functions).map(AggregateState::new).toArray(AggregateState[]::new);
            made.add(new AggregateOperator.GroupingSet(OperatorBuilder.ints(set), table, states));
        }
        return new AggregateOperator(child, builder.frame(), functions, made, OperatorBuilder.ints(p.keys()), p.grouping(),
                builder.carriers(input), builder.carriers(p.columns()), p.estimate().rows(), p.strategy() == Plan.Aggregate.Strategy.HASHED);
    }
}
