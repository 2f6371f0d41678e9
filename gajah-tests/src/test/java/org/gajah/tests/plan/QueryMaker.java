package org.gajah.tests.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes queries over three small tables, of everything that the planner rearranges; PostgreSQL accepts nearly all of them. */
final class QueryMaker {
    /** Tables with nulls and duplicates, and indexes of several kinds. */
    static final List<String> SCHEMA = List.of(
            "CREATE TABLE r (id int PRIMARY KEY, a int, b int NOT NULL, t text)",
            "CREATE TABLE s (id int PRIMARY KEY, r int, a int, t text)",
            "CREATE TABLE u (k bigint, s int, b int, d date)",
            "INSERT INTO r SELECT g, nullif(g % 7, 3), g % 5, CASE WHEN g % 11 = 0 THEN NULL ELSE 'w' || g % 13 END FROM generate_series(1, 70) g",
            "INSERT INTO s SELECT g, nullif(g % 40, 7), g % 6, 'w' || g % 17 FROM generate_series(1, 90) g",
            "INSERT INTO u SELECT g % 30, nullif(g % 50, 9), g % 4, date '2024-01-01' + g % 20 FROM generate_series(1, 80) g",
            "CREATE INDEX s_r ON s (r)", "CREATE INDEX s_at ON s (a, t)", "CREATE INDEX r_t ON r (t)", "CREATE INDEX r_ab ON r (a DESC, b)",
            "CREATE INDEX u_k ON u (k)", "CREATE INDEX u_part ON u (s) WHERE b = 1", "CREATE INDEX r_low ON r (lower(t))");

    private final Random random;
    private int aliases;

    QueryMaker(long seed) {
        random = new Random(seed);
    }

    /** Something joined: its alias and its columns' names; integers first, then one text or none. */
    private record Source(String sql, List<String> ints, List<String> texts) {
    }

