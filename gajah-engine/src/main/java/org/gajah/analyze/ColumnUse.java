package org.gajah.analyze;

/** Notes which tables' columns a statement reads, for the permissions it needs. */
final class ColumnUse {
    private final Permissions permissions;

    ColumnUse(Permissions permissions) {
        this.permissions = permissions;
    }

    void used(Scope scope, RangeEntry entry, int attribute) {
        if (scope.excluded >= 0 && scope.rangeTable.get(scope.excluded) == entry) {
            return;
        }
        switch (entry) {
            case RangeEntry.Relation r -> permissions.requireColumn(r.oid(), RequiredPermission.Mode.SELECT, attribute);
            case RangeEntry.Returned r -> permissions.requireColumn(r.relation(), RequiredPermission.Mode.SELECT, attribute);
            case RangeEntry.Join j when attribute > 0 -> merged(scope, j.columns().get(attribute - 1));
            case RangeEntry.Join ignored -> { }
            case RangeEntry.Subquery ignored -> { }
            case RangeEntry.Functions ignored -> { }
            case RangeEntry.Values ignored -> { }
            case RangeEntry.CteReference ignored -> { }
            case RangeEntry.NamedStore ignored -> { }
        }
    }

    private void merged(Scope scope, Expr column) {
        Exprs.any(column, e -> {
            if (e instanceof Expr.Var v && v.levelsUp() == 0) {
                used(scope, scope.rangeTable.get(v.rangeIndex()), v.attribute());
            }
            return false;
        });
    }

    void wholeRow(Scope scope, RangeEntry entry) {
        if (entry instanceof RangeEntry.Join j) {
            j.columns().forEach(c -> merged(scope, c));
        } else {
            used(scope, entry, 0);
        }
    }
}
