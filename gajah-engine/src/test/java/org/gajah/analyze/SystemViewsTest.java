package org.gajah.analyze;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

import org.gajah.catalog.Relation;
import org.gajah.catalog.data.BootstrapRows;
import org.gajah.parse.Parser;
import org.junit.jupiter.api.Test;

/** Every view of pg_catalog and information_schema is understood, with the column types that PostgreSQL gives it. */
class SystemViewsTest {
    @Test
    void systemViewsHaveTheirColumns() {
        BuiltInCatalog catalog = new BuiltInCatalog();
        List<String> wrong = new ArrayList<>();
        int[] count = {0};
        BootstrapRows rows = BootstrapRows.of("system_views");
        rows.forEach(fields -> catalog.views.put(Integer.parseInt(fields[0].toString()), fields[rows.index("definition")].toString()));
        rows.forEach(fields -> {
            String name = fields[1] + "." + fields[2];
            count[0]++;
            try {
                check(catalog, Integer.parseInt(fields[0].toString()), name, wrong);
            } catch (RuntimeException e) {
                wrong.add(name + ": " + e + (e.getStackTrace().length > 0 ? " " + e.getStackTrace()[0] : ""));
            }
        });
        System.out.println("system views understood: " + (count[0] - wrong.size()) + " of " + count[0]);
        assertEquals(List.of(), wrong, String.join("\n", wrong));
    }

    private static void check(BuiltInCatalog catalog, int oid, String name, List<String> wrong) {
        Relation relation = catalog.relation(oid).orElseThrow();
        AnalyzeContext context = TestSchema.context(catalog, ParameterTypes.none());
        Analyzed analyzed = Analyzer.analyze(Parser.parse(catalog.views.get(oid)).getFirst().statement(), context);
        List<Integer> expected = relation.columns().stream().map(Relation.Column::type).toList();
        List<Integer> got = analyzed.columns().stream().map(ResultColumn::type).toList();
        if (!expected.equals(got)) {
            wrong.add(name + " has " + got + " instead of " + expected);
        }
        List<String> details = relation.columns().stream().map(c -> c.name() + " " + c.typmod() + " " + c.collation()).toList();
        List<String> gotDetails = analyzed.columns().stream().map(c -> c.name() + " " + c.typmod() + " " + c.collation()).toList();
        for (int i = 0; i < Math.min(details.size(), gotDetails.size()); i++) {
            if (!details.get(i).equals(gotDetails.get(i))) {
                wrong.add(name + " has " + gotDetails.get(i) + " instead of " + details.get(i));
            }
        }
        List<String> names = analyzed.columns().stream().map(ResultColumn::name).toList();
        if (!relation.columns().stream().map(Relation.Column::name).toList().equals(names)) {
            wrong.add(name + " is called " + names);
        }
        QueryCheck.check(analyzed.query());
        Analyzed expanded = Analyzer.analyzeForExecution(Parser.parse("select * from " + name).getFirst().statement(), context);
        QueryCheck.check(expanded.query());
        String text = NodeText.write(analyzed.query(), catalog, context.types());
        assertEquals(text, NodeText.write(NodeText.readQuery(text, catalog, context.types()), catalog, context.types()));
    }
}
