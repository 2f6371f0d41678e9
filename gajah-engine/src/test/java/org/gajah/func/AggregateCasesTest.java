package org.gajah.func;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.gajah.api.SqlError;
import org.gajah.base.Slice;
import org.gajah.catalog.data.BootstrapRows;
import org.gajah.type.Codecs;
import org.gajah.type.Datum;
import org.gajah.type.FixedTypeContext;
import org.gajah.type.Oids;
import org.gajah.type.TypeContext;
import org.junit.jupiter.api.Test;

/** Aggregates, driven by their pg_aggregate rows, answer as a real PostgreSQL 18 recorded it in aggregates.txt. */
class AggregateCasesTest {
    private static final TypeContext TYPES = FixedTypeContext.DEFAULT;

    private record Aggregate(char kind, String transition, boolean strict, String last, boolean lastStrict, boolean extra,
            int stateType, String initial, int result) {
    }

    private static Map<String, Aggregate> aggregates() {
        Map<String, Slice[]> byOid = new HashMap<>();
        Map<String, Slice[]> byName = new HashMap<>();
        BootstrapRows procs = BootstrapRows.of("pg_proc");
        int oid = procs.index("oid");
        int name = procs.index("proname");
        int source = procs.index("prosrc");
        int strict = procs.index("proisstrict");
        int result = procs.index("prorettype");
        procs.stream().forEach(r -> {
            byOid.put(r[oid].toString(), r);
            byName.put(r[name].toString(), r);
        });
        Map<String, Aggregate> map = new HashMap<>();
        BootstrapRows rows = BootstrapRows.of("pg_aggregate");
        int function = rows.index("aggfnoid");
        int kind = rows.index("aggkind");
        int transition = rows.index("aggtransfn");
        int last = rows.index("aggfinalfn");
        int extra = rows.index("aggfinalextra");
        int state = rows.index("aggtranstype");
        int initial = rows.index("agginitval");
        rows.stream().forEach(r -> {
            Slice[] t = find(byOid, byName, r[transition].toString());
            Slice[] f = find(byOid, byName, r[last].toString());
            map.put(key(r[function].toString()), new Aggregate((char) r[kind].at(0), t[source].toString(),
                    t[strict].toString().equals("t"), f == null ? "" : f[source].toString(),
                    f != null && f[strict].toString().equals("t"), r[extra].toString().equals("t"),
                    Integer.parseInt(r[state].toString()), r[initial] == null ? null : r[initial].toString(),
                    Integer.parseInt(find(byOid, byName, r[function].toString())[result].toString())));
        });
        return map;
    }

    private static String key(String function) {
        return function;
    }

    private static Slice[] find(Map<String, Slice[]> byOid, Map<String, Slice[]> byName, String function) {
        Slice[] row = byOid.get(function);
        return row != null ? row : byName.get(function.contains("(") ? function.substring(0, function.indexOf('(')) : function);
    }

