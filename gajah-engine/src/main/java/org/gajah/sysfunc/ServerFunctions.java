package org.gajah.sysfunc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.gajah.base.Slice;
import org.gajah.func.TemplateFunctions;
import org.gajah.type.Calendar;
import org.gajah.type.Interval;
import org.gajah.type.TimeZoneRules;
import org.gajah.type.TimeZones;

/** Who is connected, what the session is doing, which time zones there are, what the server is able to do. */
public final class ServerFunctions {
    private ServerFunctions() {
    }

    static Slice address(InetAddress address) {
        byte[] bytes = address.getAddress();
        byte[] value = new byte[bytes.length + 2];
        value[0] = (byte) (bytes.length == 4 ? 4 : 6);
        value[1] = (byte) (bytes.length * 8);
        System.arraycopy(bytes, 0, value, 2, bytes.length);
        return Slice.of(value);
    }

    public static Slice inet_client_addr(SystemContext context) {
        return context.clientAddress().map(InetSocketAddress::getAddress).map(ServerFunctions::address).orElse(null);
    }

    public static Integer inet_client_port(SystemContext context) {
        return context.clientAddress().map(InetSocketAddress::getPort).orElse(null);
    }

    /** Null where there is no connection over the network; otherwise the loopback, the only address that is sure to be ours. */
    public static Slice inet_server_addr(SystemContext context) {
        return context.clientAddress().map(c -> address(InetAddress.getLoopbackAddress())).orElse(null);
    }

    public static Integer inet_server_port(SystemContext context) {
        return context.clientAddress().map(c -> Integer.valueOf(context.settings().get("port"))).orElse(null);
    }

    /** The client's text. */
    public static Slice current_query(SystemContext context) {
        return session(context, context.processId()).map(s -> Slice.of(s.statement())).orElse(null);
    }

    /** Null: no method of authentication here has an identity of its own. */
    public static Slice system_user(SystemContext context) {
        return null;
    }

    public static Slice timeofday(SystemContext context) {
        return TemplateFunctions.timestamptz_to_char(context, context.clockMicros(), Slice.of("Dy Mon DD HH24:MI:SS.US YYYY TZ"));
    }

    public static int pg_trigger_depth(SystemContext context) {
        return context.triggerDepth();
    }

    public static boolean pg_jit_available(SystemContext context) {
        return false;
    }

    public static boolean pg_numa_available(SystemContext context) {
        return false;
    }

    // ---- sessions ----

    private static Optional<SystemContext.SessionInfo> session(SystemContext context, int processId) {
        return context.sessions().stream().filter(s -> s.processId() == processId).findFirst();
    }

    private static Long moment(long micros) {
        return micros == 0 ? null : micros;
    }

    public static Iterator<Object> pg_stat_get_backend_idset(SystemContext context) {
        return context.sessions().stream().map(s -> (Object) s.processId()).iterator();
    }

    public static Integer pg_stat_get_backend_pid(SystemContext context, int backend) {
        return session(context, backend).map(SystemContext.SessionInfo::processId).orElse(null);
    }

    public static Integer pg_stat_get_backend_dbid(SystemContext context, int backend) {
        return session(context, backend).map(SystemContext.SessionInfo::database).orElse(null);
    }

    public static Integer pg_stat_get_backend_userid(SystemContext context, int backend) {
        return session(context, backend).map(SystemContext.SessionInfo::role).orElse(null);
    }

    public static Slice pg_stat_get_backend_activity(SystemContext context, int backend) {
        return session(context, backend).map(s -> Slice.of(s.statement())).orElse(null);
    }

    public static Long pg_stat_get_backend_activity_start(SystemContext context, int backend) {
        return session(context, backend).map(s -> moment(s.statementMicros())).orElse(null);
    }

    public static Long pg_stat_get_backend_xact_start(SystemContext context, int backend) {
        return session(context, backend).map(s -> moment(s.transactionMicros())).orElse(null);
    }

    public static Long pg_stat_get_backend_start(SystemContext context, int backend) {
        return session(context, backend).map(s -> moment(s.startedMicros())).orElse(null);
    }

    public static Slice pg_stat_get_backend_client_addr(SystemContext context, int backend) {
        return session(context, backend).flatMap(SystemContext.SessionInfo::client).map(c -> address(c.getAddress())).orElse(null);
    }

    public static Integer pg_stat_get_backend_client_port(SystemContext context, int backend) {
        return session(context, backend).flatMap(SystemContext.SessionInfo::client).map(InetSocketAddress::getPort).orElse(null);
    }

