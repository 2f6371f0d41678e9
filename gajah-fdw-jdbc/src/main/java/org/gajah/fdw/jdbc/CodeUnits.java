package org.gajah.fdw.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.gajah.api.foreign.ForeignColumn;
import org.gajah.api.foreign.ForeignExpr;
import org.gajah.api.foreign.ForeignType;

/**
 * Functions that count characters or take them one by one, on databases that take one beyond U+FFFF for two: strings of Java (H2, HSQLDB), and
 * in Oracle national ones, large objects, and those of a database in UTF8 (not AL32UTF8). Rows with such a character are asked for besides.
 */
final class CodeUnits {
    /** How characters are counted where each is one. */
    static final String POINTS = "points";
    /** The option that says how a column's characters are counted there; no user can give it. */
    static final String COUNTED = "characters there";
    private static final String WIDE = "wide ";
    private static final Set<String> COUNTING = Set.of("length", "char_length", "character_length", "substr", "substring");
    /** Those whose second argument, and the ones behind it, are taken character by character. */
    private static final Set<String> TAKING = Set.of("btrim", "ltrim", "rtrim", "translate");
    private static final int FIRST_WIDE = 0x10000;
    private static final String TEST = "CASE WHEN %s THEN 1 ELSE 0 END";
    /** The question whether a string has such a character, by who is asked. */
    private static final Map<String, String> QUESTIONS = Map.of("h2", TEST.formatted("REGEXP_LIKE(%s,'[\\x{10000}-\\x{10FFFF}]')"),
            "hsqldb", TEST.formatted("REGEXP_MATCHES(%s,'(?s).*[\\x{10000}-\\x{10FFFF}].*')"), "oracle", TEST.formatted("LENGTH4(%1$s) < LENGTH2(%1$s)"));

    private CodeUnits() {
    }

    /** The format of the question, if the call is one. */
    static Optional<String> format(ForeignExpr.Call c) {
        return c.name().startsWith(WIDE) ? Optional.ofNullable(QUESTIONS.get(c.name().substring(WIDE.length()))) : Optional.empty();
    }

    /** The columns whose characters a call counts otherwise there. */
    static List<ForeignExpr.Column> counted(ForeignExpr.Call c, Dialect dialect) {
        boolean counts = COUNTING.contains(c.name()) || TAKING.contains(c.name()) && c.arguments().stream().skip(1).anyMatch(a -> Implied.text(a).map(CodeUnits::isWide).orElse(true));
        List<ForeignExpr.Column> columns = new ArrayList<>();
        if (counts && !dialect.codePoints()) {
            collect(c, columns);
        }
        return columns;
    }

    private static boolean isWide(String text) {
        return text.codePoints().anyMatch(p -> p >= FIRST_WIDE);
    }

    private static void collect(ForeignExpr e, List<ForeignExpr.Column> columns) {
        boolean string = e instanceof ForeignExpr.Column c && (JdbcConditions.STRINGS.contains(c.type().name()) || c.type().name().equals("bpchar"))
                && !POINTS.equals(c.column().options().get(COUNTED));
        if (string) {
            columns.add((ForeignExpr.Column) e);
        }
        e.children().forEach(child -> collect(child, columns));
    }

    /** That a column has such a character; nothing if that cannot be asked. */
    static Optional<ForeignExpr> wide(ForeignExpr.Operator like, ForeignExpr.Column column, Dialect dialect) {
        ForeignType number = new ForeignType(0, "int4", -1);
        String asked = column.column().options().getOrDefault(COUNTED, dialect.name());
        boolean known = QUESTIONS.containsKey(asked) && !(asked.equals("oracle") && RemoteColumn.isLarge(column.column()));
        return known ? Optional.of(Implied.compare(like, new ForeignExpr.Call(WIDE + asked, 0, true, List.of(column), false, Optional.empty(), false, number), "=",
                Implied.constant("1", "int4"))) : Optional.empty();
    }

    /** A column of a product's table, with how its characters are counted there; {@code charset} is that of an Oracle. */
    static ForeignColumn described(ForeignColumn column, String product, Optional<String> charset) {
        boolean points = charset.isPresent() && !charset.get().equals("UTF8") && !RemoteColumn.isNational(column) && !RemoteColumn.isLarge(column);
        Map<String, String> options = new java.util.HashMap<>(column.options());
        options.put(COUNTED, points ? POINTS : Dialect.ofProduct(product).map(Dialect::name).orElse("other"));
        return new ForeignColumn(column.number(), column.name(), column.type(), column.notNull(), Map.copyOf(options));
    }
}
