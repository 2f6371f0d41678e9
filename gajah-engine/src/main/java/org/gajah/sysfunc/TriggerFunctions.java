package org.gajah.sysfunc;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/** The built-in trigger functions as SQL calls them, which it must not; triggers call those that they may by other ways. */
public final class TriggerFunctions {
    private TriggerFunctions() {
    }

    public static Object suppress_redundant_updates_trigger(SystemContext context) {
        throw new SqlError(SqlState.TRIGGER_PROTOCOL_VIOLATED, "suppress_redundant_updates_trigger: must be called as trigger");
    }

    public static Object unique_key_recheck(SystemContext context) {
        throw new SqlError(SqlState.TRIGGER_PROTOCOL_VIOLATED, "function \"unique_key_recheck\" was not called by trigger manager");
    }
}
