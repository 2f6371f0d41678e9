package org.gajah.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.AnalyzeContext;
import org.gajah.analyze.Definitions;
import org.gajah.analyze.Expr;
import org.gajah.analyze.Names;
import org.gajah.analyze.NodeText;
import org.gajah.analyze.Polymorphism;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.FunctionParameter;
import org.gajah.ast.FunctionParameter.Mode;
import org.gajah.ast.TypeName;
import org.gajah.sysfunc.RegNames;
import org.gajah.type.Oids;

/** The parameters of CREATE FUNCTION or PROCEDURE, as pg_proc keeps them, and the result that they imply. */
final class RoutineParameters {
    final List<Integer> inputs = new ArrayList<>();
    final List<Integer> all = new ArrayList<>();
    final List<Mode> modes = new ArrayList<>();
    final List<String> names = new ArrayList<>();
    final List<Expr> defaults = new ArrayList<>();
    int variadic;
    private final List<Integer> outputs = new ArrayList<>();
    private final CommandContext context;
    private final AnalyzeContext analysis;
    private final boolean procedure;

    private RoutineParameters(CommandContext context, boolean procedure) {
        this.context = context;
        this.analysis = context.analysis();
        this.procedure = procedure;
    }

    static RoutineParameters read(List<FunctionParameter> written, boolean procedure, CommandContext context) {
        RoutineParameters made = new RoutineParameters(context, procedure);
        written.forEach(made::add);
        return made;
    }

    private void add(FunctionParameter p) {
        Mode mode = p.mode() == Mode.DEFAULT ? Mode.IN : p.mode();
        boolean input = isInput(mode);
        if (p.type().setOf()) {
            throw new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, (procedure ? "procedures" : "functions") + " cannot accept set arguments")
                    .at(p.location());
        }
        int type = type(p.type());
        if (variadic != 0 && (input || mode == Mode.VARIADIC)) {
            throw new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, "VARIADIC parameter must be the last input parameter").at(p.location());
        }
        if (mode == Mode.VARIADIC) {
            variadic = element(type, p);
        }
        addName(p, mode);
        all.add(type);
        modes.add(mode);
        if (input) {
            inputs.add(type);
        }
        if (mode == Mode.OUT || mode == Mode.INOUT || mode == Mode.TABLE) {
            outputs.add(type);
        }
        addDefault(p, type, input);
    }

    private static boolean isInput(Mode mode) {
        return mode == Mode.IN || mode == Mode.INOUT || mode == Mode.VARIADIC;
    }

    /** PostgreSQL does not say where a result's type is that is not there. */
    private int resultType(TypeName written) {
        try {
            return type(written);
        } catch (SqlError e) {
            throw e.at(0);
        }
    }

    private int type(TypeName written) {
        return Names.type(written, analysis).type();
    }

    private int element(int type, FunctionParameter p) {
        return switch (type) {
            case Oids.ANY -> Oids.ANY;
            case Oids.ANYARRAY -> Oids.ANYELEMENT;
            case Oids.ANYCOMPATIBLEARRAY -> Oids.ANYCOMPATIBLE;
            default -> {
                int element = context.catalog().type(type).filter(t -> t.trueArray()).map(t -> t.element()).orElse(0);
                if (element == 0) {
                    throw new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, "VARIADIC parameter must be an array").at(p.location());
                }
                yield element;
            }
        };
    }

    private void addName(FunctionParameter p, Mode mode) {
        String name = p.name().orElse("");
        if (!name.isEmpty()) {
            for (int i = 0; i < names.size(); i++) {
                boolean separate = isInput(mode) && mode != Mode.INOUT && isOutputOnly(modes.get(i)) || isOutputOnly(mode) && isInput(modes.get(i))
                        && modes.get(i) != Mode.INOUT;
                if (names.get(i).equals(name) && !separate) {
                    throw new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, "parameter name \"" + name + "\" used more than once").at(p.location());
                }
            }
        }
        names.add(name);
    }

    private static boolean isOutputOnly(Mode mode) {
        return mode == Mode.OUT;
    }

    private void addDefault(FunctionParameter p, int type, boolean input) {
        if (p.defaultValue().isPresent()) {
            if (!input) {
                throw new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, "only input parameters can have default values").at(p.location());
            }
            defaults.add(Definitions.functionDefault(p.defaultValue().get(), type, analysis));
        } else if (input && !defaults.isEmpty()) {
            throw new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, "input parameters after one with a default value must also have defaults")
                    .at(p.location());
        } else if (procedure && !defaults.isEmpty()) {
            throw new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, "procedure OUT parameters cannot appear after one with a default value")
                    .at(p.location());
        }
    }

    /** Whether there is more to say than the types of inputs. */
    boolean hasModes() {
        return modes.stream().anyMatch(m -> m != Mode.IN);
    }

    boolean hasNames() {
        return names.stream().anyMatch(n -> !n.isEmpty());
    }

    Optional<String> defaultText() {
        return defaults.isEmpty() ? Optional.empty() : Optional.of(NodeText.write(defaults, context.catalog(), analysis.types()));
    }

    /** The result type that the outputs imply, 0 if there are none. */
    private int implied() {
        boolean record = procedure && !outputs.isEmpty() || outputs.size() > 1;
        return outputs.isEmpty() ? 0 : record ? Oids.RECORD : outputs.getFirst();
    }

    /** The result's type: as written, as implied, or an error if there is none or the two differ. */
    int resultType(Optional<TypeName> written) {
        if (procedure) {
            return outputs.isEmpty() ? Oids.VOID : Oids.RECORD;
        }
        int implied = implied();
        if (written.isEmpty()) {
            if (implied == 0) {
                throw new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, "function result type must be specified");
            }
            return implied;
        }
        int type = resultType(written.get());
        boolean table = modes.contains(Mode.TABLE);
        if (implied != 0 && !table && implied != type) {
            throw new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, "function result type must be " + RegNames.typeName(implied, -1, analysis)
                    + " because of OUT parameters");
        }
        if (Polymorphism.isPolymorphic(type) && inputs.stream().noneMatch(Polymorphism::isPolymorphic)) {
            throw new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, "cannot determine result data type")
                    .detail("A result of type " + RegNames.typeName(type, -1, analysis) + " requires at least one input of type " + inputsFor(type) + ".");
        }
        return type;
    }

    private static String inputsFor(int type) {
        boolean compatible = type >= Oids.ANYCOMPATIBLE || type == Oids.ANYCOMPATIBLEMULTIRANGE;
        return switch (type) {
            case Oids.ANYRANGE, Oids.ANYMULTIRANGE -> "anyrange or anymultirange";
            case Oids.ANYCOMPATIBLERANGE, Oids.ANYCOMPATIBLEMULTIRANGE -> "anycompatiblerange or anycompatiblemultirange";
            default -> compatible
                    ? "anycompatible, anycompatiblearray, anycompatiblenonarray, anycompatiblerange, or anycompatiblemultirange"
                    : "anyelement, anyarray, anynonarray, anyenum, anyrange, or anymultirange";
        };
    }

    static char letter(Mode mode) {
        return switch (mode) {
            case DEFAULT, IN -> 'i';
            case OUT -> 'o';
            case INOUT -> 'b';
            case VARIADIC -> 'v';
            case TABLE -> 't';
        };
    }
}
