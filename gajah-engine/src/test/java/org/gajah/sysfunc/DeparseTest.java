package org.gajah.sysfunc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
}
