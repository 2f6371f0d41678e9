package org.gajah.analyze;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.OperatorRow;
import org.gajah.type.Oids;

/** Finds which operator a name with operands means (manual, section 10.2). */
final class OperatorLookup {
    private final Analysis a;
    private final CandidateChoice choice;
    private final Map<Key, OperatorRow> found = new HashMap<>();

    private record Key(List<String> name, int left, int right) {
    }

    OperatorLookup(Analysis analysis) {
        a = analysis;
        choice = new CandidateChoice(analysis);
    }

    /** The infix operator for these operand types, or PostgreSQL's error. */
    OperatorRow binary(List<String> name, int left, int right, int location) {
        Key key = new Key(name, left, right);
        OperatorRow known = found.get(key);
        if (known == null) {
            known = complete(searchBinary(name, left, right, location), location);
            found.put(key, known);
        }
        return known;
    }

    private OperatorRow searchBinary(List<String> name, int left, int right, int location) {
        List<Integer> namespaces = namespaces(name, location);
        List<OperatorRow> named = a.catalog.operators(name.getLast());
        Optional<OperatorRow> best = exact(named, namespaces, left, right);
        if (best.isEmpty()) {
            List<OperatorRow> operators = shown(named, namespaces, 'b');
            List<OperatorRow> fitting = operators.stream()
                    .filter(o -> a.coercer.canCoerce(List.of(left, right), List.of(o.left(), o.right()), CoercionContext.IMPLICIT)).toList();
            best = fitting.size() == 1 ? Optional.of(fitting.getFirst())
                    : fitting.isEmpty() ? Optional.empty()
                    : choice.choose(List.of(left, right), fitting, o -> List.of(o.left(), o.right()));
            if (best.isEmpty()) {
                throw failure(name, Optional.of(left), right, !fitting.isEmpty(), location);
            }
        }
        return best.get();
    }

    /** The two types as given, or, beside an unknown literal, as two of the known one or of its base. */
    private Optional<OperatorRow> exact(List<OperatorRow> named, List<Integer> namespaces, int left, int right) {
        int l = left;
        int r = right;
        boolean unknown = false;
        if (left == Oids.UNKNOWN && right != Oids.UNKNOWN) {
            l = right;
            unknown = true;
        } else if (right == Oids.UNKNOWN && left != Oids.UNKNOWN) {
            r = left;
            unknown = true;
        }
        Optional<OperatorRow> found = nearest(named, namespaces, 'b', l, r);
        if (found.isEmpty() && unknown) {
            int base = a.types.base(l);
            if (base != l) {
                found = nearest(named, namespaces, 'b', base, base);
            }
        }
        return found;
    }

    private static Optional<OperatorRow> of(List<OperatorRow> operators, int left, int right) {
        return operators.stream().filter(o -> o.left() == left && o.right() == right).findFirst();
    }

    /** The prefix operator for this operand type, or PostgreSQL's error. */
    OperatorRow prefix(List<String> name, int operand, int location) {
        List<Integer> namespaces = namespaces(name, location);
        List<OperatorRow> named = a.catalog.operators(name.getLast());
        Optional<OperatorRow> best = nearest(named, namespaces, 'l', 0, operand);
        if (best.isEmpty()) {
            List<OperatorRow> operators = shown(named, namespaces, 'l');
            List<OperatorRow> fitting = operators.stream()
                    .filter(o -> a.coercer.canCoerce(List.of(operand), List.of(o.right()), CoercionContext.IMPLICIT)).toList();
            best = fitting.isEmpty() ? Optional.empty() : choice.choose(List.of(operand), fitting, o -> List.of(o.right()));
            if (best.isEmpty()) {
                throw failure(name, Optional.empty(), operand, !fitting.isEmpty(), location);
            }
        }
        return complete(best.get(), location);
    }

    /** A shell has nothing that could be called. */
    private OperatorRow complete(OperatorRow operator, int location) {
        if (operator.function() == 0) {
            String left = operator.left() == 0 ? "" : a.types.name(operator.left()) + " ";
            throw new SqlError(SqlState.UNDEFINED_FUNCTION, "operator is only a shell: " + left + operator.name() + " " + a.types.name(operator.right()))
                    .at(location);
        }
        return operator;
    }

    private List<Integer> namespaces(List<String> name, int location) {
        try {
            return a.typeNames.searchedNamespaces(name, false);
        } catch (SqlError error) {
            throw error.at(location);
        }
    }

    /** The one for these very types that stands first in the path. */
    private static Optional<OperatorRow> nearest(List<OperatorRow> named, List<Integer> namespaces, char kind, int left, int right) {
        OperatorRow best = null;
        int least = Integer.MAX_VALUE;
        for (OperatorRow operator : named) {
            if (operator.left() == left && operator.right() == right && operator.kind() == kind) {
                int position = namespaces.indexOf(operator.namespace());
                if (position >= 0 && position < least) {
                    best = operator;
                    least = position;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** All of a kind that the path shows, earlier schemas hiding later ones' equals. */
    private static List<OperatorRow> shown(List<OperatorRow> named, List<Integer> namespaces, char kind) {
        List<OperatorRow> shown = new ArrayList<>();
        for (OperatorRow operator : named) {
            int position = namespaces.indexOf(operator.namespace());
            if (operator.kind() != kind || position < 0) {
                continue;
            }
            Optional<OperatorRow> same = of(shown, operator.left(), operator.right());
            if (same.isEmpty()) {
                shown.add(operator);
            } else if (namespaces.indexOf(same.get().namespace()) > position) {
                shown.set(shown.indexOf(same.get()), operator);
            }
        }
        return shown;
    }

    private SqlError failure(List<String> name, Optional<Integer> left, int right, boolean ambiguous, int location) {
        String shown = left.map(l -> a.types.name(l) + " ").orElse("") + String.join(".", name) + " " + a.types.name(right);
        if (ambiguous) {
            return new SqlError(SqlState.AMBIGUOUS_FUNCTION, "operator is not unique: " + shown)
                    .hint("Could not choose a best candidate operator. You might need to add explicit type casts.").at(location);
        }
        String hint = left.isPresent()
                ? "No operator matches the given name and argument types. You might need to add explicit type casts."
                : "No operator matches the given name and argument type. You might need to add an explicit type cast.";
        return new SqlError(SqlState.UNDEFINED_FUNCTION, "operator does not exist: " + shown).hint(hint).at(location);
    }
}
