package org.gajah.sysfunc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.gajah.analyze.Query;
import org.gajah.catalog.Relation;
import org.gajah.catalog.data.BootstrapRows;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Definitions come out byte for byte as PostgreSQL 18.6 writes them. */
class DeparseTest {
    private static CatalogFixture fixture;

    @BeforeAll
    static void open() {
        fixture = new CatalogFixture();
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    /**
     * The system views' definitions are PostgreSQL's own output, so reading and writing them again must change nothing; but for
     * five that join to a UNION ALL whose second arm's column had no name, which its text no longer says.
     */
    @Test
    void systemViewsComeOutAsTheyWere() {
        BootstrapRows views = BootstrapRows.of("system_views");
        List<String> differences = new ArrayList<>();
        int[] count = new int[1];
        views.forEach(view -> {
            count[0]++;
            String expected = view[views.index("definition")].toString();
            int oid = Integer.parseUnsignedInt(view[views.index("oid")].toString());
            String actual;
            try {
                Query query = fixture.analyze(expected.replaceAll(";\\s*$", ""), List.of());
                List<String> names = fixture.catalog.relation(oid).orElseThrow().columns().stream()
                        .map(Relation.Column::name).toList();
                actual = Deparser.query(query, names, fixture.context, false, 0) + ";";
            } catch (RuntimeException e) {
                actual = "error: " + e + " " + List.of(e.getStackTrace()).subList(0, 3);
            }
            if (!actual.equals(expected) && !expected.contains("'PUBLIC'::name) grantee(oid, rolname)")) {
                differences.add(oid + "\n" + expected + "\nbut here\n" + actual);
            }
        });
        assertTrue(count[0] > 100);
        assertEquals(0, differences.size(), () -> differences.size() + "\n" + String.join("\n----\n", differences));
    }

    @Test
    void viewsComeOutAsPostgresShowsThem() throws IOException {
        List<String> differences = new ArrayList<>();
        for (String line : lines("views.tsv")) {
            String[] parts = line.split("\t", -1);
            for (int style = 0; style < 2; style++) {
                String expected = unescaped(parts[style + 1]);
                String actual = view(unescaped(parts[0]), style == 1);
                if (!actual.equals(expected)) {
                    differences.add(parts[0] + "\n" + expected + "\nbut here\n" + actual);
                }
            }
        }
        assertEquals(0, differences.size(), () -> differences.size() + "\n" + String.join("\n----\n", differences));
    }

    private static String view(String sql, boolean pretty) {
        try {
            Query query = fixture.analyze(sql, List.of(2200));
            return Deparser.query(query, DeparseScope.outputNames(query), fixture.context, pretty, 0) + ";";
        } catch (RuntimeException e) {
            return "error: " + e + " " + List.of(e.getStackTrace()).subList(0, 3);
        }
    }

    @Test
    void definitionsComeOutAsPostgresShowsThem() throws IOException {
        List<String> differences = new ArrayList<>();
        for (String line : lines("definitions.tsv")) {
            String[] parts = line.split("\t", -1);
            int oid = Integer.parseUnsignedInt(parts[1]);
            List<String> expected = List.of(unescaped(parts[2]), unescaped(parts[3]), unescaped(parts[4]));
            List<String> actual;
            try {
                actual = definition(parts[0], oid);
            } catch (RuntimeException e) {
                actual = List.of("error: " + e + " " + List.of(e.getStackTrace()).subList(0, 3));
            }
            if (!actual.equals(expected)) {
                differences.add(parts[0] + " " + oid + "\n" + expected + "\nbut here\n" + actual);
            }
        }
        assertEquals(0, differences.size(), () -> differences.size() + "\n" + String.join("\n----\n", differences));
    }

    private static List<String> definition(String kind, int oid) {
        return switch (kind) {
            case "function" -> List.of(function(oid).parameters(true), function(oid).parameters(false),
                    function(oid).result().orElse(""));
            case "create" -> List.of(function(oid).create(), "", "");
            case "constraint" -> List.of(constraint(oid, false), constraint(oid, true), "");
            default -> List.of(index(oid, false).create(true), index(oid, true).create(false), index(oid, false).column(0));
        };
    }

    private static FunctionDefinition function(int oid) {
        return new FunctionDefinition(fixture.catalog, fixture.context, fixture.catalog.function(oid).orElseThrow());
    }

    private static String constraint(int oid, boolean pretty) {
        return new ConstraintDefinition(fixture.catalog, fixture.context, pretty)
                .show(fixture.catalog.row("pg_constraint", 2667, oid).orElseThrow());
    }

    private static IndexDefinition index(int oid, boolean pretty) {
        Relation table = fixture.catalog.relation(fixture.catalog.row("pg_index", 2679, oid).orElseThrow().number("indrelid"))
                .orElseThrow();
        Relation.Index index = table.indexes().stream().filter(i -> i.oid() == oid).findFirst().orElseThrow();
        return new IndexDefinition(fixture.catalog, fixture.context, table, index, pretty);
    }

    private static List<String> lines(String resource) throws IOException {
        try (InputStream in = DeparseTest.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(l -> !l.startsWith("#")).toList();
        }
    }

    private static String unescaped(String text) {
        return text.replace("\\\\", "\0").replace("\\n", "\n").replace("\\t", "\t").replace("\0", "\\");
    }
}
