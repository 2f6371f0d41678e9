package org.gajah.command;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.gajah.analyze.Names;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.SettingStatement;
import org.gajah.ast.SettingStatement.SettingValue;
import org.gajah.ast.TransactionStatement.TransactionModes;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.catalog.AclKind;
import org.gajah.catalog.RoleRow;
import org.gajah.settings.SettingDefinition;
import org.gajah.settings.SettingDefinitions;
import org.gajah.settings.SessionZone;
import org.gajah.settings.SettingFiles;
import org.gajah.settings.Settings;
import org.gajah.sysfunc.ConfigurationFunctions;
import org.gajah.sysfunc.Identifiers;
import org.gajah.sysfunc.RoleSettings;
import org.gajah.type.Interval;
import org.gajah.type.IntervalParser;
import org.gajah.type.IntervalText;
import org.gajah.type.Privilege;
import org.gajah.type.TypeContext;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;

/** SET, RESET, SHOW and SET SESSION CHARACTERISTICS. */
final class SettingCommands {
    private final CommandContext context;
    private final Settings settings;

    SettingCommands(CommandContext context) {
        this.context = context;
        this.settings = context.settings();
    }

    String run(SettingStatement statement, CommandOutput output) {
        return switch (statement) {
            case SettingStatement.Set s -> {
                set(s);
                yield "SET";
            }
            case SettingStatement.SetDefault s -> {
                setDefault(s.name(), s.local());
                yield "SET";
            }
            case SettingStatement.Reset r -> {
                reset(r.name());
                yield "RESET";
            }
            case SettingStatement.ResetAll r -> {
                settings.resetAll();
                yield "RESET";
            }
            case SettingStatement.Show s -> {
                show(s.name(), output);
                yield "SHOW";
            }
            case SettingStatement.SetTransaction s -> {
                sessionCharacteristics(s.modes());
                yield "SET";
            }
            case SettingStatement.AlterSystem a -> {
                alterSystem(a.setting());
                yield "ALTER SYSTEM";
            }
            case SettingStatement.SetTransactionSnapshot s -> throw SqlError.notSupported("SET TRANSACTION SNAPSHOT is not supported");
            case SettingStatement.SetCurrent s -> throw new SqlError(SqlState.SYNTAX_ERROR, "SET ... FROM CURRENT is not allowed here");
            case SettingStatement.Discard d -> throw new IllegalStateException("DISCARD is the session's");
        };
    }

    /** Whether the current role may set what superusers may: by itself, or because that was granted for the setting. */
    private boolean maySet(String name) {
        RoleRow role = context.currentRole();
        String key = SettingDefinitions.find(name).map(SettingDefinition::name).orElse(name).toLowerCase(Locale.ROOT);
        return role.superuser() || context.catalog().row("pg_parameter_acl", 6246, Slice.of(key))
                .map(r -> (context.rights().held(role.oid(), AclKind.PARAMETER, r) & Privilege.SET.bit()) != 0).orElse(false);
    }

    private RoleSettings roles() {
        return new RoleSettings(context.catalog(), settings, context.sessionRole(), context.authenticatedRole(), context.isUnderDefiner());
    }

    private void set(SettingStatement.Set s) {
        warnOfLocal(s.local());
        String value = value(s.name(), s.values());
        if (RoleSettings.isOne(s.name())) {
            roles().set(s.name(), value, s.local());
        } else {
            settings.set(s.name(), value, s.local(), maySet(s.name()));
        }
    }

    private void warnOfLocal(boolean local) {
        if (local && !context.isInsideBlock()) {
            context.message("WARNING", new SqlError(SqlState.NO_ACTIVE_SQL_TRANSACTION, "SET LOCAL can only be used in transaction blocks"));
        }
    }

    private void setDefault(String name, boolean local) {
        warnOfLocal(local);
        if (RoleSettings.isOne(name)) {
            roles().set(name, settings.resetValue(name), local);
        } else if (local) {
            settings.set(name, settings.resetValue(name), true, maySet(name));
        } else {
            reset(name);
        }
    }

    private void reset(String name) {
        if (RoleSettings.isOne(name)) {
            roles().reset(name);
        } else {
            settings.reset(name, maySet(name));
        }
    }

