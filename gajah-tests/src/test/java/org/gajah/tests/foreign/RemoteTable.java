package org.gajah.tests.foreign;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tables of one form, at any remote and here. */
final class RemoteTable {
    private static final String COLUMNS = "(id int, n bigint, d numeric(12,2), f float8, s varchar(40), day date, at timestamp, ok bool, c char(8))";
    private static final List<String> NAMES = List.of("id", "n", "d", "f", "s", "day", "at", "ok", "c");

    private RemoteTable() {
    }

    /** A row; all but the first may be null. */
    record Row(int id, Long n, BigDecimal d, Double f, String s, LocalDate day, LocalDateTime at, Boolean ok, String c) {
    }

    /** Makes the table there, and fills it. */
    static void make(Connection c, Remote remote, String table, List<Row> rows) throws SQLException {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
            columns.add((NAMES.get(i).equals("day") || NAMES.get(i).equals("at") ? quoted(remote, NAMES.get(i)) : NAMES.get(i)) + " " + remote.types().get(i));
        }
        Lines.run(c, "CREATE TABLE " + table + " (" + String.join(", ", columns) + ")");
        boolean text = remote.name().equals("sqlite");
        boolean number = remote.types().get(7).startsWith("NUMBER");
        try (PreparedStatement s = c.prepareStatement("INSERT INTO " + table + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (Row row : rows) {
                s.setInt(1, row.id);
                s.setObject(2, row.n);
                s.setBigDecimal(3, row.d);
                s.setObject(4, row.f);
                s.setString(5, kept(remote, row.s));
                s.setObject(6, row.day == null ? null : text ? row.day.toString() : Date.valueOf(row.day));
                s.setObject(7, row.at == null ? null : text ? row.at.toString().replace('T', ' ') : Timestamp.valueOf(row.at));
                s.setObject(8, row.ok == null ? null : text || number ? (Object) Integer.valueOf(row.ok ? 1 : 0) : row.ok);
                s.setString(9, kept(remote, row.c));
                s.executeUpdate();
            }
        }
        if (!c.getAutoCommit()) {
            c.commit();
        }
    }

    /** HSQLDB with Oracle's syntax keeps empty strings, which a wrapper for Oracle does not expect. */
    private static String kept(Remote remote, String string) {
        return remote.name().equals("hsqldb_oracle") && "".equals(string) ? null : string;
    }

    private static String quoted(Remote remote, String name) {
        return switch (remote.name()) {
            case "maria" -> "`" + name + "`";
            case "h2", "h2_oracle", "hsqldb", "hsqldb_oracle", "derby", "ora" -> "\"" + name.toUpperCase(Locale.ROOT) + "\"";
            default -> "\"" + name + "\"";
        };
    }

    /** The statement that makes the foreign table {@code far} of a table there. */
    static String foreign(Remote remote, String far, String table) {
        String there = switch (remote.name()) {
            case "h2", "h2_oracle", "hsqldb", "hsqldb_oracle", "derby", "ora" -> table.toUpperCase(Locale.ROOT);
            default -> table;
        };
        String option = remote.table().isEmpty() ? "table_name" : "\"table\"";
        String columns = remote.name().equals("postgres") ? COLUMNS : COLUMNS.replace("id int", "id int OPTIONS (key 'true')");
        return "CREATE FOREIGN TABLE " + far + " " + columns + " SERVER " + remote.name() + " OPTIONS (" + option + " '" + there + "')";
    }

    /** The statement that makes a table of the same form. */
    static String local(String name) {
        return "CREATE TABLE " + name + " " + COLUMNS;
    }
}
