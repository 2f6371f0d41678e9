package org.gajah.tests.routine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.gajah.tests.oracle.PostgresPrograms;
import org.junit.jupiter.api.Test;

/** S1: the table of PostgreSQL's C functions in docs/spi.md leaves none out, and what it names in Java is there. */
class SpiTableTest {
    /** A name in the server's table of symbols, which has what spi.h declares. */
    private static final Pattern SYMBOL = Pattern.compile("\\x00(SPI_[a-z_]+)(?=\\x00)");
    /** Not declared for others. */
    private static final Set<String> INTERNAL = Set.of("SPI_cursor_open_internal", "SPI_sql_row_to_xmlelement");
    private static final Pattern C_NAME = Pattern.compile("SPI_\\w+");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern MEMBER = Pattern.compile("(?:(\\w+)\\.)?(\\w+)(?:\\(([^)]*)\\))?");

    private record Line(String c, String java) {
    }

    private static List<Line> table() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("../docs/spi.md"));
        List<Line> table = new ArrayList<>();
        for (String line : lines.subList(lines.indexOf("| C | Java |") + 2, lines.size())) {
            if (!line.startsWith("|")) {
                break;
            }
            String[] cells = line.split("\\|");
            table.add(new Line(cells[1].strip(), cells[2].strip()));
        }
        return table;
    }

    private static Set<String> names(Pattern pattern, String text) {
        Set<String> names = new TreeSet<>();
        pattern.matcher(text).results().map(MatchResult::group).forEach(names::add);
        return names;
    }

    @Test
    void s1NoFunctionOfPostgresIsLeftOut() throws IOException {
        String server = Files.readString(PostgresPrograms.home().resolve("bin/postgres"), StandardCharsets.ISO_8859_1);
        Set<String> there = new TreeSet<>();
        SYMBOL.matcher(server).results().map(m -> m.group(1)).filter(name -> !INTERNAL.contains(name)).forEach(there::add);
        assertTrue(there.size() > 55, there.toString());
        Set<String> told = new TreeSet<>();
        for (Line line : table()) {
            told.addAll(names(C_NAME, line.c));
        }
        assertEquals(there, told.stream().filter(there::contains).collect(Collectors.toCollection(TreeSet::new)), "in docs/spi.md");
    }

    @Test
    void s1WhatTheTableNamesInJavaIsThere() throws Exception {
        int checked = 0;
        for (Line line : table()) {
            assertFalse(line.java.isEmpty(), line.c);
            Class<?> type = Object.class;
            for (MatchResult quoted : QUOTED.matcher(line.java).results().toList()) {
                var member = MEMBER.matcher(quoted.group(1));
                assertTrue(member.matches(), line.java);
                if (member.group(1) != null) {
                    type = Class.forName("org.gajah.api.spi." + member.group(1));
                }
                assertTrue(has(type, member.group(2), member.group(3)), line.c + ": " + quoted.group(1) + " is not in " + type);
                checked++;
            }
        }
        assertTrue(checked > 50, checked + " names");
    }

    /** Whether there is such a method; parameters, if any are said, by their types' simple names or as many words as there are. */
    private static boolean has(Class<?> type, String name, String parameters) {
        List<String> wanted = parameters == null || parameters.isBlank() || parameters.contains("...") ? List.of() : List.of(parameters.split(", *"));
        return Arrays.stream(type.getMethods()).filter(m -> m.getName().equals(name))
                .anyMatch(m -> wanted.isEmpty() || m.getParameterCount() == wanted.size() && fits(m, wanted));
    }

    private static boolean fits(Method m, List<String> wanted) {
        for (int i = 0; i < wanted.size(); i++) {
            boolean isType = Character.isUpperCase(wanted.get(i).charAt(0)) || Set.of("boolean", "long", "int").contains(wanted.get(i));
            if (isType && !m.getParameterTypes()[i].getSimpleName().equals(wanted.get(i))) {
                return false;
            }
        }
        return true;
    }
}