    /** A whole query with an order that leaves no choice. */
    String query() {
        aliases = 0;
        if (random.nextInt(12) == 0) {
            return extremes();
        }
        List<Source> sources = new ArrayList<>();
        String from = from(1 + random.nextInt(4), sources);
        String where = random.nextInt(5) == 0 ? "" : " WHERE " + condition(sources, 2);
        if (random.nextInt(4) == 0) {
            String key = integer(sources);
            String having = random.nextBoolean() ? " HAVING count(*) > " + random.nextInt(4) : random.nextBoolean() ? " HAVING " + key + " < 4" : "";
            return "SELECT " + key + " k, count(*), sum(" + integer(sources) + "), min(" + integer(sources) + ") FROM " + from + where + " GROUP BY " + key
                    + having + " ORDER BY 1, 2, 3";
        }
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            columns.add(random.nextInt(4) == 0 ? text(sources) : integer(sources));
        }
        String list = String.join(", ", columns);
        String distinct = random.nextInt(5) == 0 ? "DISTINCT " : "";
        String order = " ORDER BY 1" + (random.nextBoolean() ? " DESC" : "") + ", 2" + (random.nextInt(3) == 0 ? " NULLS FIRST" : "") + ", 3";
        String limit = random.nextInt(3) == 0 ? " LIMIT " + (1 + random.nextInt(20)) + (random.nextInt(3) == 0 ? " OFFSET " + random.nextInt(5) : "") : "";
        return "SELECT " + distinct + list + " FROM " + from + where + order + limit;
    }

    /** Least and greatest values of one table. */
    private String extremes() {
        List<Source> sources = new ArrayList<>();
        String from = source(sources, 1);
        String where = random.nextInt(3) == 0 ? "" : " WHERE " + condition(sources, 1);
        return "SELECT min(" + integer(sources) + "), max(" + integer(sources) + "), max(" + integer(sources) + ") + 1 FROM " + from + where;
    }

    private String from(int count, List<Source> sources) {
        StringBuilder sql = new StringBuilder(source(sources, 0));
        for (int i = 1; i < count; i++) {
            List<Source> left = List.copyOf(sources);
            String next = source(sources, 0);
            List<Source> right = sources.subList(left.size(), sources.size());
            String on = equality(left, right) + (random.nextInt(3) == 0 ? " AND " + condition(sources, 0) : "");
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> sql.append(" JOIN ").append(next).append(" ON ").append(on);
                case 3, 4 -> sql.append(" LEFT JOIN ").append(next).append(" ON ").append(on);
                case 5 -> sql.append(" RIGHT JOIN ").append(next).append(" ON ").append(on);
                case 6 -> sql.append(" FULL JOIN ").append(next).append(" ON ").append(equality(left, right));
                default -> {
                    List<Source> nested = new ArrayList<>();
                    String third = source(nested, 0);
                    sql.append(" LEFT JOIN (").append(next).append(random.nextBoolean() ? " JOIN " : " LEFT JOIN ").append(third).append(" ON ")
                            .append(equality(right, nested)).append(") ON ").append(on);
                    sources.addAll(nested);
                }
            }
        }
        return sql.toString();
    }

    private String source(List<Source> sources, int depth) {
        String alias = "x" + aliases++;
        Source made = switch (random.nextInt(depth > 0 ? 3 : 9)) {
            case 0, 3 -> new Source("r " + alias, List.of(alias + ".id", alias + ".a", alias + ".b"), List.of(alias + ".t"));
            case 1, 4 -> new Source("s " + alias, List.of(alias + ".id", alias + ".r", alias + ".a"), List.of(alias + ".t"));
            case 2, 5 -> new Source("u " + alias, List.of(alias + ".k", alias + ".s", alias + ".b"), List.of());
            case 6 -> derived(alias, "SELECT q.id p, q.a q, coalesce(q.a, 0) + 1 o FROM r q WHERE q.b < " + random.nextInt(6));
            case 7 -> derived(alias, switch (random.nextInt(4)) {
                case 0 -> "SELECT a p, count(*) q, max(id) o FROM s GROUP BY a";
                case 1 -> "SELECT DISTINCT b p, a q, 1 o FROM r";
                case 2 -> "SELECT r p, row_number() OVER (PARTITION BY r ORDER BY id) q, id o FROM s";
                default -> "SELECT id p, a q, r o FROM s ORDER BY id LIMIT 15";
            });
            default -> derived(alias, switch (random.nextInt(3)) {
                case 0 -> "SELECT id p, a q, b o FROM r UNION ALL SELECT id, a, r FROM s";
                case 1 -> "SELECT a p, b q, b o FROM r EXCEPT SELECT a, a, a FROM s";
                default -> "SELECT y.id p, z.id q, z.a o FROM r y LEFT JOIN s z ON y.id = z.r";
            });
        };
        sources.add(made);
        return made.sql;
    }

    private static Source derived(String alias, String query) {
        return new Source("(" + query + ") " + alias, List.of(alias + ".p", alias + ".q", alias + ".o"), List.of());
    }

    private String integer(List<Source> sources) {
        List<String> ints = sources.get(random.nextInt(sources.size())).ints;
        return ints.get(random.nextInt(ints.size()));
    }

    private String text(List<Source> sources) {
        List<String> all = new ArrayList<>();
        sources.forEach(s -> all.addAll(s.texts));
        return all.isEmpty() ? integer(sources) : all.get(random.nextInt(all.size()));
    }

    private String equality(List<Source> left, List<Source> right) {
        return integer(left) + " = " + integer(right);
    }

    private String condition(List<Source> sources, int depth) {
        String a = integer(sources);
        return switch (random.nextInt(depth == 0 ? 10 : depth == 1 ? 15 : 19)) {
            case 0, 1 -> a + " = " + random.nextInt(8);
            case 2 -> a + (random.nextBoolean() ? " < " : " >= ") + random.nextInt(50);
            case 3 -> a + " BETWEEN " + random.nextInt(6) + " AND " + random.nextInt(40);
            case 4 -> a + " IS " + (random.nextBoolean() ? "NOT " : "") + "NULL";
            case 5 -> a + " IN (" + random.nextInt(9) + ", " + random.nextInt(30) + ", " + random.nextInt(60) + ")";
            case 6 -> a + " = " + integer(sources);
            case 7 -> pattern(sources);
            case 8 -> a + " <> " + random.nextInt(6);
            case 9 -> "(" + a + ", " + integer(sources) + (random.nextBoolean() ? ") > (" : ") <= (") + random.nextInt(30) + ", " + random.nextInt(8) + ")";
            case 10 -> "(" + condition(sources, 0) + " OR " + condition(sources, 0) + ")";
            case 11 -> either(sources);
            case 12, 13 -> condition(sources, depth - 1) + " AND " + condition(sources, depth - 1);
            case 14 -> "NOT (" + condition(sources, 0) + ")";
            default -> sublink(sources);
        };
    }

    /** An OR whose arms are about one source, as several indexes of it together can answer. */
    private String either(List<Source> sources) {
        List<Source> one = List.of(sources.get(random.nextInt(sources.size())));
        return "(" + integer(one) + " = " + random.nextInt(20) + " OR " + integer(one) + " BETWEEN " + random.nextInt(9) + " AND " + random.nextInt(12)
                + " AND " + condition(one, 0) + " OR " + pattern(one) + ")";
    }

    private String pattern(List<Source> sources) {
        String t = text(sources);
        return t.endsWith(".t") ? switch (random.nextInt(4)) {
            case 0 -> t + " LIKE 'w1%'";
            case 1 -> "lower(" + t + ") = 'w5'";
            case 2 -> t + " > 'w3'";
            default -> t + " = 'w" + random.nextInt(12) + "'";
        } : t + " > 2";
    }

    private String sublink(List<Source> sources) {
        List<Source> inner = new ArrayList<>();
        String from = random.nextInt(3) == 0 ? from(2, inner) : source(inner, 1);
        String link = integer(inner) + " = " + integer(sources) + (random.nextBoolean() ? " AND " + condition(inner, 0) : "");
        return switch (random.nextInt(6)) {
            case 0, 1 -> "EXISTS (SELECT 1 FROM " + from + " WHERE " + link + ")";
            case 2 -> "NOT EXISTS (SELECT 1 FROM " + from + " WHERE " + link + ")";
            case 3 -> integer(sources) + " IN (SELECT " + integer(inner) + " FROM " + from + " WHERE " + condition(inner, 0) + ")";
            case 4 -> integer(sources) + " NOT IN (SELECT " + integer(inner) + " FROM " + from + " WHERE " + condition(inner, 0) + ")";
            default -> integer(sources) + " > (SELECT count(*) FROM " + from + " WHERE " + link + ")";
        };
    }
}
