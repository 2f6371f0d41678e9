package org.gajah.fdw.jdbc;

import java.util.List;
import java.util.Set;

import org.gajah.api.foreign.ForeignExpr;

/**
 * Functions of strings, of the default mappings, whose result is NULL in Oracle where it is empty here, as long as what they are called with
 * is the same but for that.
 */
final class EmptyResults {
    private static final Set<String> FUNCTIONS = Set.of("text", "btrim", "ltrim", "rtrim", "lower", "upper", "replace", "substring", "substr", "translate", "concat");
    /** Those to which an argument that is NULL is as an empty one. */
    private static final Set<String> FORGIVING = Set.of("replace", "concat");

    private EmptyResults() {
    }

    /** Whether an empty result of the call is NULL there. */
    static boolean areNull(ForeignExpr.Call c) {
        return FUNCTIONS.contains(c.name()) && c.arguments().stream().map(JdbcConditions::plain).allMatch(a -> a instanceof ForeignExpr.Call inner ? areNull(inner) : !(a instanceof ForeignExpr.Case));
    }

    /** Whether besides no other result of it is NULL there: of its strings but the first, none may be empty. */
    static boolean alone(ForeignExpr.Call c) {
        List<ForeignExpr> arguments = c.arguments().stream().map(JdbcConditions::plain).toList();
        boolean sure = FORGIVING.contains(c.name()) || arguments.stream().skip(1).allMatch(a -> !JdbcConditions.STRINGS.contains(a.type().name())
                || a instanceof ForeignExpr.Constant k && k.text().filter(t -> !t.isEmpty()).isPresent());
        return sure && arguments.stream().allMatch(a -> !(a instanceof ForeignExpr.Call inner) || alone(inner));
    }
}
