package org.gajah.catalog;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import org.gajah.type.Privilege;

/**
 * What roles may do, by their memberships and the objects' ACLs. Everything that asks whether somebody may do something asks here:
 * commands, queries, has_table_privilege and its kin. PostgreSQL manual, sections 5.8 and 21.3.
 */
public final class Rights {
    /** The roles with rights of their own that PostgreSQL predefines. */
    public static final int DATABASE_OWNER = 6171;
    public static final int READ_ALL_DATA = 6181;
    public static final int WRITE_ALL_DATA = 6182;
    public static final int MAINTAIN_ALL = 6337;
    public static final int READ_ALL_SETTINGS = 3374;
    public static final int READ_ALL_STATS = 3375;
    public static final int SIGNAL_BACKEND = 4200;
    public static final int CHECKPOINT = 4544;
    public static final int USE_RESERVED_CONNECTIONS = 4550;

    private static final long CHANGES = Privilege.mask("awdDU");

    private final CatalogView catalog;

    public Rights(CatalogView catalog) {
        this.catalog = catalog;
    }

    private boolean isSuperuser(int role) {
        return catalog.role(role).map(RoleRow::superuser).orElse(false);
    }

    // ---- memberships ----

    /** The role and all that it reaches over memberships of a kind, nearest first. */
    private Set<Integer> reach(int role, Predicate<Membership> kind) {
        Set<Integer> found = new LinkedHashSet<>();
        found.add(role);
        Deque<Integer> open = new ArrayDeque<>(found);
        while (!open.isEmpty()) {
            int member = open.poll();
            for (Membership m : catalog.memberships(member)) {
                if (kind.test(m) && found.add(m.role())) {
                    open.add(m.role());
                }
            }
            if (member == catalog.databaseOwner() && found.add(DATABASE_OWNER)) {
                open.add(DATABASE_OWNER);
            }
        }
        return found;
    }

    /** The roles whose rights a role has: itself and what it inherits from. */
    public Set<Integer> of(int role) {
        return reach(role, Membership::inherit);
    }

    /** The role and all that it is a member of. */
    public Set<Integer> memberOf(int role) {
        return reach(role, m -> true);
    }

    /** Whether a role has the rights of another. */
    public boolean has(int role, int of) {
        return role == of || isSuperuser(role) || of(role).contains(of);
    }

    /** Whether a role is a member of another, whether or not it inherits its rights. */
    public boolean isMember(int role, int of) {
        return role == of || isSuperuser(role) || memberOf(role).contains(of);
    }

    /** Whether a role may SET ROLE to another. */
    public boolean maySet(int role, int to) {
        return role == to || isSuperuser(role) || reach(role, Membership::set).contains(to);
    }

    /** Whether a role may grant another. */
    public boolean isAdmin(int role, int of) {
        return role != of && (isSuperuser(role) || memberOf(role).stream().anyMatch(m -> isDirectAdmin(m, of)));
    }

    private boolean isDirectAdmin(int member, int of) {
        return catalog.memberships(member).stream().anyMatch(m -> m.role() == of && m.admin());
    }

    /** Of the roles whose rights a role has, the nearest that may grant another. */
    public Optional<Integer> bestAdmin(int role, int of) {
        return role == of ? Optional.empty() : of(role).stream().filter(m -> isDirectAdmin(m, of)).findFirst();
    }

    // ---- objects ----

    /** What the role may do to the object of this row, as bits. */
    public long held(int role, AclKind kind, CatalogRow row) {
        if (isSuperuser(role)) {
            return kind.all();
        }
        Set<Integer> roles = of(role);
        long held = kind.acl(row).privileges(roles) & kind.all();
        return switch (kind) {
            case SCHEMA -> held | (roles.contains(READ_ALL_DATA) || roles.contains(WRITE_ALL_DATA) ? Privilege.USAGE.bit() : 0);
            case RELATION, SEQUENCE -> ofRelation(held, roles, row.number("oid"), row.letter("relkind"));
            case TYPE -> ofType(role, held, row);
            default -> held;
        };
    }

    /** An array may be used by who may use its elements, a multirange by who may use its range. */
    private long ofType(int role, long held, CatalogRow row) {
        boolean isArray = row.number("typelem") != 0 && row.number("typsubscript") == 6179;
        return isArray ? catalog.row("pg_type", 2703, row.number("typelem")).map(e -> held(role, AclKind.TYPE, e)).orElse(held) : held;
    }

    private static long ofRelation(long inAcl, Set<Integer> roles, int oid, char kind) {
        long held = inAcl;
        if (Integer.compareUnsigned(oid, 12000) < 0 && kind != 'v') {
            held &= ~CHANGES;
        } else if (roles.contains(WRITE_ALL_DATA)) {
            held |= Privilege.mask("awd");
        }
        if (roles.contains(READ_ALL_DATA)) {
            held |= Privilege.SELECT.bit();
        }
        return roles.contains(MAINTAIN_ALL) ? held | Privilege.MAINTAIN.bit() : held;
    }

    /** What the role may do to a relation as a whole. */
    public long held(int role, Relation relation) {
        AclKind kind = relation.kind() == 'S' ? AclKind.SEQUENCE : AclKind.RELATION;
        if (isSuperuser(role)) {
            return kind.all();
        }
        Set<Integer> roles = of(role);
        long held = relation.acl().orElseGet(() -> kind.initial(relation.owner())).privileges(roles) & kind.all();
        return ofRelation(held, roles, relation.oid(), relation.kind());
    }

    /** Whether the role may do something to a schema; to one that does not exist it may do nothing. */
    public boolean onSchema(int role, int schema, Privilege privilege) {
        boolean own = schema == SchemaRow.GAJAH.oid() && privilege == Privilege.USAGE;
        return own || isSuperuser(role) || catalog.schemaRow(schema).map(r -> (held(role, AclKind.SCHEMA, r) & privilege.bit()) != 0).orElse(false);
    }

    /** What the role may do to one column, besides what it may do to the table. */
    public long heldOnColumn(int role, int relation, int column) {
        Set<Integer> roles = of(role);
        return catalog.row("pg_attribute", 2659, relation, column).flatMap(r -> Acl.of(r.get("attacl"))).map(a -> a.privileges(roles))
                .orElse(0L) & AclKind.COLUMN.all();
    }

    /** Which of the object's privileges the role may grant. */
    public long grantable(int role, AclKind kind, CatalogRow row) {
        return isSuperuser(role) ? kind.all() : kind.acl(row).options(of(role), kind.owner(row)) & kind.all();
    }

    /** Whether the role may do what only an owner may. */
    public boolean owns(int role, int owner) {
        return has(role, owner);
    }

}
