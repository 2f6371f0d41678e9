package org.gajah.func;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.type.JsonPath;
import org.gajah.type.Jsonb;
import org.gajah.type.JsonbBuilder;

/** The functions and operators that apply a path to a jsonb value. The variants called tz may use the session's time zone. */
public final class JsonPathFunctions {
    private static final Slice NO_VARIABLES = Jsonb.parse(Slice.of("{}")).bytes();

    private JsonPathFunctions() {
    }

    private static JsonPathRun run(CallContext context, Slice json, Slice path, Slice variables, boolean zones) {
        return new JsonPathRun(context, JsonPath.parse(path), JsonbFunctions.of(json), JsonbFunctions.of(variables), zones);
    }

    private static Boolean exists(CallContext context, Slice json, Slice path, Slice variables, boolean silent, boolean zones) {
        try {
            return run(context, json, path, variables, zones).any();
        } catch (JsonPathRun.Failure e) {
            if (silent) {
                return null;
            }
            throw e.error();
        }
    }

    /** All results; in a silent call those before an error. */
    private static List<JsonPathValue> query(CallContext context, Slice json, Slice path, Slice variables, boolean silent,
            boolean zones) {
        List<JsonPathValue> found = new ArrayList<>();
        try {
            run(context, json, path, variables, zones).all(found);
        } catch (JsonPathRun.Failure e) {
            if (!silent) {
                throw e.error();
            }
        }
        return found;
    }

    private static Boolean match(CallContext context, Slice json, Slice path, Slice variables, boolean silent, boolean zones) {
        List<JsonPathValue> found = query(context, json, path, variables, silent, zones);
        if (found.size() == 1 && found.getFirst().is(Jsonb.Kind.BOOLEAN)) {
            return found.getFirst().json(context).bool();
        }
        if (silent || found.size() == 1 && found.getFirst().is(Jsonb.Kind.NULL)) {
            return null;
        }
        throw new SqlError(SqlState.SINGLETON_SQL_JSON_ITEM_REQUIRED, "single boolean result is expected");
    }

    private static Iterator<Object> rows(CallContext context, List<JsonPathValue> found) {
        return found.stream().map(v -> (Object) v.json(context).bytes()).iterator();
    }

    private static Slice array(CallContext context, List<JsonPathValue> found) {
        JsonbBuilder b = new JsonbBuilder();
        b.beginArray();
        found.forEach(v -> b.value(v.json(context)));
        b.endArray();
        return b.build().bytes();
    }

    private static Slice first(CallContext context, List<JsonPathValue> found) {
        return found.isEmpty() ? null : found.getFirst().json(context).bytes();
    }

    public static Boolean jsonb_path_exists(CallContext context, Slice json, Slice path, Slice variables, boolean silent) {
        return exists(context, json, path, variables, silent, false);
    }

    public static Boolean jsonb_path_exists_tz(CallContext context, Slice json, Slice path, Slice variables, boolean silent) {
        return exists(context, json, path, variables, silent, true);
    }

    public static Boolean jsonb_path_exists_opr(CallContext context, Slice json, Slice path) {
        return exists(context, json, path, NO_VARIABLES, true, false);
    }

    public static Boolean jsonb_path_match(CallContext context, Slice json, Slice path, Slice variables, boolean silent) {
        return match(context, json, path, variables, silent, false);
    }

    public static Boolean jsonb_path_match_tz(CallContext context, Slice json, Slice path, Slice variables, boolean silent) {
        return match(context, json, path, variables, silent, true);
    }

    public static Boolean jsonb_path_match_opr(CallContext context, Slice json, Slice path) {
        return match(context, json, path, NO_VARIABLES, true, false);
    }

    public static Iterator<Object> jsonb_path_query(CallContext context, Slice json, Slice path, Slice variables, boolean silent) {
        return rows(context, query(context, json, path, variables, silent, false));
    }

    public static Iterator<Object> jsonb_path_query_tz(CallContext context, Slice json, Slice path, Slice variables, boolean silent) {
        return rows(context, query(context, json, path, variables, silent, true));
    }

    public static Slice jsonb_path_query_array(CallContext context, Slice json, Slice path, Slice variables, boolean silent) {
        return array(context, query(context, json, path, variables, silent, false));
    }

    public static Slice jsonb_path_query_array_tz(CallContext context, Slice json, Slice path, Slice variables, boolean silent) {
        return array(context, query(context, json, path, variables, silent, true));
    }

    public static Slice jsonb_path_query_first(CallContext context, Slice json, Slice path, Slice variables, boolean silent) {
        return first(context, query(context, json, path, variables, silent, false));
    }

    public static Slice jsonb_path_query_first_tz(CallContext context, Slice json, Slice path, Slice variables, boolean silent) {
        return first(context, query(context, json, path, variables, silent, true));
    }
}
