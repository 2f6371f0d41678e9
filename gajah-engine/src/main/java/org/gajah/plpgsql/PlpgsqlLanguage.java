package org.gajah.plpgsql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import org.gajah.analyze.Polymorphism;
import org.gajah.analyze.Variables;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.ProcRow;
import org.gajah.parse.CodeTokens;
import org.gajah.spi.Language;
import org.gajah.spi.RoutineBody;
import org.gajah.spi.RoutineDefinition;
import org.gajah.spi.SpiParameters;
import org.gajah.spi.SpiSession;
import org.gajah.sysfunc.RegNames;
import org.gajah.type.Oids;
import org.gajah.type.RecordValue;

/** LANGUAGE plpgsql. */
public final class PlpgsqlLanguage implements Language {
    @Override
    public RoutineBody compile(RoutineDefinition definition, SpiSession session) {
        boolean alone = definition.resultType() == Oids.TRIGGER && definition.trigger().isEmpty();
        if (alone) {
            throw onlyTriggers(definition);
        }
        Compiled compiled = read(definition, RegNames.signature(definition.proc(), session.analysis(SpiParameters.NONE)), session, false,
                e -> e.position() == 0 ? e : e.at(0).internal(e.position(), definition.proc().source()));
        if (compiled.event.isEmpty()) {
            return call -> run(compiled, call);
        }
        return call -> {
            if (call.event().isEmpty()) {
                throw onlyTriggers(definition);
            }
            return run(compiled, call);
        };
    }

    private static SqlError onlyTriggers(RoutineDefinition definition) {
        return SqlError.notSupported("trigger functions can only be called as triggers")
                .context("compilation of PL/pgSQL function \"" + definition.proc().name() + "\" near line 1");
    }

    private static Object run(Compiled compiled, RoutineBody.Call call) {
        Activation activation = new Activation(compiled, call);
        for (int i = 0; i < compiled.inputs.size(); i++) {
            activation.values()[compiled.inputs.get(i).number()] = call.arguments()[i];
        }
        compiled.trigger.ifPresent(variables -> variables.set(call.trigger().orElseThrow(), activation));
        compiled.event.ifPresent(variables -> variables.set(call.event().orElseThrow(), activation));
        activation.setFound(false);
        Interpreter interpreter = new Interpreter(activation);
        Object result;
        call.session().stack().enter(interpreter::lines);
        try {
            result = interpreter.run();
        } catch (SqlError e) {
            throw e.context(interpreter.place());
        } finally {
            call.session().stack().leave();
        }
        return compiled.trigger.isEmpty() ? result : triggerRow(activation, result);
    }

    private static Object triggerRow(Activation activation, Object returned) {
        try {
            return returned instanceof RecordValue row ? new Results(activation).triggerRow(row) : null;
        } catch (SqlError e) {
            throw e.context("PL/pgSQL function " + activation.function().signature + " during function exit");
        }
    }

    @Override
    public void validate(RoutineDefinition definition, SpiSession session) {
        requireTypes(definition.proc(), session);
        read(definition, definition.proc().name(), session, true, e -> e);
    }

    /** Parameters and results of pseudo-types are the polymorphic ones and rows; results also nothing, and triggers. */
    private static void requireTypes(ProcRow proc, SpiSession session) {
        int result = proc.returnType();
        if (isPseudo(result, session) && result != Oids.VOID && result != Oids.TRIGGER && result != Oids.EVENT_TRIGGER) {
            throw SqlError.notSupported("PL/pgSQL functions cannot return type " + RegNames.typeName(result, -1, session.analysis(SpiParameters.NONE)));
        }
        for (int type : proc.argTypes()) {
            if (isPseudo(type, session)) {
                throw SqlError.notSupported("PL/pgSQL functions cannot accept type " + RegNames.typeName(type, -1, session.analysis(SpiParameters.NONE)));
            }
        }
    }

    private static boolean isPseudo(int type, SpiSession session) {
        return type != Oids.RECORD && type != Oids.RECORD_ARRAY && !Polymorphism.isPolymorphic(type)
                && session.catalog().type(type).map(t -> t.kind() == 'p').orElse(false);
    }

