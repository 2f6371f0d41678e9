package org.gajah.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.gajah.catalog.Acl;
import org.gajah.catalog.AclKind;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.CatalogView;
import org.gajah.command.Dependencies.Ref;

/** What a role owns in one database, and where it stands in ACLs. Parts of other objects (indexes, row types, arrays) are left out. */
final class OwnedObjects {
    /** An object that the role owns. */
    record Owned(AclKind kind, CatalogRow row) {
        Ref ref() {
            return new Ref(row.table().oid(), row.number("oid"), 0);
        }
    }

    /** An ACL in which the role stands; {@code kind} COLUMN is a column's. */
    record Granted(AclKind kind, CatalogRow row, Acl acl) {
        /** The object; for a column its table. */
        Ref ref() {
            return kind == AclKind.COLUMN ? Ref.column(row.number("attrelid"), row.number("attnum")) : new Ref(row.table().oid(), row.number("oid"), 0);
        }
    }

    private final CatalogView catalog;

    OwnedObjects(CatalogView catalog) {
        this.catalog = catalog;
    }

    /** By oid. */
    List<Owned> of(int role) {
        List<Owned> owned = new ArrayList<>();
        for (AclKind kind : Owners.kinds()) {
            for (CatalogRow row : catalog.allRows(kind.catalog())) {
                if (kind.owner(row) == role && isWhole(kind, row)) {
                    owned.add(new Owned(kind == AclKind.RELATION && row.letter("relkind") == 'S' ? AclKind.SEQUENCE : kind, row));
                }
            }
        }
        owned.sort(Comparator.comparingLong(o -> Integer.toUnsignedLong(o.row.number("oid"))));
        return owned;
    }

    List<CatalogRow> eventTriggers(int role) {
        return catalog.allRows("pg_event_trigger").stream().filter(row -> row.number("evtowner") == role).toList();
    }

    /** The role's operators, which have no privileges. */
    List<Ref> operators(int role) {
        return catalog.allRows("pg_operator").stream().filter(row -> row.number("oprowner") == role)
                .map(row -> new Ref(Dependencies.OPERATOR, row.number("oid"), 0)).toList();
    }

    /** What belongs to the role without having privileges of its own. */
    List<Ref> plain(int role) {
        List<Ref> owned = new ArrayList<>(operators(role));
        catalog.allRows("pg_user_mapping").stream().filter(row -> row.number("umuser") == role)
                .forEach(row -> owned.add(new Ref(Dependencies.USER_MAPPING, row.number("oid"), 0)));
        eventTriggers(role).forEach(row -> owned.add(new Ref(Dependencies.EVENT_TRIGGER, row.number("oid"), 0)));
        return owned;
    }

    /** The policies that name the role. */
    List<Ref> policies(int role) {
        return catalog.allRows("pg_policy").stream().filter(row -> row.numbers("polroles").contains(role))
                .map(row -> new Ref(Dependencies.POLICY, row.number("oid"), 0)).toList();
    }

    private boolean isWhole(AclKind kind, CatalogRow row) {
        return switch (kind) {
            case RELATION, SEQUENCE -> "rvmSfp".indexOf(row.letter("relkind")) >= 0;
            case TYPE -> !(row.number("typelem") != 0 && row.number("typsubscript") == 6179) && row.letter("typtype") != 'm'
                    && (row.number("typrelid") == 0 || catalog.relation(row.number("typrelid")).map(r -> r.kind() == 'c').orElse(false));
            case COLUMN, DATABASE, FUNCTION, LANGUAGE, SCHEMA, TABLESPACE, PARAMETER, FOREIGN_DATA_WRAPPER, FOREIGN_SERVER, LARGE_OBJECT -> true;
        };
    }

    /** The ACLs that name the role, of objects that somebody else owns. */
    List<Granted> grantedTo(int role) {
        List<Granted> granted = new ArrayList<>();
        List<AclKind> kinds = new ArrayList<>(Owners.kinds());
        kinds.add(AclKind.COLUMN);
        kinds.add(AclKind.PARAMETER);
        for (AclKind kind : kinds) {
            for (CatalogRow row : catalog.allRows(kind.catalog())) {
                Acl.of(row.get(kind.aclColumn())).filter(a -> a.mentions(role) && !owns(kind, row, role))
                        .ifPresent(a -> granted.add(new Granted(kind, row, a)));
            }
        }
        return granted;
    }

    private boolean owns(AclKind kind, CatalogRow row, int role) {
        return kind == AclKind.COLUMN ? catalog.relation(row.number("attrelid")).map(r -> r.owner() == role).orElse(false)
                : kind.owned() && kind.owner(row) == role;
    }
}
