package org.gajah.fdw.jdbc;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.api.foreign.ForeignExpr;
import org.gajah.api.foreign.RoutineMapping;

/** The functions that a server computes: those of its dialect, and those with routine mappings, which come first and may switch one off. */
record Routines(Dialect dialect, List<RoutineMapping> mappings) {
    /** The mapping of a call, if it may go there. */
    Optional<RoutineMapping> of(ForeignExpr.Call c) {
        Optional<RoutineMapping> mapped = mappings.stream().filter(m -> m.function() == c.function()).findFirst();
        if (mapped.isPresent()) {
            return mapped.filter(m -> !OptionValues.flag(m.options(), "disabled", false) && MappedCall.of(m, c.arguments().size()).isPresent());
        }
        String signature = c.name() + "(" + String.join(",", c.arguments().stream().map(a -> a.type().name()).toList()) + ")";
        return Optional.ofNullable(dialect.functions().get(signature)).or(() -> CodeUnits.format(c)).map(format -> new RoutineMapping(c.function(), "", false, true, Map.of("format", format)));
    }

    /** A call taken apart to be written. */
    Optional<MappedCall> call(ForeignExpr.Call c) {
        return of(c).flatMap(m -> MappedCall.of(m, c.arguments().size()));
    }
}
