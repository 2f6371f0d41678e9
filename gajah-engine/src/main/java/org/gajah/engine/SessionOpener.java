package org.gajah.engine;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.AclKind;
import org.gajah.catalog.Bootstrap;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.Rights;
import org.gajah.catalog.RoleRow;
import org.gajah.settings.SettingSource;
import org.gajah.settings.Settings;
import org.gajah.sysfunc.RoleSettings;
import org.gajah.type.Privilege;

/** Opens a session: finds its database and role and puts its settings together. */
final class SessionOpener {
    private final Instance instance;
    private final Cluster.ConnectionRequest request;

    SessionOpener(Instance instance, Cluster.ConnectionRequest request) {
        this.instance = instance;
        this.request = request;
    }

    SessionImpl open(int processId) {
        return instance.withCatalog(Bootstrap.TEMPLATE1, catalog -> open(processId, catalog));
    }

    private SessionImpl open(int processId, CatalogView catalog) {
        RoleRow role = catalog.role(request.user()).orElseThrow(() -> new SqlError(SqlState.INVALID_AUTHORIZATION_SPECIFICATION,
                "role \"" + request.user() + "\" does not exist"));
        if (!role.canLogin()) {
            throw new SqlError(SqlState.INVALID_AUTHORIZATION_SPECIFICATION,
                    "role \"" + role.name() + "\" is not permitted to log in");
        }
        CatalogRow database = Instance.database(request.database(), catalog).orElseThrow(() -> new SqlError(SqlState.INVALID_CATALOG_NAME,
                "database \"" + request.database() + "\" does not exist"));
        if (!database.flag("datallowconn")) {
            throw new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "database \"" + request.database() + "\" is not currently accepting connections");
        }
        requireConnect(role, database, catalog);
        Settings settings = new Settings(instance.serverSettings());
        settings.setInternal("is_superuser", role.superuser() ? "on" : "off");
        settings.setInternal("session_authorization", role.name());
        storedSettings(settings, catalog, 0, 0, SettingSource.GLOBAL);
        storedSettings(settings, catalog, database.number("oid"), 0, SettingSource.DATABASE);
        storedSettings(settings, catalog, 0, role.oid(), SettingSource.USER);
        storedSettings(settings, catalog, database.number("oid"), role.oid(), SettingSource.DATABASE_USER);
        request.settings().forEach(s -> settings.setReset(s.name(), s.value(), role.superuser(), SettingSource.CLIENT));
        requireRole(settings, catalog, role);
        return new SessionImpl(instance, processId, request, role, database.number("oid"), database.text("datname"), settings,
                database.flag("dathasloginevt"));
    }

    private void requireConnect(RoleRow role, CatalogRow database, CatalogView catalog) {
        long held = new Rights(catalog).held(role.oid(), AclKind.DATABASE, database);
        if ((held & Privilege.CONNECT.bit()) == 0) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for database \"" + request.database() + "\"")
                    .detail("User does not have CONNECT privilege.");
        }
        int limit = database.number("datconnlimit");
        if (!role.superuser() && limit >= 0 && instance.sessions().stream().filter(s -> s.database() == database.number("oid")
                && !s.authenticatedRole().superuser()).count() >= limit) {
            throw new SqlError(SqlState.TOO_MANY_CONNECTIONS, "too many connections for database \"" + request.database() + "\"");
        }
        if (!role.superuser() && role.connectionLimit() >= 0 && instance.sessions().stream()
                .filter(s -> s.authenticatedRole().oid() == role.oid()).count() >= role.connectionLimit()) {
            throw new SqlError(SqlState.TOO_MANY_CONNECTIONS, "too many connections for role \"" + role.name() + "\"");
        }
    }

    /** Whoever asks to begin as another role must be allowed to SET ROLE to it. */
    private static void requireRole(Settings settings, CatalogView catalog, RoleRow role) {
        if (!settings.get("session_authorization").equals(role.name())) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to set session authorization \""
                    + settings.get("session_authorization") + "\"");
        }
        String begin = settings.get("role");
        if (!begin.equals("none")) {
            RoleRow other = catalog.role(begin).orElseThrow(() -> new SqlError(SqlState.INVALID_PARAMETER_VALUE,
                    "role \"" + begin + "\" does not exist"));
            new RoleSettings(catalog, settings, role, role, false).requireMaySet(other);
            settings.setInternal("is_superuser", other.superuser() ? "on" : "off");
        }
    }

    /** ALTER DATABASE and ALTER ROLE ... SET: the more specific is applied later. */
    private static void storedSettings(Settings settings, CatalogView catalog, int database, int role, SettingSource source) {
        catalog.row("pg_db_role_setting", 2965, database, role).ifPresent(row -> {
            for (String setting : row.texts("setconfig")) {
                int equals = setting.indexOf('=');
                settings.setReset(setting.substring(0, equals), setting.substring(equals + 1), true, source);
            }
        });
    }
}
