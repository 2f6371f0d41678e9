package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.Alias;
import org.gajah.ast.RangeVar;
import org.gajah.catalog.Relation;
import org.gajah.type.Oids;

/** Makes range table entries and the namespace items that show them. */
final class RangeItems {
    private final Analysis a;

    RangeItems(Analysis analysis) {
        a = analysis;
    }

    /** The relation of a name; an error if there is none. */
    Relation open(Scope scope, RangeVar v) {
        List<String> name = new ArrayList<>();
        v.catalog().ifPresent(name::add);
        v.schema().ifPresent(name::add);
        name.add(v.relation());
        if (name.size() == 3 && !name.getFirst().equals(a.context.database())) {
            throw SqlError.notSupported("cross-database references are not implemented: \"" + String.join(".", name) + "\"").at(v.location());
        }
        Optional<Relation> found;
        try {
            found = a.typeNames.relation(name);
        } catch (SqlError error) {
            throw error.at(v.location());
        }
        Relation relation = found.orElseThrow(() -> missing(scope, v));
        if (relation.kind() == 'i' || relation.kind() == 'I' || relation.kind() == 'c') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "cannot open relation \"" + relation.name() + "\"")
                    .detail("This operation is not supported for " + (relation.kind() == 'c' ? "composite types"
                            : relation.kind() == 'I' ? "partitioned indexes" : "indexes") + ".").at(v.location());
        }
        return relation;
    }

    private static SqlError missing(Scope scope, RangeVar v) {
        SqlError error = new SqlError(SqlState.UNDEFINED_TABLE, "relation \"" + v.schema().map(s -> s + ".").orElse("") + v.relation()
                + "\" does not exist").at(v.location());
        boolean future = v.schema().isEmpty() && hasFuture(scope, v.relation());
        return future ? error.detail("There is a WITH item named \"" + v.relation() + "\", but it cannot be referenced from this part of the "
                + "query.").hint("Use WITH RECURSIVE, or re-order the WITH items to remove forward references.") : error;
    }

    private static boolean hasFuture(Scope scope, String name) {
        Optional<Scope> at = Optional.of(scope);
        while (at.isPresent()) {
            if (at.get().futureCtes.contains(name)) {
                return true;
            }
            at = at.get().parent;
        }
        return false;
    }

    NamespaceItem relation(Scope scope, Relation relation, Optional<Alias> alias, boolean inherit) {
        String name = alias.map(Alias::name).orElse(relation.name());
        int index = scope.rangeTable.size();
        List<NamespaceItem.Column> columns = columns(relation, index);
        columns = renamed(name, columns, alias);
        RangeEntry.Relation entry = new RangeEntry.Relation(relation.oid(), relation.kind(), name, names(columns), alias.isPresent(),
                inherit, false);
        scope.add(entry);
        return new NamespaceItem(name, index, columns, Optional.of(entry), false);
    }

    /** Rows of a table under a name of their own. */
    NamespaceItem store(Scope scope, Relation table, RangeVar v) {
        int index = scope.rangeTable.size();
        String name = v.alias().map(Alias::name).orElse(v.relation());
        List<NamespaceItem.Column> columns = renamed(name, columns(table, index), v.alias());
        scope.add(new RangeEntry.NamedStore(v.relation(), table.columns().stream().map(Relation.Column::type).toList(),
                table.columns().stream().map(Relation.Column::typmod).toList(), table.columns().stream().map(Relation.Column::collation).toList(), name,
                names(columns)));
        return new NamespaceItem(name, index, columns, Optional.empty(), false);
    }

    static List<NamespaceItem.Column> columns(Relation relation, int index) {
        List<NamespaceItem.Column> columns = new ArrayList<>();
        for (Relation.Column c : relation.columns()) {
            columns.add(new NamespaceItem.Column(c.dropped() ? "" : c.name(), index, c.number(), c.type(), c.typmod(), c.collation(),
                    c.dropped(), c.hidden()));
        }
        return columns;
    }

    static List<String> names(List<NamespaceItem.Column> columns) {
        return columns.stream().map(NamespaceItem.Column::name).toList();
    }

    /** Column aliases over the first columns. */
    List<NamespaceItem.Column> renamed(String table, List<NamespaceItem.Column> columns, Optional<Alias> alias) {
        List<String> names = alias.map(Alias::columns).orElse(List.of());
        if (names.isEmpty()) {
            return columns;
        }
        List<NamespaceItem.Column> made = new ArrayList<>();
        int next = 0;
        for (NamespaceItem.Column c : columns) {
            made.add(!c.dropped() && !c.hidden() && next < names.size() ? c.named(names.get(next++)) : c);
        }
        if (next < names.size()) {
            throw new SqlError(SqlState.INVALID_COLUMN_REFERENCE, "table \"" + table + "\" has " + next + " columns available but "
                    + names.size() + " columns specified");
        }
        return made;
    }

    NamespaceItem subquery(Scope scope, Query query, Optional<Alias> alias, String defaultName, boolean lateral) {
        int index = scope.rangeTable.size();
        String name = alias.map(Alias::name).orElse(defaultName);
        List<NamespaceItem.Column> columns = new ArrayList<>();
        for (TargetEntry t : outputs(query)) {
            Expr e = t.expr();
            columns.add(new NamespaceItem.Column(t.name(), index, columns.size() + 1, e.type(), e.typmod(), e.collation(), false, false));
        }
        columns = renamed(name, columns, alias);
        scope.add(new RangeEntry.Subquery(query, 0, name, names(columns), lateral));
        return new NamespaceItem(name, index, columns, Optional.empty(), false);
    }

    /** What a query gives: its target list, or what it returns. */
    static List<TargetEntry> outputs(Query query) {
        List<TargetEntry> list = query.command() == Query.Command.SELECT ? query.targets() : query.returning();
        return list.stream().filter(t -> !t.junk()).toList();
    }

    NamespaceItem cte(Scope scope, Scope.Cte cte, int levelsUp, RangeVar v) {
        if (cte.query.isPresent() && cte.query.get().command() != Query.Command.SELECT && cte.query.get().returning().isEmpty()) {
            throw SqlError.notSupported("WITH query \"" + cte.name + "\" does not have a RETURNING clause").at(v.location());
        }
        cte.references++;
        cte.selfReferenced |= cte.inProgress;
        int index = scope.rangeTable.size();
        String name = v.alias().map(Alias::name).orElse(cte.name);
        List<NamespaceItem.Column> columns = new ArrayList<>();
        for (int i = 0; i < cte.columnNames.size(); i++) {
            columns.add(new NamespaceItem.Column(cte.columnNames.get(i), index, i + 1, cte.types.get(i), cte.typmods.get(i),
                    cte.collations.get(i), false, false));
        }
        columns = renamed(name, columns, v.alias());
        scope.add(new RangeEntry.CteReference(cte.name, levelsUp, cte.inProgress, cte.types, cte.typmods, cte.collations, name,
                names(columns)));
        return new NamespaceItem(name, index, columns, Optional.empty(), false);
    }

    NamespaceItem values(Scope scope, List<List<Expr>> rows, List<Integer> types, List<Integer> typmods, List<Integer> collations,
            boolean lateral) {
        int index = scope.rangeTable.size();
        List<NamespaceItem.Column> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            columns.add(new NamespaceItem.Column("column" + (i + 1), index, i + 1, types.get(i), typmods.get(i), collations.get(i), false,
                    false));
        }
        scope.add(new RangeEntry.Values(rows, types, typmods, collations, "*VALUES*", names(columns), lateral));
        return new NamespaceItem("*VALUES*", index, columns, Optional.empty(), false);
    }

    /** Functions' columns, then the ordinality. */
    NamespaceItem functions(Scope scope, List<RangeEntry.RangeFunction> functions, boolean ordinality, String name, Optional<Alias> alias,
            boolean lateral) {
        int index = scope.rangeTable.size();
        List<NamespaceItem.Column> columns = new ArrayList<>();
        for (RangeEntry.RangeFunction f : functions) {
            for (int i = 0; i < f.columnCount(); i++) {
                columns.add(new NamespaceItem.Column(f.names().get(i), index, columns.size() + 1, f.types().get(i), f.typmods().get(i),
                        f.collations().get(i), f.names().get(i).isEmpty(), false));
            }
        }
        if (ordinality) {
            columns.add(new NamespaceItem.Column("ordinality", index, columns.size() + 1, Oids.INT8, -1, 0, false, false));
        }
        columns = renamed(name, columns, alias);
        scope.add(new RangeEntry.Functions(functions, ordinality, name, names(columns), lateral));
        return new NamespaceItem(name, index, columns, Optional.empty(), false);
    }
}
