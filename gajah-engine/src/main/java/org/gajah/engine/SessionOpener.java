package org.gajah.engine;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.Bootstrap;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.RoleRow;
import org.gajah.settings.Settings;

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
        Settings settings = new Settings(instance.serverSettings());
        settings.setInternal("is_superuser", role.superuser() ? "on" : "off");
        settings.setInternal("session_authorization", role.name());
        storedSettings(settings, catalog, 0, role.oid());
        storedSettings(settings, catalog, database.number("oid"), 0);
        storedSettings(settings, catalog, database.number("oid"), role.oid());
        request.settings().forEach(s -> settings.setReset(s.name(), s.value(), role.superuser()));
        return new SessionImpl(instance, processId, request, role, database.number("oid"), database.text("datname"), settings);
    }

    /** ALTER DATABASE and ALTER ROLE ... SET: the more specific is applied later. */
    private static void storedSettings(Settings settings, CatalogView catalog, int database, int role) {
        catalog.row("pg_db_role_setting", 2965, database, role).ifPresent(row -> {
            for (String setting : row.texts("setconfig")) {
                int equals = setting.indexOf('=');
                settings.setReset(setting.substring(0, equals), setting.substring(equals + 1), true);
            }
        });
    }
}