    private static Object invoke(String source, FixedCallContext context, List<Object> arguments) throws Throwable {
        Method method = Families.method(source).orElseThrow(() -> new AssertionError(source));
        List<Object> all = new ArrayList<>(arguments);
        if (method.getParameterCount() > 0 && method.getParameterTypes()[0] == CallContext.class) {
            all.add(0, context);
        }
        try {
            return method.invoke(null, all.toArray());
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static String run(Aggregate a, List<Integer> types, List<Object> direct, List<List<Object>> rows) throws Throwable {
        List<Integer> transitionTypes = new ArrayList<>(List.of(a.stateType()));
        transitionTypes.addAll(types.subList(direct.size(), types.size()));
        int stateType = a.stateType() == Oids.ANYELEMENT || a.stateType() == Oids.ANYARRAY ? types.get(0) : a.stateType();
        FixedCallContext context = new FixedCallContext(transitionTypes, stateType);
        Object state = a.initial() == null ? null
                : Datum.parse(TYPES.codec(stateType), Slice.of(a.initial()), -1, TYPES);
        List<List<Object>> ordered = new ArrayList<>(rows);
        if (a.kind() == 'o') {
            ordered.removeIf(r -> r.get(0) == null);
            ordered.sort((x, y) -> Datum.compare(TYPES.codec(types.get(direct.size())), x.get(0), y.get(0)));
        }
        for (List<Object> row : ordered) {
            if (a.strict()) {
                if (row.contains(null)) {
                    continue;
                }
                if (state == null && a.initial() == null) {
                    state = row.get(0);
                    continue;
                }
            }
            List<Object> arguments = new ArrayList<>();
            arguments.add(state);
            arguments.addAll(row);
            state = invoke(a.transition(), context, arguments);
        }
        int result = a.result() == Oids.ANYELEMENT ? types.get(direct.size())
                : a.result() == Oids.ANYARRAY ? a.stateType() == Oids.ANYARRAY ? types.get(0)
                : Oids.elementOf(types.get(direct.size())) != 0 ? types.get(direct.size())
                : Oids.arrayOf(types.get(direct.size())) : a.result();
        Object answer = state;
        if (!a.last().isEmpty() && !(a.lastStrict() && state == null)) {
            List<Object> arguments = new ArrayList<>();
            arguments.add(state);
            arguments.addAll(direct);
            for (int i = direct.size(); a.extra() && i < types.size(); i++) {
                arguments.add(null);
            }
            answer = invoke(a.last(), new FixedCallContext(transitionTypes, result), arguments);
        }
        return answer == null ? "\\N" : escape(Datum.format(TYPES.codec(result), answer, TYPES).toString());
    }

    private static String unescape(String s) {
        return s.replace("\\\\", "\u0000").replace("\\n", "\n").replace("\\t", "\t").replace('\u0000', '\\');
    }

    private static String escape(String s) {
        return s.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
    }

    private static Object value(String field, int type) {
        return field.equals("\\N") ? null : Datum.parse(TYPES.codec(type), Slice.of(unescape(field)), -1, TYPES);
    }

    @Test
    void aggregatesAnswerAsPostgres() throws Throwable {
        Map<String, Aggregate> aggregates = aggregates();
        List<String> wrong = new ArrayList<>();
        int count = 0;
        for (String line : text().split("\n")) {
            String[] field = line.split("\t", -1);
            Aggregate a = aggregates.get(field[0]);
            List<Integer> types = field[1].isEmpty() ? List.of()
                    : Arrays.stream(field[1].split(";")).map(FunctionCasesTest::type).toList();
            int at = 2;
            List<Object> direct = new ArrayList<>();
            if (a.kind() == 'o' && types.size() == 2) {
                direct.add(value(field[at++], types.get(0)));
            }
            int n = Integer.parseInt(field[at++]);
            List<List<Object>> rows = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                List<Object> row = new ArrayList<>();
                for (int k = direct.size(); k < types.size(); k++) {
                    row.add(value(field[at++], types.get(k)));
                }
                rows.add(row);
            }
            String expected = String.join("\t", Arrays.copyOfRange(field, at, field.length));
            String actual;
            try {
                actual = "OK\t" + run(a, types, direct, rows);
            } catch (SqlError e) {
                actual = "ERROR\t" + e.state().code() + "\t" + escape(e.getMessage());
            } catch (RuntimeException e) {
                actual = e + " at " + e.getStackTrace()[0];
            }
            count++;
            if (!actual.equals(expected) && !FunctionCasesTest.close(actual, expected)) {
                wrong.add(a.transition() + " / " + a.last() + ": " + String.join(" | ", Arrays.copyOfRange(field, 1, at))
                        + "\n    expected " + expected + "\n    but was  " + actual);
            }
        }
        assertTrue(count > 1000, "cases: " + count);
        assertTrue(Codecs.of(Oids.INTERNAL).isPresent());
        assertTrue(wrong.isEmpty(), wrong.size() + " of " + count + " differ\n" + String.join("\n", wrong));
    }

    private static String text() throws IOException {
        try (InputStream in = AggregateCasesTest.class.getResourceAsStream("aggregates.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
