package org.gajah.sysfunc;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

import org.gajah.analyze.Names;
import org.gajah.analyze.Updatability;
import org.gajah.base.Slice;
import org.gajah.catalog.PolicyRights;
import org.gajah.catalog.Rights;

/** What pg_stat_activity is made of, and other functions about the state of the server. */
public final class StatusFunctions {
    private static final int ACTIVITY_COLUMNS = 31;
    /** The role pg_read_all_stats. */
    private static final int READ_ALL_STATS = 3375;
    private static final Slice HIDDEN = Slice.of("<insufficient privilege>");

    private StatusFunctions() {
    }

    /** The rows of pg_stat_activity, of one session or of all. */
    public static Iterator<Object[]> pg_stat_get_activity(SystemContext context, Integer processId) {
        IntPredicate watched = watchedRoles(context);
        return context.sessions().stream().filter(s -> processId == null || s.processId() == processId).map(s -> row(s, watched.test(s.role()))).iterator();
    }

    /** Whose sessions the role may look into: its own ones, those of the roles whose rights it has, or all. */
    private static IntPredicate watchedRoles(SystemContext context) {
        Rights rights = new PrivilegeQuestion(context).rights();
        int watcher = context.currentRole().oid();
        boolean all = rights.has(watcher, READ_ALL_STATS);
        return role -> all || rights.has(watcher, role);
    }

    private static Object[] row(SystemContext.SessionInfo s, boolean open) {
        Object[] row = new Object[ACTIVITY_COLUMNS];
        row[0] = s.database();
        row[1] = s.processId();
        row[2] = s.role();
        row[3] = Slice.of(s.applicationName());
        if (!open) {
            row[5] = HIDDEN;
            return row;
        }
        row[4] = Slice.of(s.state());
        row[5] = Slice.of(s.statement());
        row[8] = s.transactionMicros() == 0 ? null : (Object) s.transactionMicros();
        row[9] = s.statementMicros() == 0 ? null : (Object) s.statementMicros();
        row[10] = s.startedMicros();
        row[11] = s.stateMicros() == 0 ? null : (Object) s.stateMicros();
        row[14] = s.client().map(c -> (Object) c.getPort()).orElse(null);
        row[17] = Slice.of("client backend");
        row[18] = false;
        row[25] = false;
        row[27] = false;
        row[28] = false;
        return row;
    }

    /** What pg_stat_progress_... views are made of. */
    public static Iterator<Object[]> pg_stat_get_progress_info(SystemContext context, Slice command) {
        IntPredicate watched = watchedRoles(context);
        return context.progress(command.toString()).stream().map(p -> row(p, watched.test(p.role()))).iterator();
    }

    private static Object[] row(SystemContext.ProgressInfo info, boolean open) {
        Object[] row = new Object[3 + Progress.VALUES];
        row[0] = info.processId();
        row[1] = info.database();
        if (!open) {
            return row;
        }
        row[2] = info.progress().relation();
        for (int i = 1; i <= Progress.VALUES; i++) {
            row[2 + i] = info.progress().value(i);
        }
        return row;
    }

    public static boolean pg_is_other_temp_schema(SystemContext context, int schema) {
        String own = "pg_temp_" + context.processId();
        Optional<String> name = context.catalog().schema(schema).map(s -> s.name());
        return name.filter(n -> n.startsWith("pg_temp_") && !n.equals(own)).isPresent();
    }

    /** The session's temporary schema, 0 if it has none. */
    public static int pg_my_temp_schema(SystemContext context) {
        return context.catalog().schema("pg_temp_" + context.processId()).map(s -> s.oid()).orElse(0);
    }

    /** Bits of what can be done to a relation: 4 update, 8 insert, 16 delete. */
    public static int pg_relation_is_updatable(SystemContext context, int relation, boolean includeTriggers) {
        return new Updatability(VisibilityFunctions.analysis(context), includeTriggers).of(relation, Optional.empty());
    }

    public static boolean pg_column_is_updatable(SystemContext context, int relation, int column, boolean includeTriggers) {
        int needed = Updatability.UPDATE | Updatability.DELETE;
        return column > 0 && (new Updatability(VisibilityFunctions.analysis(context), includeTriggers).of(relation, Optional.of(Set.of(column))) & needed) == needed;
    }

    public static int pg_encoding_max_length_sql(int encoding) {
        return encoding == 6 ? 4 : 1;
    }

    /** The transaction's id, assigned now if it has none. */
    public static long pg_current_xact_id(SystemContext context) {
        return context.transaction().assignXid();
    }

    public static Long pg_current_xact_id_if_assigned(SystemContext context) {
        long xid = context.transaction().xid();
        return xid == 0 ? null : xid;
    }

    public static boolean row_security_active(SystemContext context, int table) {
        PolicyRights rights = new PolicyRights(context.catalog(), () -> context.currentRole().oid(), () -> true);
        return context.catalog().relation(table).map(r -> rights.restricts(r, 0)).orElse(false);
    }

    /** The same of a table by its name. */
    public static boolean row_security_active_name(SystemContext context, Slice table) {
        return row_security_active(context, Names.relation(Identifiers.split(table.toString()), VisibilityFunctions.analysis(context)).oid());
    }
}
