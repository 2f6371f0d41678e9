package org.gajah.sysfunc;

import java.util.List;
import java.util.Optional;
import org.gajah.analyze.AnalyzeContext;
import org.gajah.api.SqlError;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.Relation;

/** Shows a constraint as it is written in CREATE TABLE. */
final class ConstraintDefinition {
    private final CatalogView catalog;
    private final DeparseNames names;
    private final StoredText stored;
    private final boolean pretty;

    ConstraintDefinition(CatalogView catalog, AnalyzeContext context, boolean pretty) {
        this.catalog = catalog;
        this.pretty = pretty;
        names = new DeparseNames(context);
        stored = new StoredText(context);
    }

    String show(CatalogRow row) {
        StringBuilder out = new StringBuilder();
        Optional<Relation> table = catalog.relation(row.number("conrelid"));
        switch (row.letter("contype")) {
            case 'c' -> out.append("CHECK (").append(stored.expression(row.text("conbin"), table, pretty, true))
                    .append(')').append(noInherit(row));
            case 'n' -> {
                out.append("NOT NULL");
                table.ifPresent(t -> out.append(' ').append(columns(t, row.numbers("conkey"))));
                out.append(noInherit(row));
            }
            case 'p', 'u' -> key(row, table.orElseThrow(), out);
            case 'f' -> foreignKey(row, table.orElseThrow(), out);
            case 't' -> out.append("TRIGGER");
            default -> throw SqlError.notSupported("exclusion constraints cannot be shown yet");
        }
        out.append(row.flag("condeferrable") ? " DEFERRABLE" : "").append(row.flag("condeferred") ? " INITIALLY DEFERRED" : "");
        out.append(!row.flag("conenforced") ? " NOT ENFORCED" : !row.flag("convalidated") ? " NOT VALID" : "");
        return out.toString();
    }

    private static String noInherit(CatalogRow row) {
        return row.flag("connoinherit") ? " NO INHERIT" : "";
    }

    private static String columns(Relation table, List<Integer> numbers) {
        return DeparseNames.list(numbers.stream().map(n -> table.column(n).name()).toList());
    }

    private void key(CatalogRow row, Relation table, StringBuilder out) {
        Optional<Relation.Index> index = table.indexes().stream().filter(i -> i.oid() == row.number("conindid")).findFirst();
        out.append(row.letter("contype") == 'p' ? "PRIMARY KEY " : "UNIQUE ");
        out.append(index.isPresent() && index.get().nullsNotDistinct() ? "NULLS NOT DISTINCT " : "");
        out.append('(').append(columns(table, row.numbers("conkey"))).append(')');
        index.filter(i -> i.columns().size() > i.keyColumns()).ifPresent(i -> out.append(" INCLUDE (")
                .append(columns(table, i.columns().subList(i.keyColumns(), i.columns().size()))).append(')'));
    }

    private void foreignKey(CatalogRow row, Relation table, StringBuilder out) {
        Relation target = catalog.relation(row.number("confrelid")).orElseThrow();
        out.append("FOREIGN KEY (").append(columns(table, row.numbers("conkey"))).append(") REFERENCES ")
                .append(names.relation(target.oid())).append('(').append(columns(target, row.numbers("confkey"))).append(')');
        out.append(row.letter("confmatchtype") == 'f' ? " MATCH FULL" : "");
        action(" ON UPDATE ", row.letter("confupdtype"), out);
        action(" ON DELETE ", row.letter("confdeltype"), out);
        if (row.get("confdelsetcols") != null && !row.numbers("confdelsetcols").isEmpty()) {
            out.append(" (").append(columns(table, row.numbers("confdelsetcols"))).append(')');
        }
    }

    private static void action(String words, char letter, StringBuilder out) {
        String action = switch (letter) {
            case 'r' -> "RESTRICT";
            case 'c' -> "CASCADE";
            case 'n' -> "SET NULL";
            case 'd' -> "SET DEFAULT";
            default -> "";
        };
        out.append(action.isEmpty() ? "" : words + action);
    }
}
