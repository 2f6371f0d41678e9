package org.gajah.tests.routine;

import java.util.List;
import java.util.Random;

/** Makes functions in PL/pgSQL that end, may fail, and return all they know: loops in loops, handlers, nulls, arrays, records, SQL. */
final class ProgramMaker {
    private static final int DEPTH = 4;

    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private int labels;
    private int loops;

    ProgramMaker(long seed) {
        random = new Random(seed);
    }

    /** CREATE FUNCTION name() RETURNS text. */
    String function(String name) {
        text.append("CREATE FUNCTION ").append(name).append("() RETURNS text LANGUAGE plpgsql AS $$\nDECLARE\n");
        text.append("a int := 3; b int; c bigint := 5; n numeric := 1.5; t text := ''; u varchar(30); f boolean; fuel int := 0;\n");
        text.append("v int[] := '{1,2,3}'; w int[]; s smallint := 1; d float8 := 0.5; r record;\n");
        text.append("BEGIN\nSELECT 1 AS x, 2.5 AS y INTO r;\n");
        statements(DEPTH, List.of());
        text.append("RETURN ").append("concat_ws('|', a, b, c, n, t, u, f, v::text, w::text, s, d, fuel, found, r::text);\nEND $$");
        return text.toString();
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private void statements(int depth, List<String> around) {
        int count = 1 + random.nextInt(depth == DEPTH ? 5 : 3);
        for (int i = 0; i < count; i++) {
            statement(depth, around);
        }
    }

    private void statement(int depth, List<String> around) {
        int kind = random.nextInt(depth > 0 ? 15 : 8);
        switch (kind) {
            case 0, 1, 2 -> assignment();
            case 3 -> text.append(one("v", "w")).append("[").append(small()).append("] := ").append(integer(2)).append(";\n");
            case 4 -> text.append(one("v := v || ", "w := w || ", "v := w || ", "w := v || ")).append(integer(1)).append(";\n");
            case 5 -> text.append(one("SELECT " + integer(1) + ", 'q' || " + integer(0) + " INTO b, u;", "PERFORM " + integer(2) + ";",
                    "SELECT " + integer(1) + " AS x, " + integer(0) + " / 2.0 AS y INTO r;", "a := (SELECT max(g) FROM generate_series(1, 3) g WHERE g < " + integer(0) + ");",
                    "r.x := " + integer(1) + ";", "w := v;", "t := left(t, 20);")).append("\n");
            case 6 -> leave(around);
            case 7 -> text.append(one("NULL;", "RAISE EXCEPTION 'own %', a;", "b := NULL;", "f := NULL;", "a := 3;", "t := t || a;")).append("\n");
            case 8, 9 -> conditional(depth, around);
            case 10 -> caught(depth, around);
            default -> loop(depth, around);
        }
    }

    private void assignment() {
        text.append(switch (random.nextInt(9)) {
            case 0, 1 -> one("a", "b", "c") + " := " + integer(3);
            case 2 -> "c := " + integer(2) + " * 7::bigint";
            case 3 -> "n := " + one("n", "a", "c") + one(" + ", " * ", " - ") + one("0.25", "n", "b");
            case 4 -> "t := " + one("t || 'x'", "left(t, 15) || a", "coalesce(u, 'none')", "upper(t) || length(t)", "t || coalesce(b::text, '-')",
                    "right((c::text || n::text) || d::text, 12)", "CASE a % 3 WHEN 0 THEN 'no' WHEN b THEN 'b' ELSE s::text END");
            case 5 -> "u := " + one("left(t, 12)", "'u' || a", "NULL", "u || 'more and more'");
            case 6 -> "f := " + condition(2);
            case 7 -> "s := " + integer(1);
            default -> "d := " + one("d * 1.5", "d - a", "a / 3.0", "sqrt(abs(d))");
        }).append(";\n");
    }

    private String small() {
        return one("1", "2", "3", "abs(a % 5)", "fuel % 4", "b");
    }

    private String integer(int depth) {
        if (depth == 0) {
            return one("a", "b", "c::int", "1", "2", "7", "fuel", "s", "v[" + small() + "]", "coalesce(b, 4)", "r.x", "length(t)", "cardinality(v)",
                    "nullif(a, b)", "left('4321', a % 3)::int");
        }
        return switch (random.nextInt(7)) {
            case 0 -> "(" + integer(depth - 1) + " / " + integer(depth - 1) + ")";
            case 1 -> "(" + integer(depth - 1) + " % " + one("3", "7", "a", "b") + ")";
            case 2 -> "(CASE WHEN " + condition(depth - 1) + " THEN " + integer(depth - 1) + one(" ELSE " + integer(depth - 1), "") + " END)";
            case 3 -> "coalesce(" + integer(depth - 1) + ", " + integer(depth - 1) + ")";
            default -> "(" + integer(depth - 1) + one(" + ", " - ", " * ") + integer(depth - 1) + ")";
        };
    }

    private String condition(int depth) {
        if (depth == 0) {
            return one("f", "a > b", "c < 100", "t IS NULL", "b IS NOT NULL", "fuel % 3 = 0", "a = ANY (v)", "u <> 'x'", "n > 2", "found", "r.y > a", "a IS DISTINCT FROM b", "f IS NOT TRUE",
                    "f IS UNKNOWN", "nullif(a, 3) IS NULL", "u IS NOT DISTINCT FROM t");
        }
        return switch (random.nextInt(5)) {
            case 0 -> "(" + condition(depth - 1) + " AND " + condition(depth - 1) + ")";
            case 1 -> "(" + condition(depth - 1) + " OR " + condition(depth - 1) + ")";
            case 2 -> "NOT " + condition(depth - 1);
            case 3 -> "(" + integer(depth - 1) + one(" < ", " = ", " >= ") + integer(depth - 1) + ")";
            default -> condition(0);
        };
    }

    private void leave(List<String> around) {
        String when = random.nextInt(4) > 0 ? " WHEN " + condition(1) : "";
        if (!around.isEmpty() && random.nextBoolean()) {
            String label = around.get(random.nextInt(around.size()));
            text.append(label.startsWith("l") ? one("EXIT ", "CONTINUE ") : "EXIT ").append(label).append(when).append(";\n");
        } else if (around.stream().anyMatch(l -> l.startsWith("l"))) {
            text.append(one("EXIT", "CONTINUE")).append(when).append(";\n");
        } else {
            text.append("IF ").append(condition(2)).append(" THEN RETURN t || a; END IF;\n");
        }
    }

    private void conditional(int depth, List<String> around) {
        if (random.nextInt(4) == 0) {
            text.append("CASE ").append(integer(1)).append(" WHEN 1, 2 THEN\n");
            statements(depth - 1, around);
            text.append("WHEN a THEN\n");
            statements(depth - 1, around);
            text.append(one("ELSE NULL; ", "")).append("END CASE;\n");
            return;
        }
        text.append("IF ").append(condition(2)).append(" THEN\n");
        statements(depth - 1, around);
        if (random.nextBoolean()) {
            text.append("ELSIF ").append(condition(1)).append(" THEN\n");
            statements(depth - 1, around);
        }
        if (random.nextBoolean()) {
            text.append("ELSE\n");
            statements(depth - 1, around);
        }
        text.append("END IF;\n");
    }

    private void caught(int depth, List<String> around) {
        String label = "b" + ++labels;
        List<String> inside = with(around, label);
        text.append("<<").append(label).append(">>\n");
        if (random.nextBoolean()) {
            text.append("DECLARE ").append(one("b int := a", "x int", "a int := 11; c bigint := a", "v int[] := v || 1")).append(";\n");
        }
        text.append("BEGIN\n");
        statements(depth - 1, inside);
        if (random.nextInt(5) > 0) {
            text.append("EXCEPTION WHEN ").append(one("division_by_zero", "OTHERS", "raise_exception OR numeric_value_out_of_range", "SQLSTATE '22012'"))
                    .append(" THEN\nt := left(t || sqlstate || sqlerrm, 40);\n");
            statements(depth - 1, inside);
        }
        text.append("END;\n");
    }

    private void loop(int depth, List<String> around) {
        String label = "l" + ++labels;
        String i = "i" + ++loops;
        text.append("<<").append(label).append(">>\n").append(switch (random.nextInt(6)) {
            case 0 -> "LOOP EXIT WHEN fuel > 400;";
            case 1 -> "WHILE " + condition(1) + " AND fuel < 300 LOOP";
            case 2 -> "FOR " + i + " IN REVERSE " + one("9", "abs(a % 9)", "b") + "..1 BY " + one("1", "2", "a") + " LOOP c := " + i + ";";
            case 3 -> "FOR r IN SELECT g AS x, g / 2.0 AS y FROM generate_series(1, " + one("3", "7", "a % 5") + ") g LOOP a := r.x;";
            case 4 -> "FOREACH b IN ARRAY v LOOP";
            default -> "FOR " + i + " IN " + one("1", "a", "b") + ".." + one("5", "12", "a + 3") + " LOOP b := " + i + ";";
        });
        text.append(" fuel := fuel + 1; IF fuel > 600 THEN RETURN 'tired ' || t || c; END IF;\n");
        statements(depth - 1, with(around, label));
        text.append("END LOOP;\n");
    }

    private static List<String> with(List<String> around, String label) {
        List<String> all = new java.util.ArrayList<>(around);
        all.add(label);
        return List.copyOf(all);
    }
}