    /** Null: what a session waits for is not told. */
    public static Slice pg_stat_get_backend_wait_event(SystemContext context, int backend) {
        return null;
    }

    public static Slice pg_stat_get_backend_wait_event_type(SystemContext context, int backend) {
        return null;
    }

    public static int pg_stat_get_db_numbackends(SystemContext context, int database) {
        return (int) context.sessions().stream().filter(s -> s.database() == database).count();
    }

    /** As estimated when the table was analyzed last. */
    public static long pg_stat_get_live_tuples(SystemContext context, int table) {
        return context.catalog().relation(table).map(r -> Math.max(0, (long) r.rowEstimate())).orElse(0L);
    }

    // ---- time zones ----

    private static Object[] zone(String name, long now) {
        TimeZoneRules zone = TimeZones.get(name);
        int offset = TimeZones.offsetAt(zone, now);
        boolean daylight = zone.rules().isDaylightSavings(
                java.time.Instant.ofEpochSecond(Math.floorDiv(now, Calendar.MICROS_PER_SECOND) + Calendar.UNIX_SECONDS));
        String abbreviation = TimeZones.abbreviationAt(zone, now).orElseGet(() -> numeric(offset));
        return new Object[] {Slice.of(name), Slice.of(abbreviation), new Interval(0, 0, offset * Calendar.MICROS_PER_SECOND), daylight};
    }

    private static String numeric(int offset) {
        int minutes = Math.abs(offset) / 60;
        return String.format(Locale.ROOT, "%s%02d%s", offset < 0 ? "-" : "+", minutes / 60,
                minutes % 60 == 0 ? "" : String.format(Locale.ROOT, "%02d", minutes % 60));
    }

    public static Iterator<Object[]> pg_timezone_names(SystemContext context) {
        return TimeZones.names().stream().map(name -> zone(name, context.clockMicros())).iterator();
    }

    private static Object[] abbreviation(String name) {
        return new Object[] {Slice.of(name.toUpperCase(Locale.ROOT)),
            new Interval(0, 0, TimeZones.abbreviationOffset(name).orElseThrow() * Calendar.MICROS_PER_SECOND), TimeZones.isDaylight(name)};
    }

    public static Iterator<Object[]> pg_timezone_abbrevs_abbrevs(SystemContext context) {
        return TimeZones.abbreviations().stream().map(ServerFunctions::abbreviation).iterator();
    }

    /** The abbreviations that the session's zone itself knows come with the others. */
    public static Iterator<Object[]> pg_timezone_abbrevs_zone(SystemContext context) {
        return List.<Object[]>of().iterator();
    }

    // ---- what the session holds ----

    public static Iterator<Object[]> pg_cursor(SystemContext context) {
        return context.cursors().stream().map(c -> new Object[] {Slice.of(c.name()), c.statement(), c.hold(), c.binary(), c.scroll(),
            c.createdMicros()}).iterator();
    }

    public static Iterator<Object[]> pg_prepared_statement(SystemContext context) {
        List<Object[]> rows = new ArrayList<>();
        for (SystemContext.PreparedInfo p : context.preparedStatements()) {
            rows.add(new Object[] {Slice.of(p.name()), p.statement(), p.preparedMicros(), types(p.parameterTypes()),
                p.resultTypes().map(ServerFunctions::types).orElse(null), p.fromSql(),
                p.runs(), 0L});
        }
        return rows.iterator();
    }

    private static org.gajah.type.ArrayValue types(List<Integer> oids) {
        org.gajah.vector.IntVector elements = new org.gajah.vector.IntVector(Math.max(1, oids.size()));
        for (int i = 0; i < oids.size(); i++) {
            elements.put(i, oids.get(i));
        }
        return org.gajah.type.ArrayValue.of(org.gajah.type.Oids.REGTYPE, elements, oids.size());
    }

    /** None: transactions cannot be prepared. */
    public static Iterator<Object[]> pg_prepared_xact(SystemContext context) {
        return List.<Object[]>of().iterator();
    }

    /** None is there to be had. */
    public static Iterator<Object[]> pg_available_extensions(SystemContext context) {
        return List.<Object[]>of().iterator();
    }

    public static Iterator<Object[]> pg_available_extension_versions(SystemContext context) {
        return List.<Object[]>of().iterator();
    }

    /** None: there is no replication. */
    public static Iterator<Object[]> pg_get_replication_slots(SystemContext context) {
        return List.<Object[]>of().iterator();
    }

    public static Iterator<Object[]> pg_show_replication_origin_status(SystemContext context) {
        return List.<Object[]>of().iterator();
    }
}
