package org.gajah.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.type.AclItem;
import org.gajah.type.ArrayValue;
import org.gajah.type.Oids;
import org.gajah.vector.BytesVector;

/** An access control list: who may do what. Immutable; the only reader and writer of what stands in the catalogs' ACL columns. */
public record Acl(List<AclItem> items) {
    public Acl {
        items = List.copyOf(items);
    }

    /** The value of an ACL column; empty if it is null. */
    public static Optional<Acl> of(Object value) {
        if (!(value instanceof ArrayValue array)) {
            return Optional.empty();
        }
        List<AclItem> items = new ArrayList<>();
        for (int i = 0; i < array.count(); i++) {
            if (array.elements().get(i) instanceof Slice item) {
                items.add(AclItem.of(item));
            }
        }
        return Optional.of(new Acl(items));
    }

    /** The value for an ACL column. */
    public ArrayValue value() {
        BytesVector elements = new BytesVector(Math.max(1, items.size()));
        for (int i = 0; i < items.size(); i++) {
            elements.put(i, items.get(i).toSlice());
        }
        return ArrayValue.of(Oids.ACLITEM, elements, items.size());
    }

    /** What somebody who is all of these roles may do. */
    public long privileges(Set<Integer> roles) {
        long held = 0;
        for (AclItem item : items) {
            held |= item.grantee() == 0 || roles.contains(item.grantee()) ? item.privileges() : 0;
        }
        return held;
    }

    /** What somebody who is all of these roles may grant; an owner may grant everything, whatever stands here. */
    public long options(Set<Integer> roles, int owner) {
        if (roles.contains(owner)) {
            return -1L;
        }
        long held = 0;
        for (AclItem item : items) {
            held |= roles.contains(item.grantee()) ? item.options() : 0;
        }
        return held;
    }

    /** The list with more privileges for a grantee. */
    public Acl grant(int grantee, int grantor, long privileges, boolean withOption, int owner) {
        if (withOption) {
            requireNoCircle(grantee, grantor, privileges, owner);
        }
        return put(grantee, grantor, old -> new AclItem(grantee, grantor, old.privileges() | privileges,
                old.options() | (withOption ? privileges : 0)));
    }

    /** Grant options must not come back to where they came from. */
    private void requireNoCircle(int grantee, int grantor, long options, int owner) {
        if (grantor == owner) {
            return;
        }
        Acl without = this;
        for (AclItem item : items) {
            if (item.grantee() == grantee) {
                without = without.revoke(grantee, item.grantor(), item.privileges(), false, owner, true, Set::of);
            }
        }
        if ((without.options(Set.of(grantor), owner) & options) != options) {
            throw new SqlError(SqlState.INVALID_GRANT_OPERATION, "grant options cannot be granted back to your own grantor");
        }
    }

    /** Whose rights a role has. */
    @FunctionalInterface
    public interface RolesOf {
        Set<Integer> of(int role);
    }

    /**
     * The list with fewer privileges for a grantee, or with {@code optionOnly} fewer options. What the grantee granted on goes too
     * with {@code cascade}, and otherwise forbids it.
     */
    public Acl revoke(int grantee, int grantor, long privileges, boolean optionOnly, int owner, boolean cascade, RolesOf roles) {
        long before = item(grantee, grantor).options();
        Acl changed = put(grantee, grantor, old -> new AclItem(grantee, grantor,
                optionOnly ? old.privileges() : old.privileges() & ~privileges, old.options() & ~privileges));
        long lost = before & ~changed.item(grantee, grantor).options();
        return lost == 0 || grantee == owner ? changed : changed.revokeGranted(grantee, lost, owner, cascade, roles);
    }

    /** What a role that has lost options has granted by them. */
    private Acl revokeGranted(int role, long lost, int owner, boolean cascade, RolesOf roles) {
        Acl changed = this;
        long gone = lost & ~options(roles.of(role), owner);
        boolean again = gone != 0;
        while (again) {
            again = false;
            for (AclItem item : changed.items) {
                if (item.grantor() == role && (item.privileges() & gone) != 0) {
                    if (!cascade) {
                        throw new SqlError(SqlState.DEPENDENT_OBJECTS_STILL_EXIST, "dependent privileges exist")
                                .hint("Use CASCADE to revoke them too.");
                    }
                    changed = changed.revoke(item.grantee(), role, gone, false, owner, true, roles);
                    again = true;
                    break;
                }
            }
        }
        return changed;
    }

    private AclItem item(int grantee, int grantor) {
        return items.stream().filter(i -> i.grantee() == grantee && i.grantor() == grantor).findFirst()
                .orElse(new AclItem(grantee, grantor, 0, 0));
    }

    private Acl put(int grantee, int grantor, java.util.function.UnaryOperator<AclItem> change) {
        List<AclItem> changed = new ArrayList<>(items);
        AclItem old = item(grantee, grantor);
        AclItem made = change.apply(old);
        int at = changed.indexOf(old);
        if (at < 0) {
            changed.add(made);
        } else {
            changed.set(at, made);
        }
        changed.removeIf(i -> i.privileges() == 0 && i.options() == 0);
        return new Acl(changed);
    }

    /** The list after the object went from one owner to another: entries of the two become one. */
    public Acl withOwner(int old, int owner) {
        Acl changed = new Acl(List.of());
        for (AclItem item : items) {
            int grantee = item.grantee() == old ? owner : item.grantee();
            int grantor = item.grantor() == old ? owner : item.grantor();
            changed = changed.put(grantee, grantor, before -> new AclItem(grantee, grantor, before.privileges() | item.privileges(),
                    before.options() | item.options()));
        }
        return changed;
    }

    /** Both lists together. */
    public Acl plus(Acl other) {
        Acl sum = this;
        for (AclItem item : other.items) {
            sum = sum.put(item.grantee(), item.grantor(), before -> new AclItem(item.grantee(), item.grantor(),
                    before.privileges() | item.privileges(), before.options() | item.options()));
        }
        return sum;
    }

    /** Whether the role is in it, as grantee or grantor. */
    public boolean mentions(int role) {
        return items.stream().anyMatch(i -> i.grantee() == role || i.grantor() == role);
    }

    /** Whether both say the same, in whatever order. */
    public boolean sameAs(Acl other) {
        return items.size() == other.items.size() && items.containsAll(other.items);
    }
}
