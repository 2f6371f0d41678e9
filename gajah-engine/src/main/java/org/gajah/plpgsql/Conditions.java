package org.gajah.plpgsql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/** Conditions by name (manual, appendix A): the SQLSTATEs that each means. */
final class Conditions {
    private Conditions() {
    }

    /** The SQLSTATEs of a condition; 42704 if there is none of the name. */
    static List<String> states(String name) {
        List<String> states = new ArrayList<>();
        String wanted = name.toUpperCase(Locale.ROOT);
        for (SqlState state : SqlState.values()) {
            if (state.name().equals(wanted) || state.name().equals("EXTERNAL_" + wanted) || state.name().equals("WARNING_" + wanted)) {
                states.add(state.code());
            }
        }
        if (states.isEmpty()) {
            throw new SqlError(SqlState.UNDEFINED_OBJECT, "unrecognized exception condition \"" + name + "\"");
        }
        return states;
    }

    /** Whether one of them covers it. */
    static boolean covers(List<String> states, String error) {
        for (int i = 0; i < states.size(); i++) {
            if (covers(states.get(i), error)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a handler for {@code state} takes an error; one that ends in 000 takes its class, and OTHERS all but cancels and failed asserts. */
    static boolean covers(String state, String error) {
        if (state.isEmpty()) {
            return !error.equals(SqlState.QUERY_CANCELED.code()) && !error.equals(SqlState.ASSERT_FAILURE.code());
        }
        return state.equals(error) || state.endsWith("000") && error.startsWith(state.substring(0, 2));
    }
}
