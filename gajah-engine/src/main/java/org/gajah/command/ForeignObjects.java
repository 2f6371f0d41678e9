package org.gajah.command;

import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.catalog.AclKind;
import org.gajah.catalog.CatalogRow;
import org.gajah.type.Privilege;

/** Finds foreign-data wrappers and servers by name, and says who may use them. */
final class ForeignObjects {
    private final CommandContext context;

    ForeignObjects(CommandContext context) {
        this.context = context;
    }

    Optional<CatalogRow> wrapper(String name) {
        return context.catalog().row("pg_foreign_data_wrapper", 548, Slice.of(name));
    }

    CatalogRow requireWrapper(String name) {
        return wrapper(name).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT, "foreign-data wrapper \"" + name + "\" does not exist"));
    }

    Optional<CatalogRow> server(String name) {
        return context.catalog().row("pg_foreign_server", 549, Slice.of(name));
    }

    CatalogRow requireServer(String name) {
        return server(name).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT, "server \"" + name + "\" does not exist"));
    }

    Optional<CatalogRow> mapping(int user, int server) {
        return context.catalog().row("pg_user_mapping", 175, user, server);
    }

    boolean mayUse(AclKind kind, CatalogRow row) {
        return (context.rights().held(context.currentRole().oid(), kind, row) & Privilege.USAGE.bit()) != 0;
    }

    /** 42501 unless the current role may use the wrapper or server. */
    void requireUsage(AclKind kind, CatalogRow row) {
        if (!mayUse(kind, row)) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for " + kind.word() + " " + row.text(kind.nameColumn()));
        }
    }

    /** What a user mapping's user is called: 0 is everybody. */
    String userName(int user) {
        return user == 0 ? "public" : context.catalog().role(user).map(r -> r.name()).orElse(Integer.toUnsignedString(user));
    }
}
