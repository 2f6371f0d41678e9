package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.ProcRow;
import org.gajah.type.Oids;

/** Finds which function a name with arguments means (manual, section 10.3). */
final class FunctionLookup {
    private final Analysis a;
    private final CandidateChoice choice;

    /**
     * A function that could be meant.
     *
     * @param args       the parameter types as this call would fill them: variadics expanded, in the call's order
     * @param variadics  how many arguments the variadic parameter takes; 0 if it is not expanded
     * @param defaults   how many parameters are filled from defaults
     * @param argNumbers parameter index of each entry of {@code args} if names were used, else empty
     */
    record Candidate(ProcRow row, List<Integer> args, int pathPosition, int variadics, int defaults, List<Integer> argNumbers,
            boolean ambiguous) {
    }

    /** What was found. */
    sealed interface Found {
        /** Nothing. */
        record None() implements Found {
        }

        /** Several that fit equally well. */
        record Ambiguous() implements Found {
        }

        /** Not a function: the name of a type, a cast written as a call. */
        record Cast(int type) implements Found {
        }

        /** This one. */
        record Function(Candidate candidate) implements Found {
        }
    }

    FunctionLookup(Analysis analysis) {
        a = analysis;
        choice = new CandidateChoice(analysis);
    }

    /** Resolves a call, or CALL. {@code argNames} are the names of the last arguments. */
    Found find(List<String> name, List<Expr> args, List<Integer> argTypes, List<String> argNames, boolean expandVariadic,
            boolean procedure) {
        List<Candidate> candidates = candidates(name, argTypes.size(), argNames, expandVariadic, procedure);
        Optional<Candidate> best = candidates.stream().filter(c -> c.args().equals(argTypes)).findFirst();
        if (best.isEmpty()) {
            Optional<Found> cast = asCast(name, args, argTypes, argNames);
            if (cast.isPresent()) {
                return cast.get();
            }
            List<Candidate> fitting = candidates.stream()
                    .filter(c -> a.coercer.canCoerce(argTypes, c.args(), CoercionContext.IMPLICIT)).toList();
            if (fitting.size() > 1) {
                best = choice.choose(argTypes, fitting, Candidate::args);
                if (best.isEmpty()) {
                    return new Found.Ambiguous();
                }
            } else {
                best = fitting.stream().findFirst();
            }
        }
        if (best.isEmpty()) {
            return new Found.None();
        }
        return best.get().ambiguous() ? new Found.Ambiguous() : new Found.Function(best.get());
    }

    private Optional<Found> asCast(List<String> name, List<Expr> args, List<Integer> argTypes, List<String> argNames) {
        if (argTypes.size() != 1 || args.isEmpty() || !argNames.isEmpty()) {
            return Optional.empty();
        }
        int target = a.typeNames.simple(name);
        if (target == 0) {
            return Optional.empty();
        }
        int source = argTypes.getFirst();
        boolean literal = source == Oids.UNKNOWN && args.getFirst() instanceof Expr.Const;
        boolean cast = literal || switch (a.pathways.find(target, source, CoercionContext.EXPLICIT).kind()) {
            case RELABEL -> true;
            case VIA_IO -> !(source == Oids.RECORD || a.types.isComplex(source)) || a.types.category(target) != 'S';
            case NONE, FUNCTION, ARRAY -> false;
        };
        return cast ? Optional.of(new Found.Cast(target)) : Optional.empty();
    }

    private List<Candidate> candidates(List<String> name, int nargs, List<String> argNames, boolean expandVariadic,
            boolean procedure) {
        List<Integer> namespaces = a.typeNames.searchedNamespaces(name, false);
        List<Candidate> found = new ArrayList<>();
        for (ProcRow row : a.catalog.functions(name.getLast())) {
            int position = namespaces.indexOf(row.namespace());
            if (position >= 0) {
                candidate(procedure ? row.asCalled() : row, position, nargs, argNames, expandVariadic).ifPresent(c -> add(found, c));
            }
        }
        return found;
    }