    /** The values as one text: a list setting quotes its parts where they need it, others take a single one. */
    String value(String name, List<SettingValue> values) {
        Optional<SettingDefinition> definition = SettingDefinitions.find(name);
        boolean isList = definition.map(d -> d.name().equals("search_path") || d.name().equals("DateStyle")
                || d.name().endsWith("_preload_libraries") || d.name().equals("temp_tablespaces")).orElse(false);
        boolean isPath = definition.map(d -> d.name().equals("search_path") || d.name().equals("temp_tablespaces")).orElse(false);
        if (values.size() > 1 && !isList) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "SET " + name + " takes only one argument");
        }
        return values.stream().map(v -> switch (v) {
            case SettingValue.Text t -> isPath ? Identifiers.quote(t.value()) : t.value();
            case SettingValue.Number n -> n.value();
            case SettingValue.Interval i -> zone(i);
        }).collect(Collectors.joining(", "));
    }

    private String zone(SettingValue.Interval i) {
        TypeContext types = context.analysis().types();
        Interval ahead = IntervalParser.parse(Slice.of(i.text()), Names.type(i.type(), context.analysis()).typmod(), types);
        ByteSink text = new ByteSink();
        IntervalText.format(ahead, types.style().intervalFormat(), text);
        return SessionZone.ofInterval(ahead, text.toString());
    }

    /** ALTER SYSTEM: a line in postgresql.auto.conf, which counts from the next pg_reload_conf() on. */
    private void alterSystem(SettingStatement change) {
        context.requireOutsideBlock("ALTER SYSTEM");
        if (context.serverSettings().get("allow_alter_system").equals("off")) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "ALTER SYSTEM is not allowed in this environment");
        }
        String name = change.settingName().map(n -> SettingDefinitions.find(n).map(SettingDefinition::name).orElse(n)).orElse("");
        requireMayAlterSystem(name);
        String key = name.toLowerCase(Locale.ROOT);
        Optional<String> value = change instanceof SettingStatement.Set s ? Optional.of(value(s.name(), s.values())) : Optional.empty();
        if (!name.isEmpty()) {
            Settings.checkForFile(name, value.orElse(SettingDefinitions.find(name).map(SettingDefinition::boot).orElse("")));
        }
        if (value.filter(v -> v.indexOf('\n') >= 0).isPresent()) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "parameter value for ALTER SYSTEM must not contain a newline");
        }
        SettingFiles files = context.serverSettings().files().orElseThrow(
                () -> SqlError.notSupported("ALTER SYSTEM is not supported in a server without configuration files"));
        files.alter(kept -> {
            Map<String, String> changed = name.isEmpty() ? new LinkedHashMap<>() : new LinkedHashMap<>(kept);
            changed.remove(key);
            value.ifPresent(v -> changed.put(key, v));
            return changed;
        });
    }

    private void requireMayAlterSystem(String name) {
        RoleRow role = context.currentRole();
        boolean granted = context.catalog().row("pg_parameter_acl", 6246, Slice.of(name.toLowerCase(Locale.ROOT)))
                .map(r -> (context.rights().held(role.oid(), AclKind.PARAMETER, r) & Privilege.ALTER_SYSTEM.bit()) != 0).orElse(false);
        if (!role.superuser() && !granted) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, name.isEmpty() ? "permission denied to perform ALTER SYSTEM RESET ALL"
                    : "permission denied to set parameter \"" + name + "\"");
        }
    }

    private void sessionCharacteristics(TransactionModes modes) {
        modes.isolation().ifPresent(i -> settings.set("default_transaction_isolation", i.text(), false, false));
        modes.readOnly().ifPresent(r -> settings.set("default_transaction_read_only", r ? "on" : "off", false, false));
        modes.deferrable().ifPresent(d -> settings.set("default_transaction_deferrable", d ? "on" : "off", false, false));
    }

    private void show(String name, CommandOutput output) {
        List<List<String>> rows = new ArrayList<>();
        if (name.equals("all")) {
            for (SettingDefinition d : SettingDefinitions.all()) {
                if (!d.flags().contains("NO_SHOW_ALL") && ConfigurationFunctions.mayShow(context.catalog(), context.currentRole(), d)) {
                    rows.add(List.of(d.name(), settings.show(d.name()), d.shortDescription()));
                }
            }
        } else {
            ConfigurationFunctions.requireMayShow(context.catalog(), context.currentRole(), name);
            rows.add(List.of(settings.show(name)));
        }
        output.columns(CommandShapes.show(name));
        texts(rows, output);
    }

    /** Hands rows of texts on. */
    static void texts(List<List<String>> rows, CommandOutput output) {
        int columns = rows.isEmpty() ? 0 : rows.getFirst().size();
        Batch batch = Batch.of(Collections.nCopies(columns, Carrier.BYTES), Batch.MAX_ROWS);
        for (int from = 0; from < rows.size(); from += Batch.MAX_ROWS) {
            batch.reset();
            int count = Math.min(Batch.MAX_ROWS, rows.size() - from);
            for (int i = 0; i < count; i++) {
                for (int c = 0; c < columns; c++) {
                    batch.column(c).set(i, Slice.of(rows.get(from + i).get(c)));
                }
            }
            batch.selection().all(count);
            output.rows(batch);
        }
    }
}
