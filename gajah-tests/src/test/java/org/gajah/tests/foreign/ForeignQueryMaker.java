package org.gajah.tests.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes queries over three tables that are foreign or not: joins with subqueries of all forms, groups, DISTINCT, set operations, limits. */
final class ForeignQueryMaker {
    /** Tables with nulls, duplicates and strings that differ in case and blanks at the end; in SQL that PostgreSQL, H2 and Gajah know. */
    static final List<String> TABLES = List.of("CREATE TABLE r (id int PRIMARY KEY, a int, b int, t varchar(10), n numeric(8,2), d date)",
            "CREATE TABLE s (id int PRIMARY KEY, r int, a int, t varchar(20), x bigint)", "CREATE TABLE u (k bigint, s int, b int, d date, p varchar(4))");

    /** A table's name and, by kind, its columns': integers, strings, numbers. */
    record Table(String name, List<String> ints, List<String> texts, List<String> numbers) {
    }

    private static final List<Table> KNOWN = List.of(new Table("r", List.of("id", "a", "b"), List.of("t"), List.of("n")),
            new Table("s", List.of("id", "r", "a"), List.of("t"), List.of("x")), new Table("u", List.of("k", "s", "b"), List.of("p"), List.of()));

    private final Random random;
    private final List<Table> tables;
    private int aliases;

    /** For the tables that are here. */
    ForeignQueryMaker(long seed) {
        this(seed, KNOWN);
    }

    ForeignQueryMaker(long seed, List<Table> tables) {
        random = new Random(seed);
        this.tables = tables;
    }

