package org.gajah.func;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.gajah.api.SqlError;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.catalog.data.BootstrapRows;
import org.gajah.type.ArrayValue;
import org.gajah.type.Datum;
import org.gajah.type.FixedTypeContext;
import org.gajah.type.MultirangeCodec;
import org.gajah.type.Oids;
import org.gajah.type.RangeCodec;
import org.gajah.type.TypeCodec;
import org.gajah.type.TypeContext;
import org.gajah.vector.Vector;
import org.junit.jupiter.api.Test;

/** Built-in functions answer as a real PostgreSQL 18 recorded it in functions.txt. */
class FunctionCasesTest {
    private static final TypeContext TYPES = FixedTypeContext.DEFAULT;

    private record Proc(String name, String source, int result, List<Integer> arguments, boolean set) {
    }

    private static Map<Integer, Proc> procs() {
        Map<Integer, Proc> procs = new HashMap<>();
        BootstrapRows rows = BootstrapRows.of("pg_proc");
        int oid = rows.index("oid");
        int name = rows.index("proname");
        int source = rows.index("prosrc");
        int result = rows.index("prorettype");
        int arguments = rows.index("proargtypes");
        int set = rows.index("proretset");
        rows.stream().forEach(row -> procs.put(Integer.parseInt(row[oid].toString()),
                new Proc(row[name].toString(), row[source].toString(), Integer.parseInt(row[result].toString()),
                        Arrays.stream(row[arguments].toString().split(" ")).filter(s -> !s.isEmpty()).map(Integer::valueOf)
                                .toList(), row[set].toString().equals("t"))));
        return procs;
    }

    private static final Map<String, Integer> TYPE_NAMES = new HashMap<>();

    static {
        String[] pairs = {"boolean", "bool", "smallint", "int2", "integer", "int4", "bigint", "int8", "real", "float4",
            "double precision", "float8", "character", "bpchar", "character varying", "varchar", "\"char\"", "char",
            "time without time zone", "time", "time with time zone", "timetz", "timestamp without time zone", "timestamp",
            "timestamp with time zone", "timestamptz", "bit varying", "varbit"};
        Map<String, String> internal = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            internal.put(pairs[i], pairs[i + 1]);
        }
        for (var field : Oids.class.getFields()) {
            try {
                TYPE_NAMES.put(field.getName().toLowerCase(java.util.Locale.ROOT), field.getInt(null));
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }
        internal.forEach((sql, own) -> TYPE_NAMES.put(sql, TYPE_NAMES.get(own)));
        for (String name : List.copyOf(TYPE_NAMES.keySet())) {
            int array = Oids.arrayOf(TYPE_NAMES.get(name));
            if (array != 0) {
                TYPE_NAMES.put(name + "[]", array);
            }
        }
    }

    /** The type of an SQL name. */
    static int type(String name) {
        return TYPE_NAMES.get(name);
    }

    private static String unescape(String s) {
        return s.replace("\\\\", "\u0000").replace("\\n", "\n").replace("\\t", "\t").replace('\u0000', '\\');
    }

    private static String escape(String s) {
        return s.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
    }

    /** The result type where it is polymorphic: derived from the first polymorphic argument. */
    private static int resolve(Proc proc, List<Integer> actual) {
        for (int i = 0; i < Math.min(actual.size(), proc.arguments().size()); i++) {
            TypeCodec codec = TYPES.codec(actual.get(i));
            int range = codec instanceof RangeCodec r ? r.typeOid() : codec instanceof MultirangeCodec m ? m.range().typeOid() : 0;
            boolean declared = proc.arguments().get(i) == Oids.ANYRANGE || proc.arguments().get(i) == Oids.ANYMULTIRANGE;
            if (range != 0 && declared) {
                return ranges(proc.result(), range);
            }
        }
        boolean array = proc.result() == Oids.ANYARRAY || proc.result() == Oids.ANYCOMPATIBLEARRAY;
        boolean element = proc.result() == Oids.ANYELEMENT || proc.result() == Oids.ANYCOMPATIBLE;
        if (!array && !element) {
            return proc.result();
        }
        for (int i = 0; i < actual.size(); i++) {
            int declared = proc.arguments().get(i);
            boolean declaredArray = declared == Oids.ANYARRAY || declared == Oids.ANYCOMPATIBLEARRAY;
            if (declaredArray || declared == Oids.ANYELEMENT || declared == Oids.ANYCOMPATIBLE) {
                int base = declaredArray ? Oids.elementOf(actual.get(i)) : actual.get(i);
                return array ? Oids.arrayOf(base) : base;
            }
        }
        throw new AssertionError(proc);
    }

    private static int ranges(int declared, int range) {
        return switch (declared) {
            case Oids.ANYRANGE -> range;
            case Oids.ANYMULTIRANGE -> range == Oids.INT4RANGE ? Oids.INT4MULTIRANGE : Oids.NUMMULTIRANGE;
            case Oids.ANYELEMENT -> range == Oids.INT4RANGE ? Oids.INT4 : Oids.NUMERIC;
            default -> declared;
        };
    }

