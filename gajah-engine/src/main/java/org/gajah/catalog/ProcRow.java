package org.gajah.catalog;

import java.util.List;
import java.util.Optional;

/**
 * A row of pg_proc.
 *
 * @param kind      prokind: f function, p procedure, a aggregate, w window
 * @param language  prolang: 12 internal, 13 c, 14 sql, or a user's
 * @param variadic  provariadic: the element type, or 0
 * @param volatility provolatile: i, s, v
 * @param argTypes  proargtypes: the input arguments
 * @param allTypes  proallargtypes: all arguments; empty where there are only inputs
 * @param modes     proargmodes: i, o, b, v, t, one each of {@code allTypes}; empty where there are only inputs
 * @param names     proargnames; empty where no argument has a name
 * @param defaultCount pronargdefaults; {@code defaults} is their text as stored
 * @param source    prosrc
 * @param config    proconfig: settings during its calls, {@code name=value}
 */
public record ProcRow(int oid, String name, int namespace, int owner, int language, char kind, boolean securityDefiner, boolean leakproof,
        boolean strict, boolean returnsSet, char volatility, int variadic, int returnType, List<Integer> argTypes, List<Integer> allTypes,
        List<Character> modes, List<String> names, int defaultCount, Optional<String> defaults, String source, Optional<String> sqlBody,
        double rows, List<String> config) {

    /** With other types for all its arguments. */
    public ProcRow withTypes(List<Integer> types) {
        return new ProcRow(oid, name, namespace, owner, language, kind, securityDefiner, leakproof, strict, returnsSet, volatility, variadic,
                returnType, argTypes, types, modes, names, defaultCount, defaults, source, sqlBody, rows, config);
    }

    /** As CALL sees it: it is given arguments for all parameters, also those that only go out. */
    public ProcRow asCalled() {
        return modes.isEmpty() ? this
                : new ProcRow(oid, name, namespace, owner, language, kind, securityDefiner, leakproof, strict, returnsSet, volatility, variadic,
                        returnType, allTypes, List.of(), List.of(), names, defaultCount, defaults, source, sqlBody, rows, config);
    }
}
