package org.gajah.catalog;

/** A row of pg_auth_members: that {@code member} belongs to {@code role}, and what comes of it. */
public record Membership(int role, int member, int grantor, boolean admin, boolean inherit, boolean set) {
    static Membership of(CatalogRow r) {
        return new Membership(r.number("roleid"), r.number("member"), r.number("grantor"), r.flag("admin_option"),
                r.flag("inherit_option"), r.flag("set_option"));
    }
}