    private static String call(Method method, Proc proc, List<Integer> types, List<Object> values) throws Throwable {
        int result = resolve(proc, types);
        List<Object> arguments = new ArrayList<>(values);
        boolean withContext = method.getParameterCount() > 0 && method.getParameterTypes()[0] == CallContext.class;
        Class<?>[] parameters = method.getParameterTypes();
        int first = withContext ? 1 : 0;
        if (parameters.length > first && parameters[parameters.length - 1] == Object[].class) {
            int fixed = parameters.length - first - 1;
            Object[] rest = arguments.subList(fixed, arguments.size()).toArray();
            arguments = new ArrayList<>(arguments.subList(0, fixed));
            arguments.add(rest);
        }
        if (withContext) {
            arguments.add(0, new FixedCallContext(types, result));
        }
        try {
            Object answer = method.invoke(null, arguments.toArray());
            if (answer instanceof Iterator<?> rows) {
                return "OK\t" + set(rows, result);
            }
            return "OK\t" + (answer == null ? "\\N" : escape(Datum.format(TYPES.codec(result), answer, TYPES).toString()));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SqlError error) {
                return error(error);
            }
            throw e.getCause();
        } catch (SqlError error) {
            return error(error);
        }
    }

    private static String error(SqlError error) {
        return "ERROR\t" + error.state().code() + "\t" + escape(error.getMessage());
    }

    private static String set(Iterator<?> rows, int type) {
        List<Object> all = new ArrayList<>();
        while (rows.hasNext() && all.size() < 50) {
            all.add(rows.next());
        }
        if (all.isEmpty()) {
            return "\\N";
        }
        if (Oids.elementOf(type) != 0) {
            Object state = null;
            for (Object row : all) {
                state = CollectAggregates.array_agg_array_transfn(new FixedCallContext(List.of(type, type), type), state,
                        (ArrayValue) row);
            }
            return escape(Datum.format(TYPES.codec(type), CollectAggregates.array_agg_array_finalfn(state, null), TYPES)
                    .toString());
        }
        TypeCodec codec = TYPES.codec(type);
        Vector v = Vector.of(codec.carrier(), all.size());
        for (int i = 0; i < all.size(); i++) {
            v.set(i, all.get(i));
        }
        ArrayValue array = ArrayValue.of(type, v, all.size());
        ByteSink out = new ByteSink();
        Datum.format(TYPES.codec(Oids.arrayOf(type)), array, TYPES, out);
        return escape(out.toString());
    }

    @Test
    void functionsAnswerAsPostgres() throws Throwable {
        Map<Integer, Proc> procs = procs();
        Map<String, List<String>> wrong = new TreeMap<>();
        int count = 0;
        for (String line : text().split("\n")) {
            String[] field = line.split("\t", -1);
            Proc proc = procs.get(Integer.parseInt(field[0]));
            Method method = Families.method(proc.source()).orElseThrow(() -> new AssertionError(proc.source()));
            List<Integer> types = new ArrayList<>();
            List<Object> values = new ArrayList<>();
            String[] names = field[1].isEmpty() ? new String[0] : field[1].split(";");
            for (int i = 0; i < names.length; i++) {
                int type = TYPE_NAMES.get(names[i]);
                types.add(type);
                values.add(field[i + 2].equals("\\N") ? null
                        : Datum.parse(TYPES.codec(type), Slice.of(unescape(field[i + 2])), -1, TYPES));
            }
            String expected = String.join("\t", Arrays.copyOfRange(field, names.length + 2, field.length));
            String actual;
            long start = System.nanoTime();
            try {
                actual = call(method, proc, types, values);
            } catch (RuntimeException | Error e) {
                StackTraceElement[] trace = e.getStackTrace();
                actual = e + (trace.length > 0 ? " at " + trace[0] : "");
            }
            count++;
            if (proc.source().contains("cmp") && actual.startsWith("OK\t") && expected.startsWith("OK\t")) {
                actual = "OK\t" + Integer.signum(Integer.parseInt(actual.substring(3)));
                expected = "OK\t" + Integer.signum(Integer.parseInt(expected.substring(3)));
            }
            if (System.nanoTime() - start > 60_000_000_000L) {
                actual = "took " + (System.nanoTime() - start) / 1_000_000 + " ms";
            }
            if (!actual.equals(expected) && !close(actual, expected)) {
                wrong.computeIfAbsent(proc.source(), k -> new ArrayList<>()).add(
                        String.join(" | ", Arrays.copyOfRange(field, 2, names.length + 2)) + "\n    expected " + expected
                                + "\n    but was  " + actual);
            }
        }
        assertTrue(count > 1000, "cases: " + count);
        System.out.println(count + " function cases");
        if (!wrong.isEmpty()) {
            StringBuilder report = new StringBuilder();
            wrong.forEach((name, list) -> report.append(name).append(": ").append(list.size()).append('\n')
                    .append(String.join("\n", list.subList(0, Math.min(Integer.getInteger("gajah.shown", 2), list.size())))).append('\n'));
            fail(wrong.values().stream().mapToInt(List::size).sum() + " of " + count + " differ\n" + report);
        }
    }

    /** Transcendental functions may differ from the C library's in the last digit. */
    static boolean close(String actual, String expected) {
        try {
            if (!actual.startsWith("OK\t") || !expected.startsWith("OK\t") || !expected.matches("OK\t-?[0-9.e+-]{16,}")) {
                return false;
            }
            double a = Double.parseDouble(actual.substring(3));
            double b = Double.parseDouble(expected.substring(3));
            return Math.abs(a - b) <= 4 * Math.ulp(b);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static String text() throws IOException {
        try (InputStream in = FunctionCasesTest.class.getResourceAsStream("functions.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
