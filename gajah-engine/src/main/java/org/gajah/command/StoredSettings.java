package org.gajah.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.DatabaseStatement;
import org.gajah.ast.RoleStatement;
import org.gajah.ast.SettingStatement;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.RoleRow;
import org.gajah.settings.SettingDefinition;
import org.gajah.settings.SettingDefinitions;
import org.gajah.settings.Settings;

/** ALTER ROLE and ALTER DATABASE ... SET: values that later sessions begin with, in pg_db_role_setting. */
final class StoredSettings {
    private final CommandContext context;

    StoredSettings(CommandContext context) {
        this.context = context;
    }

    String alterRole(RoleStatement.AlterRoleSet s) {
        context.requireWritable("ALTER ROLE");
        int role = s.role().map(r -> RoleNames.resolve(r, context).oid()).orElse(0);
        requireMayAlter(s, role);
        change(s.database().map(this::database).orElse(0), role, s.setting());
        return "ALTER ROLE";
    }

    private void requireMayAlter(RoleStatement.AlterRoleSet s, int role) {
        RoleRow current = context.currentRole();
        if (current.superuser()) {
            return;
        }
        if (role == 0 && s.database().isEmpty()) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to alter setting")
                    .detail("Only roles with the SUPERUSER attribute may alter settings globally.");
        }
        RoleRow target = context.catalog().role(role).orElse(current);
        SqlError denied = new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to alter role");
        if (target.superuser()) {
            throw denied.detail("Only roles with the SUPERUSER attribute may alter roles with the SUPERUSER attribute.");
        }
        boolean may = role == 0 || role == current.oid() || current.createRole() && context.rights().isAdmin(current.oid(), role);
        if (!may) {
            throw denied.detail("Only roles with the CREATEROLE attribute and the ADMIN option on role \"" + target.name()
                    + "\" may alter this role.");
        }
    }

    String alterDatabase(DatabaseStatement.AlterDatabaseSet s) {
        context.requireWritable("ALTER DATABASE");
        int database = database(s.name());
        CatalogRow row = context.catalog().row("pg_database", 2672, database).orElseThrow();
        context.requireOwner(row.number("datdba"), "database", s.name());
        change(database, 0, s.setting());
        return "ALTER DATABASE";
    }

    private int database(String name) {
        return context.catalog().row("pg_database", 2671, Slice.of(name)).orElseThrow(() -> new SqlError(SqlState.INVALID_CATALOG_NAME,
                "database \"" + name + "\" does not exist")).number("oid");
    }

    private void change(int database, int role, SettingStatement statement) {
        Optional<CatalogRow> old = context.catalog().row("pg_db_role_setting", 2965, database, role);
        List<String> settings = new ArrayList<>(old.map(r -> r.texts("setconfig")).orElse(List.of()));
        switch (statement) {
            case SettingStatement.Set set -> {
                String value = new SettingCommands(context).value(set.name(), set.values());
                Settings.checked(set.name(), value, context.currentRole().superuser());
                remove(settings, set.name());
                settings.add(SettingDefinitions.find(set.name()).map(SettingDefinition::name).orElse(set.name()) + "=" + value);
            }
            case SettingStatement.SetDefault d -> remove(settings, d.name());
            case SettingStatement.Reset r -> remove(settings, r.name());
            case SettingStatement.ResetAll r -> settings.clear();
            case SettingStatement.SetCurrent c -> {
                remove(settings, c.name());
                settings.add(c.name() + "=" + context.settings().get(c.name()));
            }
            default -> throw SqlError.notSupported("this form of SET is not supported here");
        }
        if (old.isPresent() && settings.isEmpty()) {
            context.writer().delete(old.get());
        } else if (old.isPresent()) {
            context.writer().update(old.get(), old.get().with("setconfig", CatalogValues.texts(settings)));
        } else if (!settings.isEmpty()) {
            context.writer().insert("pg_db_role_setting", new CatalogValues("pg_db_role_setting").set("setdatabase", database)
                    .set("setrole", role).set("setconfig", CatalogValues.texts(settings)).row());
        }
        context.changed();
    }

    private static void remove(List<String> settings, String name) {
        settings.removeIf(s -> s.substring(0, s.indexOf('=')).toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)));
    }
}