    private Optional<Candidate> candidate(ProcRow row, int position, int nargs, List<String> argNames, boolean expandVariadic) {
        int declared = row.argTypes().size();
        boolean useDefaults = declared > nargs;
        if (useDefaults && nargs + row.defaultCount() < declared) {
            return Optional.empty();
        }
        if (!argNames.isEmpty()) {
            if (row.variadic() != 0 && expandVariadic || declared != nargs && !useDefaults) {
                return Optional.empty();
            }
            return matchNames(row, nargs, argNames).map(numbers -> new Candidate(row,
                    numbers.stream().map(row.argTypes()::get).toList(), position, 0, declared - nargs, numbers, false));
        }
        boolean variadic = declared <= nargs && expandVariadic && row.variadic() != 0;
        if (declared != nargs && !variadic && !useDefaults) {
            return Optional.empty();
        }
        List<Integer> args = row.argTypes();
        int variadics = 0;
        if (variadic) {
            variadics = nargs - declared + 1;
            args = new ArrayList<>(row.argTypes().subList(0, declared - 1));
            for (int i = 0; i < variadics; i++) {
                args.add(row.variadic());
            }
        } else if (useDefaults) {
            args = row.argTypes().subList(0, nargs);
        }
        return Optional.of(new Candidate(row, args, position, variadics, useDefaults ? declared - nargs : 0, List.of(), false));
    }

    /** Parameter index of each argument given; empty if the names do not fit. */
    private static Optional<List<Integer>> matchNames(ProcRow row, int nargs, List<String> argNames) {
        int positional = nargs - argNames.size();
        List<Integer> inputs = inputPositions(row);
        boolean[] given = new boolean[inputs.size()];
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < positional; i++) {
            numbers.add(i);
            given[i] = true;
        }
        for (String name : argNames) {
            int number = -1;
            for (int i = 0; i < inputs.size(); i++) {
                int at = inputs.get(i);
                if (at < row.names().size() && row.names().get(at).equals(name)) {
                    number = i;
                }
            }
            if (number < 0 || given[number]) {
                return Optional.empty();
            }
            given[number] = true;
            numbers.add(number);
        }
        int firstDefault = inputs.size() - row.defaultCount();
        for (int i = 0; i < given.length; i++) {
            if (!given[i] && i < firstDefault) {
                return Optional.empty();
            }
        }
        return Optional.of(numbers);
    }

    private static List<Integer> inputPositions(ProcRow row) {
        List<Integer> positions = new ArrayList<>();
        int all = row.modes().isEmpty() ? row.argTypes().size() : row.modes().size();
        for (int i = 0; i < all; i++) {
            if (row.modes().isEmpty() || "ibv".indexOf(row.modes().get(i)) >= 0) {
                positions.add(i);
            }
        }
        return positions;
    }

    /** Among functions that look alike to the call, the first schema of the path wins, then the one that is not variadic. */
    private static void add(List<Candidate> found, Candidate added) {
        for (int i = 0; i < found.size(); i++) {
            Candidate before = found.get(i);
            if (!before.args().equals(added.args())) {
                continue;
            }
            int preference = before.pathPosition() - added.pathPosition();
            if (preference == 0) {
                preference = Boolean.compare(before.variadics() > 0, added.variadics() > 0);
            }
            if (preference > 0) {
                found.set(i, added);
            } else if (preference == 0) {
                found.set(i, new Candidate(before.row(), before.args(), before.pathPosition(), before.variadics(), before.defaults(),
                        before.argNumbers(), true));
            }
            return;
        }
        found.add(added);
    }

    /** {@code name(type, type)} as messages show calls. */
    String signature(List<String> name, List<Integer> argTypes, List<String> argNames) {
        List<String> shown = new ArrayList<>();
        int positional = argTypes.size() - argNames.size();
        for (int i = 0; i < argTypes.size(); i++) {
            shown.add((i >= positional ? argNames.get(i - positional) + " => " : "") + a.types.name(argTypes.get(i)));
        }
        return String.join(".", name) + "(" + String.join(", ", shown) + ")";
    }

    SqlError undefined(List<String> name, List<Integer> argTypes, List<String> argNames, boolean procedure, int location) {
        String kind = procedure ? "procedure" : "function";
        return new SqlError(SqlState.UNDEFINED_FUNCTION, kind + " " + signature(name, argTypes, argNames) + " does not exist")
                .hint("No " + kind + " matches the given name and argument types. You might need to add explicit type casts.")
                .at(location);
    }
}
