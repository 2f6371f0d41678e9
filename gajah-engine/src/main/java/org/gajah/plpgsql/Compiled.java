package org.gajah.plpgsql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.analyze.Definitions;
import org.gajah.analyze.Expr;
import org.gajah.analyze.Variables;
import org.gajah.exec.Evaluation;
import org.gajah.spi.RoutineDefinition;
import org.gajah.spi.SpiParameters;

/** A function's text read, with what calls have made ready of its expressions and statements. */
final class Compiled {
    final RoutineDefinition definition;
    final String signature;
    final Step.Block body;
    final List<Variable> variables;
    final List<Integer> types;
    final List<Variable> inputs;
    final List<Variable> outputs;
    final Variable found;
    final Options options;
    private final boolean[] rows;
    final Optional<TriggerVariables> trigger;
    final Optional<EventVariables> event;
    private final Map<Target.Part, Place> places = new IdentityHashMap<>();
    private final Map<Step, Heat> heats = new IdentityHashMap<>();
    private final Map<Conversion, Deque<Evaluation>> conversions = new HashMap<>();

    /** From one type to another. */
    private record Conversion(int from, int to, int typmod) {
    }

    Compiled(RoutineDefinition definition, String signature, Step.Block body, Reading read, Parameters parameters, Options options,
            Optional<TriggerVariables> trigger, Optional<EventVariables> event) {
        this.definition = definition;
        this.signature = signature;
        this.body = body;
        this.variables = List.copyOf(read.variables);
        this.types = variables.stream().map(Variable::type).toList();
        this.inputs = parameters.inputs();
        this.outputs = parameters.outputs();
        this.found = read.found;
        this.options = options;
        this.rows = new boolean[types.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = read.isRow(types.get(i));
        }
        this.trigger = trigger;
        this.event = event;
    }

    /** How names are understood that mean a variable and a column, and whether errors of INTO STRICT show the parameters. */
    record Options(Variables.Precedence precedence, boolean printStrictParams) {
    }

    /** The variables that stand for the parameters. */
    record Parameters(List<Variable> inputs, List<Variable> outputs) {
    }

    /** Whether a variable holds a row. */
    boolean isRow(Variable v) {
        return rows[v.number()];
    }

    /** How often a loop or the whole has run. */
    Heat heat(Step step) {
        return heats.computeIfAbsent(step, _ -> new Heat());
    }

    /** The same for a loop that begins. */
    Heat enter(Step loop) {
        Heat heat = heat(loop);
        heat.enter();
        return heat;
    }

    Place place(Target.Part part, Code value) {
        return places.computeIfAbsent(part, p -> new Place(p, value));
    }

    /** A value of one type as one of another. */
    Object convert(Activation a, Object value, int from, int to, int typmod) {
        boolean same = from == to && typmod < 0;
        if (same) {
            return value;
        }
        Deque<Evaluation> idle = conversions.computeIfAbsent(new Conversion(from, to, typmod), k -> new ArrayDeque<>());
        Evaluation evaluation = idle.isEmpty() ? conversion(a, from, to, typmod) : idle.pop();
        Object converted = a.session().evaluate(evaluation, new Object[] {value}, a.view())[0];
        idle.push(evaluation);
        return converted;
    }

    private static Evaluation conversion(Activation a, int from, int to, int typmod) {
        SpiParameters one = new SpiParameters(List.of(from), Variables.NONE);
        Expr value = new Expr.Param(1, from, -1, a.session().catalog().type(from).map(t -> t.collation()).orElse(0), 0);
        return a.session().compile(List.of(Definitions.converted(value, to, typmod, a.session().analysis(one))));
    }
}
