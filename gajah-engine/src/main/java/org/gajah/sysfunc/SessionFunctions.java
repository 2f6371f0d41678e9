package org.gajah.sysfunc;

import java.util.ArrayList;
import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.catalog.SchemaRow;
import org.gajah.settings.Settings;
import org.gajah.type.ArrayValue;
import org.gajah.type.Oids;
import org.gajah.vector.BytesVector;

/** Functions about the session and the server. PostgreSQL manual, sections 9.27 and 9.28. */
public final class SessionFunctions {
    private static final int MICROS_PER_SECOND = 1_000_000;

    private SessionFunctions() {
    }

    public static Slice pgsql_version(SystemContext context) {
        return Slice.of("PostgreSQL " + context.serverSettings().get("server_version") + " (Gajah 0.1.0, Java "
                + Runtime.version().feature() + ")");
    }

    public static Slice current_database(SystemContext context) {
        return Slice.of(context.databaseName());
    }

    public static Slice current_schema(SystemContext context) {
        return context.searchPath(false).stream().findFirst().flatMap(context.catalog()::schema).map(s -> Slice.of(s.name())).orElse(null);
    }

    public static ArrayValue current_schemas(SystemContext context, boolean implicit) {
        List<String> names = new ArrayList<>();
        context.searchPath(implicit).forEach(oid -> context.catalog().schema(oid).map(SchemaRow::name).ifPresent(names::add));
        BytesVector elements = new BytesVector(Math.max(1, names.size()));
        for (int i = 0; i < names.size(); i++) {
            elements.put(i, Slice.of(names.get(i)));
        }
        return ArrayValue.of(Oids.NAME, elements, names.size());
    }

    public static Slice current_user(SystemContext context) {
        return Slice.of(context.currentRole().name());
    }

    public static Slice session_user(SystemContext context) {
        return Slice.of(context.sessionRole().name());
    }

    public static int pg_backend_pid(SystemContext context) {
        return context.processId();
    }

    /** set_config, which is not strict: a null value is the default. */
    public static Slice set_config_by_name(SystemContext context, Slice name, Slice value, Boolean isLocal) {
        if (name == null) {
            throw new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, "SET requires parameter name");
        }
        Settings settings = context.settings();
        String text = value == null ? settings.resetValue(name.toString()) : value.toString();
        if (RoleSettings.isOne(name.toString())) {
            new RoleSettings(context.catalog(), settings, context.sessionRole(), context.authenticatedRole(), context.isUnderDefiner())
                    .set(name.toString(), text, Boolean.TRUE.equals(isLocal));
            return Slice.of(text);
        }
        settings.set(name.toString(), text, Boolean.TRUE.equals(isLocal), context.currentRole().superuser());
        return Slice.of(settings.show(name.toString()));
    }

    public static boolean pg_is_in_recovery(SystemContext context) {
        return false;
    }

    public static long pg_postmaster_start_time(SystemContext context) {
        return context.serverStartMicros();
    }

    public static long pg_conf_load_time(SystemContext context) {
        return context.serverStartMicros();
    }

    public static boolean pg_cancel_backend(SystemContext context, int processId) {
        return signalled(context, processId, context.cancelSession(processId));
    }

    public static boolean pg_terminate_backend(SystemContext context, int processId, long timeoutMillis) {
        return signalled(context, processId, context.terminateSession(processId));
    }

    private static boolean signalled(SystemContext context, int processId, boolean found) {
        if (!found) {
            context.message("WARNING", new SqlError(SqlState.WARNING, "PID " + processId + " is not a PostgreSQL backend process"));
        }
        return found;
    }

    /** Sleeps in short pieces, so that a cancel ends it. */
    public static void pg_sleep(SystemContext context, double seconds) {
        long end = context.clockMicros() + (long) Math.min(seconds * MICROS_PER_SECOND, Long.MAX_VALUE / 4.0);
        context.sleepUntil(end);
    }

    public static Slice getdatabaseencoding(SystemContext context) {
        return Slice.of("UTF8");
    }

    public static Slice pg_client_encoding(SystemContext context) {
        return Slice.of(context.settings().get("client_encoding"));
    }
}