    /** The rows of the tables. */
    static List<String> rows() {
        List<String> rows = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            String t = i % 11 == 0 ? "NULL" : "'" + (i % 2 == 0 ? "w" : "W") + i % 9 + (i % 5 == 0 ? " " : "") + "'";
            rows.add("INSERT INTO r VALUES (" + i + ", " + (i % 7 == 3 ? "NULL" : i % 7) + ", " + i % 5 + ", " + t + ", " + i * 7 % 40 + "." + i % 4 + "5, date '2024-01-" + (10 + i % 12) + "')");
        }
        for (int i = 1; i <= 80; i++) {
            rows.add("INSERT INTO s VALUES (" + i + ", " + (i % 13 == 7 ? "NULL" : i % 40) + ", " + i % 6 + ", " + (i % 10 == 0 ? "NULL" : "'w" + i % 12 + "'") + ", " + i * 1000000007L + ")");
            rows.add("INSERT INTO u VALUES (" + i % 30 + ", " + (i % 9 == 5 ? "NULL" : i % 50) + ", " + i % 4 + ", date '2024-01-" + (10 + i % 15) + "', 'w" + i % 6 + "')");
        }
        return rows;
    }

    /** Something joined: its columns by kind. */
    private record Source(String sql, List<String> ints, List<String> texts, List<String> numbers) {
    }

    /** A whole query with an order that leaves no choice. */
    String query() {
        aliases = 0;
        return switch (random.nextInt(6)) {
            case 0 -> combined() + order(2) + limit();
            case 1, 2 -> grouped() + order(3) + limit();
            default -> selected();
        };
    }

    private String selected() {
        List<Source> sources = new ArrayList<>();
        String from = from(1 + random.nextInt(3), sources);
        String list = any(sources) + ", " + any(sources) + ", " + integer(sources);
        return "SELECT " + (random.nextInt(5) == 0 ? "DISTINCT " : "") + list + " FROM " + from + where(sources) + order(3) + limit();
    }

    private String grouped() {
        List<Source> sources = new ArrayList<>();
        String from = from(1 + random.nextInt(3), sources);
        String key = random.nextInt(3) == 0 ? text(sources) : integer(sources);
        String having = random.nextInt(3) == 0 ? " HAVING count(*) > " + random.nextInt(4) : "";
        return "SELECT " + key + " k, " + aggregate(sources) + ", " + aggregate(sources) + " FROM " + from + where(sources) + " GROUP BY " + key + having;
    }

    private String aggregate(List<Source> sources) {
        return switch (random.nextInt(7)) {
            case 0, 1 -> "count(*)";
            case 2 -> "sum(" + integer(sources) + ")";
            case 3 -> "max(" + number(sources) + ")";
            case 4 -> "sum(" + number(sources) + ")";
            case 5 -> "avg(" + integer(sources) + ")";
            default -> "count(" + any(sources) + ")";
        };
    }

    private String combined() {
        String first = branch();
        String operation = List.of(" UNION ", " UNION ALL ", " INTERSECT ", " EXCEPT ", " EXCEPT ALL ").get(random.nextInt(5));
        String both = first + operation + branch();
        return random.nextInt(4) == 0 ? both + " UNION ALL " + branch() : both;
    }

    /** A query of an integer and another value of the same kind each time. */
    private String branch() {
        List<Source> sources = new ArrayList<>();
        String from = from(1 + random.nextInt(2), sources);
        String list = integer(sources) + " k, " + integer(sources) + " v";
        return switch (random.nextInt(5)) {
            case 0 -> "(SELECT " + list + " FROM " + from + where(sources) + order(2) + " LIMIT " + (1 + random.nextInt(9)) + ")";
            case 1 -> "(SELECT DISTINCT ON (k) " + list + " FROM " + from + where(sources) + order(2) + ")";
            case 2 -> "SELECT " + integer(sources) + " k, count(*) v FROM " + from + where(sources) + " GROUP BY 1";
            default -> "SELECT " + list + " FROM " + from + where(sources);
        };
    }

    private String order(int columns) {
        StringBuilder order = new StringBuilder(" ORDER BY 1" + (random.nextBoolean() ? " DESC" : ""));
        for (int i = 2; i <= columns; i++) {
            order.append(", ").append(i).append(random.nextInt(3) == 0 ? " NULLS FIRST" : "");
        }
        return order.toString();
    }

    private String limit() {
        return random.nextInt(3) == 0 ? " LIMIT " + (1 + random.nextInt(20)) + (random.nextInt(3) == 0 ? " OFFSET " + random.nextInt(5) : "") : "";
    }

    private String where(List<Source> sources) {
        return random.nextInt(3) == 0 ? "" : " WHERE " + condition(sources, 2);
    }

    private String from(int count, List<Source> sources) {
        StringBuilder sql = new StringBuilder(source(sources, 2));
        for (int i = 1; i < count; i++) {
            List<Source> left = List.copyOf(sources);
            String next = source(sources, 2);
            List<Source> right = sources.subList(left.size(), sources.size());
            String on = integer(left) + " = " + integer(right);
            switch (random.nextInt(8)) {
                case 0 -> sql.append(" FULL JOIN ").append(next).append(" ON ").append(on);
                case 1, 2 -> sql.append(" LEFT JOIN ").append(next).append(" ON ").append(on).append(random.nextBoolean() ? "" : " AND " + condition(sources, 0));
                case 3 -> sql.append(" RIGHT JOIN ").append(next).append(" ON ").append(on);
                default -> sql.append(" JOIN ").append(next).append(" ON ").append(on).append(random.nextInt(3) > 0 ? "" : " AND " + condition(sources, 0));
            }
        }
        return sql.toString();
    }

    private String source(List<Source> sources, int depth) {
        String alias = "x" + aliases++;
        int choice = random.nextInt(depth > 0 ? 7 : 3);
        Source made = choice < 3 ? table(tables.get(choice % tables.size()), alias)
                : new Source("(" + subquery(depth - 1) + ") " + alias, List.of(alias + ".p", alias + ".q"), List.of(alias + ".z"), List.of(alias + ".o"));
        sources.add(made);
        return made.sql;
    }

    private static Source table(Table t, String alias) {
        return new Source(t.name + " " + alias, of(alias, t.ints), of(alias, t.texts), of(alias, t.numbers));
    }

    private static List<String> of(String alias, List<String> columns) {
        return columns.stream().map(c -> alias + "." + c).toList();
    }

    /** A query of the columns p, q (integers), o (a number) and z (a string). */
    private String subquery(int depth) {
        List<Source> in = new ArrayList<>();
        String from = source(in, depth);
        if (random.nextInt(3) == 0) {
            List<Source> left = List.copyOf(in);
            String next = source(in, depth);
            from += (random.nextBoolean() ? " JOIN " : " LEFT JOIN ") + next + " ON " + integer(left) + " = " + integer(in.subList(left.size(), in.size()));
        }
        String where = random.nextBoolean() ? "" : " WHERE " + condition(in, 1);
        String plain = integer(in) + " p, " + integer(in) + " q, " + number(in) + " o, " + text(in) + " z";
        return switch (random.nextInt(9)) {
            case 0, 1 -> "SELECT " + integer(in) + " p, count(*) q, " + (random.nextBoolean() ? "sum(" : "max(") + number(in) + ") o, 'w1' z FROM " + from + where + " GROUP BY 1";
            case 2 -> "SELECT DISTINCT " + plain + " FROM " + from + where;
            case 3 -> "SELECT " + plain + " FROM " + from + where + " ORDER BY 1, 2, 3, 4 LIMIT " + (3 + random.nextInt(20));
            case 4 -> "SELECT DISTINCT ON (1, 2) " + plain + " FROM " + from + where + " ORDER BY 1, 2, 3, 4";
            case 5 -> "SELECT " + plain + " FROM " + from + where + (random.nextBoolean() ? " UNION " : " UNION ALL ") + branchOf(tables.getFirst());
            case 6 -> "SELECT " + text(in) + " z, count(*) p, min(" + integer(in) + ") q, avg(" + integer(in) + ") o FROM " + from + where + " GROUP BY 1 HAVING count(*) > " + random.nextInt(3);
            case 7 -> "SELECT " + integer(in) + " + 1 p, coalesce(" + integer(in) + ", 0) q, " + number(in) + " o, " + text(in) + " || 'y' z FROM " + from + where;
            default -> "SELECT " + plain + " FROM " + from + where;
        };
    }

    private String branchOf(Table t) {
        return "SELECT " + t.ints.get(0) + ", " + t.ints.get(1) + ", " + t.numbers.getFirst() + ", " + t.texts.getFirst() + " FROM " + t.name + " WHERE " + t.ints.getLast() + " = " + random.nextInt(5);
    }

    private String integer(List<Source> sources) {
        List<String> ints = sources.get(random.nextInt(sources.size())).ints;
        return ints.get(random.nextInt(ints.size()));
    }

    private String text(List<Source> sources) {
        List<String> texts = sources.get(random.nextInt(sources.size())).texts;
        return texts.get(random.nextInt(texts.size()));
    }

    private String number(List<Source> sources) {
        List<String> numbers = sources.get(random.nextInt(sources.size())).numbers;
        return numbers.isEmpty() ? integer(sources) : numbers.getFirst();
    }

    private String any(List<Source> sources) {
        return switch (random.nextInt(4)) {
            case 0 -> text(sources);
            case 1 -> number(sources);
            default -> integer(sources);
        };
    }

    private String condition(List<Source> sources, int depth) {
        String a = integer(sources);
        return switch (random.nextInt(depth == 0 ? 9 : depth == 1 ? 12 : 16)) {
            case 0 -> a + " = " + random.nextInt(8);
            case 1 -> a + (random.nextBoolean() ? " < " : " >= ") + random.nextInt(40);
            case 2 -> a + " IS " + (random.nextBoolean() ? "NOT " : "") + "NULL";
            case 3 -> a + " IN (" + random.nextInt(9) + ", " + random.nextInt(30) + ", NULL)";
            case 4 -> a + (random.nextBoolean() ? " = " : " <> ") + integer(sources);
            case 5 -> number(sources) + (random.nextBoolean() ? " > " : " <= ") + random.nextInt(30) + ".5";
            case 6 -> text(sources) + " = 'w" + random.nextInt(6) + "'";
            case 7 -> text(sources) + (random.nextBoolean() ? " < " : " >= ") + "'w5'";
            case 8 -> text(sources) + (random.nextBoolean() ? " = " : " <> ") + text(sources);
            case 9 -> "(" + condition(sources, 0) + " OR " + condition(sources, 0) + ")";
            case 10 -> "NOT (" + condition(sources, 0) + ")";
            case 11 -> condition(sources, 0) + " AND " + condition(sources, 0);
            default -> sublink(sources);
        };
    }

    private String sublink(List<Source> sources) {
        List<Source> inner = new ArrayList<>();
        String from = source(inner, 1);
        String link = integer(inner) + " = " + integer(sources) + (random.nextBoolean() ? " AND " + condition(inner, 0) : "");
        return switch (random.nextInt(8)) {
            case 0, 1 -> "EXISTS (SELECT 1 FROM " + from + " WHERE " + link + ")";
            case 2 -> "NOT EXISTS (SELECT 1 FROM " + from + " WHERE " + link + ")";
            case 3 -> integer(sources) + " IN (SELECT " + integer(inner) + " FROM " + from + " WHERE " + condition(inner, 0) + ")";
            case 4 -> integer(sources) + " IN (SELECT " + integer(inner) + " FROM " + from + " GROUP BY 1 HAVING count(*) > 1)";
            case 5 -> integer(sources) + " > (SELECT avg(" + integer(inner) + ") FROM " + from + " WHERE " + condition(inner, 0) + ")";
            case 6 -> integer(sources) + " >= (SELECT " + (random.nextBoolean() ? "max(" : "avg(") + integer(inner) + ") FROM " + from + " WHERE " + link + ")";
            default -> integer(sources) + " > (SELECT count(*) FROM " + from + " WHERE " + link + ")";
        };
    }
}
