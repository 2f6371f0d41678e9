package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.Returning;
import org.gajah.catalog.Relation;

/** RETURNING, with OLD and NEW. */
final class Returnings {
    private final Analysis a;

    Returnings(Analysis analysis) {
        a = analysis;
    }

    List<TargetEntry> analyze(Scope scope, Optional<Returning> returning, Relation relation) {
        if (returning.isEmpty()) {
            return List.of();
        }
        Returning r = returning.get();
        boolean old = false;
        boolean fresh = false;
        for (Returning.Option o : r.options()) {
            if (o.isNew() ? fresh : old) {
                throw new SqlError(SqlState.SYNTAX_ERROR, (o.isNew() ? "NEW" : "OLD") + " cannot be specified multiple times").at(o.location());
            }
            fresh |= o.isNew();
            old |= !o.isNew();
        }
        List<NamespaceItem> outer = scope.namespace;
        scope.namespace = new ArrayList<>(outer);
        add(scope, relation, r.oldName(), "old", false);
        add(scope, relation, r.newName(), "new", true);
        List<TargetEntry> made = a.targets.list(scope, r.targets(), ExprKind.RETURNING);
        if (made.isEmpty()) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "RETURNING must have at least one column");
        }
        a.targets.resolveUnknowns(made);
        scope.namespace = outer;
        return made;
    }

    /** The row before or after, under the name given or, if that is not taken, its usual one. */
    private void add(Scope scope, Relation relation, Optional<String> given, String usual, boolean isNew) {
        String name = given.orElse(usual);
        boolean taken = scope.namespace.stream().anyMatch(i -> i.relationVisible && i.alias.equals(name));
        if (taken) {
            if (given.isPresent()) {
                throw new SqlError(SqlState.DUPLICATE_ALIAS, "table name \"" + name + "\" specified more than once");
            }
            return;
        }
        int index = scope.rangeTable.size();
        List<NamespaceItem.Column> columns = RangeItems.columns(relation, index);
        scope.add(new RangeEntry.Returned(isNew, relation.oid(), name, RangeItems.names(columns)));
        RangeEntry.Relation entry = new RangeEntry.Relation(relation.oid(), relation.kind(), name, RangeItems.names(columns), true, false, false);
        scope.namespace.add(new NamespaceItem(name, index, columns, Optional.of(entry), false).visible(true, false));
    }
}
