package org.gajah.tests.foreign;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;

/** Statements and their answers as lines of text. */
final class Lines {
    private static final String ORACLE = "Oracle query: ";

    private Lines() {
    }

    static void run(Connection c, String... statements) throws SQLException {
        try (Statement s = c.createStatement()) {
            for (String sql : statements) {
                s.execute(sql);
            }
        }
    }

    /** A line a row, its values separated by bars. */
    static List<String> of(Connection c, String query) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement s = c.createStatement(); ResultSet r = s.executeQuery(query)) {
            int columns = r.getMetaData().getColumnCount();
            while (r.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    values.add(String.valueOf(r.getString(i)));
                }
                lines.add(String.join("|", values));
            }
        }
        return lines;
    }

    /** EXPLAIN VERBOSE; SQL for an Oracle is also read by a parser of its dialect. */
    static List<String> explained(Connection c, String query) throws SQLException {
        List<String> lines = of(c, "EXPLAIN (VERBOSE, COSTS OFF) " + query);
        lines.stream().map(String::strip).filter(l -> l.startsWith(ORACLE)).forEach(l -> requireSql(l.substring(ORACLE.length())));
        return lines;
    }

    /** The text that is sent to the foreign server for a query. */
    static String remote(Connection c, String query) throws SQLException {
        List<String> sent = explained(c, query).stream().map(String::strip).filter(l -> l.startsWith("Remote SQL: ") || l.startsWith(ORACLE)).toList();
        return String.join(" ; ", sent.stream().map(l -> l.substring(l.indexOf(": ") + 2)).toList());
    }

    /** It must be SQL to a parser that knows the dialects and is not ours. */
    static void requireSql(String sql) {
        try {
            CCJSqlParserUtil.parse(sql.replace("@OTHER.WORLD", ""), parser -> parser.withErrorRecovery(false));
        } catch (JSQLParserException e) {
            throw new AssertionError("not parsed: " + sql, e);
        }
    }
}
