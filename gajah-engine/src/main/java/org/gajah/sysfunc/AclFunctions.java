package org.gajah.sysfunc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.catalog.Acl;
import org.gajah.catalog.AclKind;
import org.gajah.catalog.CatalogRow;
import org.gajah.type.AclItem;
import org.gajah.type.ArrayValue;
import org.gajah.type.Privilege;

/** Functions over ACLs as values. PostgreSQL manual, table 9.76. */
public final class AclFunctions {
    private AclFunctions() {
    }

    public static boolean aclitem_eq(Slice a, Slice b) {
        return a.equals(b);
    }

    /** A row for each privilege of each item. */
    public static Iterator<Object[]> aclexplode(ArrayValue acl) {
        List<Object[]> rows = new ArrayList<>();
        for (AclItem item : Acl.of(acl).orElseThrow().items()) {
            for (Privilege p : Privilege.values()) {
                if ((item.privileges() & p.bit()) != 0) {
                    rows.add(new Object[] {item.grantor(), item.grantee(), Slice.of(p.words()), (item.options() & p.bit()) != 0});
                }
            }
        }
        return rows.iterator();
    }

    /** What holds for an object of this kind as long as nothing is granted. */
    public static ArrayValue acldefault_sql(int kind, int owner) {
        AclKind of = switch ((char) kind) {
            case 'c' -> AclKind.COLUMN;
            case 'r' -> AclKind.RELATION;
            case 's' -> AclKind.SEQUENCE;
            case 'd' -> AclKind.DATABASE;
            case 'f' -> AclKind.FUNCTION;
            case 'l' -> AclKind.LANGUAGE;
            case 'L' -> AclKind.LARGE_OBJECT;
            case 'n' -> AclKind.SCHEMA;
            case 'p' -> AclKind.PARAMETER;
            case 't' -> AclKind.TABLESPACE;
            case 'F' -> AclKind.FOREIGN_DATA_WRAPPER;
            case 'S' -> AclKind.FOREIGN_SERVER;
            case 'T' -> AclKind.TYPE;
            default -> throw new SqlError(SqlState.INTERNAL_ERROR, "unrecognized object type abbreviation: " + (char) kind);
        };
        return of.initial(owner).value();
    }

    public static Slice makeaclitem(int grantee, int grantor, Slice privileges, boolean option) {
        long bits = 0;
        for (String part : privileges.toString().split(",", -1)) {
            bits |= Privilege.named(part.strip()).orElseThrow(() -> new SqlError(SqlState.INVALID_PARAMETER_VALUE,
                    "unrecognized privilege type: \"" + part.strip() + "\"")).bit();
        }
        return new AclItem(grantee, grantor, bits, option ? bits : 0).toSlice();
    }

    /** Whether somebody has by the list what the item says. */
    public static boolean aclcontains(ArrayValue acl, Slice item) {
        AclItem wanted = AclItem.of(item);
        return Acl.of(acl).orElseThrow().items().stream().anyMatch(i -> i.grantee() == wanted.grantee() && i.grantor() == wanted.grantor()
                && (wanted.privileges() & ~i.privileges()) == 0 && (wanted.options() & ~i.options()) == 0);
    }

    public static ArrayValue aclinsert(ArrayValue acl, Slice item) {
        throw SqlError.notSupported("aclinsert is no longer supported");
    }

    public static ArrayValue aclremove(ArrayValue acl, Slice item) {
        throw SqlError.notSupported("aclremove is no longer supported");
    }

    /** The ACL of any object; null if it has none or there is no such object. */
    public static ArrayValue pg_get_acl(SystemContext context, int catalog, int object, int column) {
        if (column != 0 && catalog == 1259) {
            return context.catalog().row("pg_attribute", 2659, object, column).map(r -> (ArrayValue) r.get("attacl")).orElse(null);
        }
        Optional<AclKind> kind = Arrays.stream(AclKind.values()).filter(k -> k != AclKind.COLUMN && k != AclKind.LARGE_OBJECT
                && org.gajah.catalog.SystemTable.of(k.catalog()).oid() == catalog).findFirst();
        Optional<CatalogRow> row = kind.flatMap(k -> context.catalog().row(k.catalog(), k.index(), object));
        return row.map(r -> (ArrayValue) r.get(kind.get().aclColumn())).orElse(null);
    }
}