    /** What a polymorphic type stands for while nothing is called: some type of its kind. */
    private static int standIn(int type) {
        return switch (type) {
            case Oids.ANYARRAY, Oids.ANYCOMPATIBLEARRAY -> Oids.INT4_ARRAY;
            case Oids.ANYRANGE, Oids.ANYCOMPATIBLERANGE -> Oids.INT4RANGE;
            case Oids.ANYMULTIRANGE, Oids.ANYCOMPATIBLEMULTIRANGE -> Oids.INT4MULTIRANGE;
            default -> Polymorphism.isPolymorphic(type) ? Oids.INT4 : type;
        };
    }

    @Override
    public void inline(String source, RoutineBody.Call call) {
        ProcRow proc = new ProcRow(0, "inline_code_block", 11, 10, 0, 'p', false, false, false, false, 'v', 0, Oids.VOID, List.of(), List.of(),
                List.of(), List.of(), 0, Optional.empty(), source, Optional.empty(), 0, List.of());
        boolean validates = call.session().settings().isOn("check_function_bodies");
        run(read(RoutineDefinition.declared(proc), proc.name(), call.session(), validates, e -> e), call);
    }

    /** An error with a place in the text shows that, any other the line; {@code places} may say the place in another way. */
    private static Compiled read(RoutineDefinition written, String signature, SpiSession session, boolean validates, UnaryOperator<SqlError> places) {
        RoutineDefinition definition = EventVariables.asProcedure(written);
        Reading reading = new Reading(definition, session, validates);
        try {
            return read(written, definition, signature, reading);
        } catch (SqlError e) {
            SqlError placed = places.apply(e);
            throw placed.position() > 0 ? placed
                    : placed.context("compilation of PL/pgSQL function \"" + definition.proc().name() + "\" near line " + reading.tokens.line());
        }
    }

    private static Compiled read(RoutineDefinition written, RoutineDefinition definition, String signature, Reading reading) {
        SpiSession session = reading.session;
        Compiled.Parameters parameters = declareParameters(definition, reading);
        reading.found = reading.declare("found", reading.type(Oids.BOOL, -1));
        Optional<TriggerVariables> trigger = TriggerVariables.declare(definition, reading);
        Optional<EventVariables> event = EventVariables.declare(written, reading);
        Compiled.Options options = options(reading.tokens, session);
        Step.Block body = new Grammar(reading).function();
        return new Compiled(definition, signature, body, reading, parameters, options, trigger, event);
    }

    /** Variables for the parameters, by name and by number, in a block called as the function. */
    private static Compiled.Parameters declareParameters(RoutineDefinition definition, Reading reading) {
        reading.scope = new Scope(Optional.empty(), definition.proc().name());
        ProcRow proc = definition.proc();
        List<Variable> inputs = new ArrayList<>();
        List<Variable> outputs = new ArrayList<>();
        int all = proc.modes().isEmpty() ? definition.argTypes().size() : proc.modes().size();
        int input = 0;
        for (int i = 0; i < all; i++) {
            char mode = proc.modes().isEmpty() ? 'i' : proc.modes().get(i);
            String name = i < proc.names().size() ? proc.names().get(i) : "";
            boolean isInput = "ibv".indexOf(mode) >= 0;
            int type = isInput ? definition.argTypes().get(input++) : proc.allTypes().get(i);
            Variable v = reading.declare(name, reading.type(standIn(type), -1));
            reading.scope.declare("$" + (i + 1), v.number());
            if (isInput) {
                inputs.add(v);
            }
            if ("obt".indexOf(mode) >= 0) {
                outputs.add(v);
            }
        }
        return new Compiled.Parameters(inputs, outputs);
    }

    /** {@code #variable_conflict} and its like, at the beginning of the text, on top of the settings. */
    private static Compiled.Options options(CodeTokens t, SpiSession session) {
        String conflict = session.settings().get("plpgsql.variable_conflict");
        boolean prints = session.settings().isOn("plpgsql.print_strict_params");
        while (t.accept("#")) {
            if (t.acceptWord("variable_conflict")) {
                conflict = one(t, List.of("error", "use_variable", "use_column"));
            } else if (t.acceptWord("print_strict_params")) {
                prints = one(t, List.of("on", "off")).equals("on");
            } else {
                throw t.syntaxError();
            }
        }
        return new Compiled.Options(switch (conflict) {
            case "use_variable" -> Variables.Precedence.VARIABLE;
            case "use_column" -> Variables.Precedence.COLUMN;
            default -> Variables.Precedence.CONFLICT;
        }, prints);
    }

    private static String one(CodeTokens t, List<String> choices) {
        for (String choice : choices) {
            if (t.acceptWord(choice)) {
                return choice;
            }
        }
        throw t.syntaxError();
    }
}
