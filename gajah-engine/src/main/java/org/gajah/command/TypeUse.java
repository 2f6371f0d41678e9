package org.gajah.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.TypeRow;
import org.gajah.command.Dependencies.Ref;

/** Which tables hold values of a type: as a column, or within arrays, domains, ranges and composites of columns. */
final class TypeUse {
    private final CommandContext context;

    TypeUse(CommandContext context) {
        this.context = context;
    }

    /** A relation's column that holds values of the type. */
    record Column(Relation relation, Relation.Column column) {
    }

    /** Every table or materialized view with such a column, once. */
    List<Relation> tablesWith(int type) {
        List<Relation> tables = new ArrayList<>();
        for (Column c : columnsWith(type)) {
            if (c.relation.storageId() != 0 && tables.stream().noneMatch(t -> t.oid() == c.relation.oid())) {
                tables.add(c.relation);
            }
        }
        return tables;
    }

    /** Every column of the type or of one that is made of it; of views and composite types too. */
    List<Column> columnsWith(int type) {
        List<Column> columns = new ArrayList<>();
        collect(type, new HashSet<>(), columns);
        return columns;
    }

    /** Columns of the domain itself or of domains over it; 0A000 if values of it lie within something else. */
    List<Column> domainColumns(TypeRow domain) {
        List<Column> columns = new ArrayList<>();
        for (int type : List.of(domain.oid(), domain.array())) {
            for (CatalogRow row : context.catalog().rows("pg_depend", 2674, Dependencies.TYPE, type)) {
                Ref dependent = new Ref(row.number("classid"), row.number("objid"), row.number("objsubid"));
                Optional<TypeRow> made = dependent.catalog() == Dependencies.TYPE ? context.catalog().type(dependent.oid()) : Optional.empty();
                if (made.isPresent() && made.get().kind() == 'd') {
                    columns.addAll(domainColumns(made.get()));
                } else if (dependent.catalog() == Dependencies.CLASS && dependent.column() != 0) {
                    Relation relation = context.catalog().relation(dependent.oid()).orElseThrow();
                    Relation.Column column = relation.column(dependent.column());
                    if (type != domain.oid() || relation.kind() == 'c' && !columnsWith(relation.rowType()).isEmpty()) {
                        Column user = type != domain.oid() ? new Column(relation, column) : columnsWith(relation.rowType()).getFirst();
                        throw inUse("type", domain.name(), user);
                    }
                    if (relation.storageId() != 0) {
                        columns.add(new Column(relation, column));
                    }
                }
            }
        }
        columns.sort(Comparator.comparing((Column c) -> c.relation.oid()).thenComparing(c -> c.column.number()));
        return columns;
    }

    static SqlError inUse(String kind, String name, Column user) {
        return SqlError.notSupported("cannot alter " + kind + " \"" + name + "\" because column \"" + user.relation.name() + "."
                + user.column.name() + "\" uses it");
    }

    private void collect(int type, Set<Integer> seen, List<Column> columns) {
        if (!seen.add(type)) {
            return;
        }
        context.catalog().type(type).map(TypeRow::array).filter(a -> a != 0).ifPresent(a -> collect(a, seen, columns));
        for (CatalogRow row : context.catalog().rows("pg_depend", 2674, Dependencies.TYPE, type)) {
            Ref dependent = new Ref(row.number("classid"), row.number("objid"), row.number("objsubid"));
            if (dependent.catalog() == Dependencies.TYPE) {
                collect(dependent.oid(), seen, columns);
            } else if (dependent.catalog() == Dependencies.CLASS && dependent.column() != 0) {
                Optional<Relation> relation = context.catalog().relation(dependent.oid());
                relation.ifPresent(r -> {
                    columns.add(new Column(r, r.column(dependent.column())));
                    if (r.rowType() != 0) {
                        collect(r.rowType(), seen, columns);
                    }
                });
            }
        }
    }
}
