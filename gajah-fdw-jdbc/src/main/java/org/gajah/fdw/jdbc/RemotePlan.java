package org.gajah.fdw.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a database is asked for its plan of a query, which it does not run for that. Parameters, whose values are not known, are NULL. */
enum RemotePlan {
    /** It has none to show. */
    NONE(""),
    /** EXPLAIN gives the plan as rows. */
    ROWS("EXPLAIN "),
    /** PostgreSQL's, for a prepared statement if there are parameters, which stay open then. */
    GENERIC("EXPLAIN "),
    /** SQLite's, of few words. */
    QUERY_PLAN("EXPLAIN QUERY PLAN "),
    /** Oracle's puts the plan into a table that a package reads; others that know it give rows. */
    PLAN_TABLE("EXPLAIN PLAN FOR ");

    private static final String DISPLAY = "SELECT plan_table_output FROM TABLE(DBMS_XPLAN.DISPLAY())";

    private final String words;

    RemotePlan(String words) {
        this.words = words;
    }

    /** The plan's lines; if the server will not say it, why. */
    List<String> lines(Connection c, RemoteSql query) throws SQLException {
        if (this == NONE) {
            return List.of();
        }
        Optional<Savepoint> before = savepoint(c);
        boolean prepared = false;
        try {
            prepared = this == GENERIC && !query.parameters().isEmpty() && prepare(c, query);
            return prepared ? executed(c, query) : asked(c, query);
        } catch (SQLException e) {
            return List.of("not available: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        } finally {
            if (before.isPresent()) {
                c.rollback(before.get());
            }
            if (prepared) {
                run(c, "DEALLOCATE gajah_explained");
            }
        }
    }

    private static Optional<Savepoint> savepoint(Connection c) throws SQLException {
        try {
            return Optional.of(c.setSavepoint());
        } catch (SQLFeatureNotSupportedException e) {
            return Optional.empty();
        }
    }

    private static void run(Connection c, String sql) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.execute(sql);
        }
    }

    /** What is prepared outlives the transaction there, and a savepoint. */
    private static boolean prepare(Connection c, RemoteSql query) throws SQLException {
        run(c, "SET LOCAL plan_cache_mode = force_generic_plan");
        run(c, "PREPARE gajah_explained AS " + query.text());
        return true;
    }

    private List<String> executed(Connection c, RemoteSql query) throws SQLException {
        long parameters = query.parameters().stream().map(RemoteSql.Bound::number).max(Integer::compare).orElse(0) + 1;
        try (Statement s = c.createStatement(); ResultSet r = s.executeQuery(words + "EXECUTE gajah_explained (" + "NULL, ".repeat((int) parameters - 1) + "NULL)")) {
            return read(r);
        }
    }

    private List<String> asked(Connection c, RemoteSql query) throws SQLException {
        String sql = RangedSql.withoutMarks(query.sql()).replace(JdbcSql.LIST_BEGIN, "").replace(JdbcSql.LIST_END, " IN (?)");
        try (PreparedStatement s = c.prepareStatement(words + sql)) {
            for (int i = 1; i <= query.parameters().size(); i++) {
                s.setNull(i, Types.NULL);
            }
            if (s.execute()) {
                try (ResultSet r = s.getResultSet()) {
                    return read(r);
                }
            }
        }
        try (Statement s = c.createStatement(); ResultSet r = s.executeQuery(DISPLAY)) {
            return read(r);
        }
    }

    /** Of one column or two the last is the text; SQLite's rows are a tree; MariaDB's have a column for everything. */
    private List<String> read(ResultSet r) throws SQLException {
        List<String> lines = new ArrayList<>();
        Map<Integer, Integer> depths = new HashMap<>();
        int columns = r.getMetaData().getColumnCount();
        while (r.next()) {
            if (this == QUERY_PLAN) {
                int depth = depths.getOrDefault(r.getInt(2), -1) + 1;
                depths.put(r.getInt(1), depth);
                lines.add("  ".repeat(depth) + r.getString(columns));
            } else if (columns <= 2) {
                String.valueOf(r.getString(columns)).lines().filter(l -> !l.isBlank()).forEach(lines::add);
            } else {
                lines.add(pairs(r, columns));
            }
        }
        return lines;
    }

    private static String pairs(ResultSet r, int columns) throws SQLException {
        List<String> pairs = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
            String value = r.getString(i);
            if (value != null && !value.isEmpty()) {
                pairs.add(r.getMetaData().getColumnLabel(i) + ": " + value);
            }
        }
        return String.join(", ", pairs);
    }
}
