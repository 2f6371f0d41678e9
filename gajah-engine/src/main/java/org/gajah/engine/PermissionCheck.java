package org.gajah.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.gajah.analyze.RequiredPermission;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.Relation;
import org.gajah.catalog.RoleRow;

/** Checks that a role may do to relations what a query does. Superusers and owners may; others need an entry in the ACL. */
final class PermissionCheck {
    private final SessionContext context;
    private final CatalogView catalog;

    PermissionCheck(SessionContext context, CatalogView catalog) {
        this.context = context;
        this.catalog = catalog;
    }

    void require(List<RequiredPermission> permissions) {
        RoleRow current = context.currentRole();
        for (RequiredPermission p : permissions) {
            RoleRow role = p.asOwner() == 0 ? current : catalog.role(p.asOwner()).orElse(current);
            if (!role.superuser()) {
                require(p, role);
            }
        }
    }

    private void require(RequiredPermission p, RoleRow role) {
        Relation relation = catalog.relation(p.relation()).orElseThrow();
        Set<String> names = new HashSet<>(Set.of(role.name(), ""));
        Set<Integer> oids = new HashSet<>(Set.of(role.oid()));
        Roles.memberOf(role.oid(), catalog).forEach(r -> {
            names.add(r.name());
            oids.add(r.oid());
        });
        if (oids.contains(relation.owner())) {
            return;
        }
        char letter = switch (p.mode()) {
            case SELECT -> 'r';
            case INSERT -> 'a';
            case UPDATE, MERGE, LOCK -> 'w';
            case DELETE -> 'd';
        };
        boolean onTable = relation.acl().map(acl -> grants(acl, letter, names)).orElse(false);
        boolean onColumns = !p.columns().isEmpty() && p.columns().stream().allMatch(c -> onColumn(relation, c, letter, names));
        if (!onTable && !onColumns) {
            String kind = switch (relation.kind()) {
                case 'v' -> "view";
                case 'S' -> "sequence";
                case 'm' -> "materialized view";
                default -> "table";
            };
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for " + kind + " " + relation.name());
        }
    }

    private boolean onColumn(Relation relation, int column, char letter, Set<String> names) {
        Optional<CatalogRow> row = column <= 0 ? Optional.empty() : catalog.row("pg_attribute", 2659, relation.oid(), column);
        return row.map(r -> grants(String.join(",", r.texts("attacl")), letter, names)).orElse(false);
    }

    /** Whether one of the entries {@code grantee=letters/grantor} gives the right to one of the names; "" is everybody. */
    private static boolean grants(String acl, char letter, Set<String> names) {
        for (String entry : acl.split(",")) {
            int equals = entry.indexOf('=');
            int slash = entry.indexOf('/', Math.max(0, equals));
            if (equals >= 0 && slash > equals && names.contains(entry.substring(0, equals).replace("\"", ""))
                    && entry.substring(equals + 1, slash).indexOf(letter) >= 0) {
                return true;
            }
        }
        return false;
    }
}
