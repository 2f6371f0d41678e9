package org.gajah.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.catalog.CatalogView;
import org.gajah.catalog.Relation;
import org.gajah.catalog.TypeRow;
import org.gajah.exec.StoredRows;
import org.gajah.func.CallContext;

/** Rows that a running routine has given names: tables that nobody else sees. */
final class NamedRows {
    private final Map<String, Table> tables = new HashMap<>(0);

    private record Table(Relation relation, StoredRows rows) {
    }

    /** False, and nothing has changed, if the name is taken. */
    boolean add(String name, List<CallContext.Column> columns, StoredRows rows, CatalogView catalog) {
        return tables.putIfAbsent(name, new Table(relation(name, columns, catalog), rows)) == null;
    }

    private static Relation relation(String name, List<CallContext.Column> columns, CatalogView catalog) {
        List<Relation.Column> all = new ArrayList<>();
        for (CallContext.Column c : columns) {
            int collation = catalog.type(c.type()).map(TypeRow::collation).orElse(0);
            all.add(new Relation.Column(all.size() + 1, c.name(), c.type(), c.typmod(), collation, false, false, Optional.empty(), (char) 0, (char) 0, null));
        }
        return new Relation(0, name, 0, 0, 'r', 't', 0, 0, false, all, List.of(), List.of(), List.of(), List.of(), List.of(), false, false, Optional.empty(), 0, 0,
                Optional.empty());
    }

    /** False if there is none. */
    boolean remove(String name) {
        Optional<Table> table = Optional.ofNullable(tables.remove(name));
        table.ifPresent(t -> t.rows.close());
        return table.isPresent();
    }

    Optional<Relation> relation(String name) {
        return Optional.ofNullable(tables.get(name)).map(Table::relation);
    }

    Optional<StoredRows> rows(String name) {
        return Optional.ofNullable(tables.get(name)).map(Table::rows);
    }

    void close() {
        tables.values().forEach(t -> t.rows.close());
        tables.clear();
    }
}
