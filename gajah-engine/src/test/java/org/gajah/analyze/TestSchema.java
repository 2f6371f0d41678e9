package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.ast.ColumnDef;
import org.gajah.ast.RawStatement;
import org.gajah.ast.TableElement;
import org.gajah.ast.TableStatement;
import org.gajah.catalog.Relation;
import org.gajah.catalog.TypeRow;
import org.gajah.parse.Parser;

/** Puts tables into a test catalog from CREATE TABLE statements: columns, primary keys, identity and generated columns. */
final class TestSchema {
    private final BuiltInCatalog catalog;
    private final AnalyzeContext context;
    private int nextOid = 20000;

    TestSchema(BuiltInCatalog catalog) {
        this.catalog = catalog;
        context = context(catalog, ParameterTypes.none());
    }

    static AnalyzeContext context(BuiltInCatalog catalog, ParameterTypes parameters) {
        return new AnalyzeContext(catalog, List.of(BuiltInCatalog.PUBLIC), 0, "analyze_corpus", parameters, new TestTypes(catalog));
    }

    void create(String sql) {
        for (RawStatement raw : Parser.parse(sql)) {
            table((TableStatement.CreateTable) raw.statement());
        }
    }

    private void table(TableStatement.CreateTable t) {
        Analysis a = new Analysis(context);
        List<Relation.Column> columns = new ArrayList<>();
        List<Relation.Index> indexes = new ArrayList<>();
        int oid = nextOid++;
        String name = t.relation().relation();
        for (TableElement element : t.elements()) {
            if (element instanceof ColumnDef c) {
                Types.Typed type = a.typeNames.resolve(c.type().orElseThrow());
                String text = c.constraints().toString();
                char identity = text.contains("Identity") ? 'a' : 0;
                char generated = text.contains("Generated[") ? 's' : 0;
                columns.add(new Relation.Column(columns.size() + 1, c.name(), type.type(), type.typmod(), a.types.collation(type.type()),
                        false, false, Optional.empty(), identity, generated, null));
                if (c.constraints().stream().anyMatch(x -> x instanceof org.gajah.ast.Constraint.Key k && k.primary())) {
                    indexes.add(primary(oid, name, List.of(columns.size())));
                }
            } else {
                List<String> names = ((org.gajah.ast.Constraint.Key) element).columns();
                List<Integer> keys = columns.stream().filter(c -> names.contains(c.name())).map(Relation.Column::number).toList();
                indexes.add(primary(oid, name, keys));
            }
        }
        int rowType = nextOid++;
        int arrayType = nextOid++;
        catalog.add(new Relation(oid, name, BuiltInCatalog.PUBLIC, 10, 'r', 'p', rowType, 1, false, columns, indexes, List.of(), List.of(),
                List.of(), List.of(), false, false, Optional.empty(), -1, 0, Optional.empty()));
        catalog.addType(new TypeRow(rowType, name, BuiltInCatalog.PUBLIC, 10, -1, false, 'c', 'C', false, true, oid, 0, arrayType, false, 0, -1,
                false, 0, 0));
        catalog.addType(new TypeRow(arrayType, "_" + name, BuiltInCatalog.PUBLIC, 10, -1, false, 'b', 'A', false, true, 0, rowType, 0, true, 0,
                -1, false, 0, 0));
    }

    private Relation.Index primary(int table, String name, List<Integer> columns) {
        return new Relation.Index(nextOid++, name + "_pkey", table, 403, 1, true, false, true, false, true, true, true, columns, columns.size(),
                List.of(), List.of(), List.of(), List.of(), List.of(), Optional.empty(), Optional.empty());
    }
}
