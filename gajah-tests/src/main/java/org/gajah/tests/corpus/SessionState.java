package org.gajah.tests.corpus;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whether a file's session has something that ends with it: settings, prepared statements, cursors, temporary tables, session locks,
 * {@code currval}, a role. From the first such statement on a file is no longer restarted between records.
 */
final class SessionState {
    private static final Pattern LEAVES_STATE = Pattern.compile("(?s)^(set|reset|prepare|declare|listen|load|discard|lock|begin|start)\\b.*"
            + "|.*\\b(temp|temporary|pg_temp|set_config|setseed|currval|lastval|nextval|pg_advisory\\w*|pg_try_advisory\\w*|pg_backend_pid"
            + "|pg_notify|pg_stat_\\w+|with hold|open|pg_export_snapshot|txid_current|pg_current_xact_id)\\b.*");
    private boolean something;

    void note(CorpusRecord record) {
        something |= LEAVES_STATE.matcher(record.statement().strip().toLowerCase(Locale.ROOT)).matches() || record.has("user")
                || record.has("session");
    }

    boolean isNothing() {
        return !something;
    }
}
