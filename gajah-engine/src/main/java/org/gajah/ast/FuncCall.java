package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/**
 * A call of a function, aggregate or window function.
 *
 * @param name           maybe qualified
 * @param arguments      in the order written; {@link NamedArg} for name => value
 * @param order          ORDER BY inside the parentheses, or of WITHIN GROUP
 * @param withinGroup    WITHIN GROUP (ORDER BY ...)
 * @param star           name(*)
 * @param distinct       name(DISTINCT ...)
 * @param variadic       whether VARIADIC stood before the last argument
 * @param sqlSyntax      written in one of SQL's special forms, such as EXTRACT, which the deparser shows again
 */
public record FuncCall(List<String> name, List<Expression> arguments, List<SortBy> order, Optional<Expression> filter,
        Optional<WindowDef> over, boolean withinGroup, boolean star, boolean distinct, boolean variadic,
        boolean sqlSyntax, int location) implements Expression {

    /** A plain call. */
    public static FuncCall of(List<String> name, List<Expression> arguments, int location) {
        return new FuncCall(name, arguments, List.of(), Optional.empty(), Optional.empty(), false, false, false, false,
                false, location);
    }

    /** A call in one of SQL's special forms, of a function in pg_catalog. */
    public static FuncCall sql(String name, List<Expression> arguments, int location) {
        return new FuncCall(List.of("pg_catalog", name), arguments, List.of(), Optional.empty(), Optional.empty(), false,
                false, false, false, true, location);
    }
}
