package org.gajah.sysfunc;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.Rights;
import org.gajah.catalog.RoleRow;
import org.gajah.settings.AccessLine;
import org.gajah.settings.FileCheck;
import org.gajah.settings.FileLine;
import org.gajah.settings.SettingDefinition;
import org.gajah.settings.SettingDefinitions;
import org.gajah.settings.SettingFiles;
import org.gajah.settings.SettingSource;
import org.gajah.settings.Settings;
import org.gajah.type.ArrayValue;
import org.gajah.type.Oids;
import org.gajah.vector.BytesVector;

/** The settings and the files they come from, as functions and the views over them show them. */
public final class ConfigurationFunctions {
    private ConfigurationFunctions() {
    }

    private static boolean readsAll(CatalogView catalog, RoleRow role) {
        return new Rights(catalog).has(role.oid(), Rights.READ_ALL_SETTINGS);
    }

    /** Whether the role may see this setting's value. */
    public static boolean mayShow(CatalogView catalog, RoleRow role, SettingDefinition setting) {
        return !setting.isSecret() || readsAll(catalog, role);
    }

    /** 42501 unless the role may see the value of the setting of this name. */
    public static void requireMayShow(CatalogView catalog, RoleRow role, String name) {
        SettingDefinitions.find(name).filter(d -> !mayShow(catalog, role, d)).ifPresent(d -> {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to examine \"" + d.name() + "\"")
                    .detail("Only roles with privileges of the \"pg_read_all_settings\" role may examine this parameter.");
        });
    }

    /** The rows of pg_settings. */
    public static Iterator<Object[]> show_all_settings(SystemContext context) {
        boolean all = readsAll(context.catalog(), context.currentRole());
        return SettingDefinitions.all().stream().filter(d -> !d.flags().contains("NO_SHOW_ALL")).filter(d -> all || !d.isSecret())
                .map(d -> row(d, context, all)).iterator();
    }

    private static Object[] row(SettingDefinition d, SystemContext context, boolean all) {
        Settings settings = context.settings();
        SettingSource source = settings.source(d.name());
        boolean inFile = all && source.file().isPresent();
        return new Object[] {Slice.of(d.name()), Slice.of(settings.get(d.name())), text(d.unit()), Slice.of(d.category()),
            Slice.of(d.shortDescription()), d.extraDescription().map(Slice::of).orElse(null), Slice.of(d.context().text()),
            Slice.of(d.kind().name().toLowerCase(Locale.ROOT)), Slice.of(source.text()), text(d.minimum()), text(d.maximum()),
            d.labels().isEmpty() ? null : texts(d.labels()), SettingDefinitions.isBootUnknown(d.name()) ? null : Slice.of(d.boot()),
            Slice.of(settings.resetValue(d.name())),
            inFile ? Slice.of(source.file().get()) : null, inFile ? source.line() : null,
            context.serverSettings().isPendingRestart(d.name())};
    }

    private static Slice text(String value) {
        return value.isEmpty() ? null : Slice.of(value);
    }

    private static ArrayValue texts(List<String> values) {
        BytesVector elements = new BytesVector(values.size());
        for (int i = 0; i < values.size(); i++) {
            elements.put(i, Slice.of(values.get(i)));
        }
        return ArrayValue.of(Oids.TEXT, elements, values.size());
    }

    /** current_setting. */
    public static Slice show_config_by_name(SystemContext context, Slice name) {
        requireMayShow(context.catalog(), context.currentRole(), name.toString());
        return Slice.of(context.settings().show(name.toString()));
    }

    public static Slice show_config_by_name_missing_ok(SystemContext context, Slice name, boolean missingOk) {
        requireMayShow(context.catalog(), context.currentRole(), name.toString());
        return missingOk ? context.settings().showIfPresent(name.toString()).map(Slice::of).orElse(null) : show_config_by_name(context, name);
    }

    /** Has the server read its files again; a server without files has nothing to read. */
    public static boolean pg_reload_conf(SystemContext context) {
        context.serverSettings().files().ifPresent(SettingFiles::reload);
        return true;
    }

    /** The rows of pg_file_settings: what the files say now and what a reload would make of it. */
    public static Iterator<Object[]> show_all_file_settings(SystemContext context) {
        List<FileLine> lines = context.serverSettings().files().map(SettingFiles::lines).orElse(List.of());
        List<Object[]> rows = new ArrayList<>();
        for (FileCheck.Verdict verdict : context.serverSettings().check(lines).verdicts()) {
            FileLine line = verdict.line();
            boolean named = line.error().isEmpty();
            rows.add(new Object[] {Slice.of(line.file()), line.line() == 0 ? null : line.line(), rows.size() + 1, named ? Slice.of(line.name()) : null,
                named ? Slice.of(line.value()) : null, verdict.applied(), verdict.error().map(Slice::of).orElse(null)});
        }
        return rows.iterator();
    }

    /** The rows of pg_hba_file_rules. */
    public static Iterator<Object[]> pg_hba_file_rules(SystemContext context) {
        return context.serverSettings().files().map(SettingFiles::accessLines).orElse(List.of()).stream()
                .map(ConfigurationFunctions::row).iterator();
    }

    private static Object[] row(AccessLine line) {
        Slice file = Slice.of(line.file());
        if (line.error().isPresent()) {
            return new Object[] {null, file, line.line(), null, null, null, null, null, null, null, Slice.of(line.error().get())};
        }
        return new Object[] {line.number(), file, line.line(), Slice.of(line.type()), texts(line.databases()), texts(line.users()),
            text(line.address()), text(line.netmask()), Slice.of(line.method()), null, null};
    }

    /** The rows of pg_ident_file_mappings: there is no method that maps names. */
    public static Iterator<Object[]> pg_ident_file_mappings(SystemContext context) {
        return List.<Object[]>of().iterator();
    }
}
