package org.gajah.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.gajah.catalog.CatalogView;
import org.gajah.catalog.RoleRow;

/** Who is a member of what. */
final class Roles {
    private Roles() {
    }

    /** The roles that a role is a member of, directly or not, without itself. */
    static List<RoleRow> memberOf(int role, CatalogView catalog) {
        Set<Integer> seen = new HashSet<>(Set.of(role));
        Deque<Integer> open = new ArrayDeque<>(Set.of(role));
        List<RoleRow> found = new ArrayList<>();
        while (!open.isEmpty()) {
            catalog.rows("pg_auth_members", 2695, open.pop()).forEach(r -> {
                if (seen.add(r.number("roleid"))) {
                    open.push(r.number("roleid"));
                    catalog.role(r.number("roleid")).ifPresent(found::add);
                }
            });
        }
        return found;
    }
}
