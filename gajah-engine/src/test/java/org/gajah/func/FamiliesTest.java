package org.gajah.func;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.gajah.base.Slice;
import org.gajah.catalog.data.BootstrapRows;
import org.gajah.type.ArrayValue;
import org.gajah.type.Codecs;
import org.gajah.type.Interval;
import org.gajah.type.Numeric;
import org.gajah.type.MultirangeCodec;
import org.gajah.type.MultirangeValue;
import org.gajah.type.Oids;
import org.gajah.type.RangeCodec;
import org.gajah.type.RangeValue;
import org.gajah.type.RecordValue;
import org.gajah.type.TimeTz;
import org.junit.jupiter.api.Test;

/** Every method of the families is a row of pg_proc with its arguments, and takes them in their carriers. */
class FamiliesTest {
    private record Row(String source, boolean strict, boolean set, int result, List<Integer> arguments, boolean variadicAny) {
    }

    private static final Set<Integer> ANY = Set.of(Oids.ANY, Oids.ANYELEMENT, Oids.ANYNONARRAY, Oids.ANYENUM, Oids.ANYCOMPATIBLE,
            Oids.ANYCOMPATIBLENONARRAY);
    private static final Set<Integer> ANY_ARRAY = Set.of(Oids.ANYARRAY, Oids.ANYCOMPATIBLEARRAY, Oids.INT2VECTOR, Oids.OIDVECTOR);

    private static Map<String, List<Row>> rows() {
        Map<String, List<Row>> bySource = new HashMap<>();
        BootstrapRows rows = BootstrapRows.of("pg_proc");
        int source = rows.index("prosrc");
        int language = rows.index("prolang");
        int strict = rows.index("proisstrict");
        int set = rows.index("proretset");
        int result = rows.index("prorettype");
        int arguments = rows.index("proargtypes");
        int variadic = rows.index("provariadic");
        int kind = rows.index("prokind");
        rows.stream().filter(r -> r[language].toString().equals("12") && r[kind].toString().equals("f"))
                .forEach(r -> bySource.computeIfAbsent(r[source].toString(), k -> new ArrayList<>()).add(new Row(
                        r[source].toString(), r[strict].toString().equals("t"), r[set].toString().equals("t"),
                        Integer.parseInt(r[result].toString()), Arrays.stream(r[arguments].toString().split(" "))
                                .filter(s -> !s.isEmpty()).map(Integer::valueOf).toList(),
                        r[variadic].toString().equals(Integer.toString(Oids.ANY)))));
        return bySource;
    }

    private static boolean fits(Class<?> java, int type, boolean boxedOnly) {
        if (ANY.contains(type) || java == Object.class) {
            return java == Object.class;
        }
        if (ANY_ARRAY.contains(type) || Oids.elementOf(type) != 0) {
            return java == ArrayValue.class;
        }
        if (type == Oids.ANYRANGE || type == Oids.ANYMULTIRANGE) {
            return java == (type == Oids.ANYRANGE ? RangeValue.class : MultirangeValue.class) || java == Object.class;
        }
        if (type == Oids.INTERNAL) {
            return !java.isPrimitive();
        }
        var codec = Codecs.of(type);
        if (codec.isEmpty()) {
            return false;
        }
        return switch (codec.get().carrier()) {
            case BOOL -> java == Boolean.class || !boxedOnly && java == boolean.class;
            case INT -> java == Integer.class || !boxedOnly && java == int.class;
            case LONG -> java == Long.class || !boxedOnly && java == long.class;
            case DOUBLE -> java == Double.class || !boxedOnly && java == double.class;
            case BYTES -> java == Slice.class;
            case OBJECT -> switch (type) {
                case Oids.NUMERIC -> java == Numeric.class;
                case Oids.INTERVAL -> java == Interval.class;
                case Oids.TIMETZ -> java == TimeTz.class;
                default -> switch (codec.get()) {
                    case RangeCodec r -> java == RangeValue.class;
                    case MultirangeCodec m -> java == MultirangeValue.class;
                    default -> java == RecordValue.class;
                };
            };
        };
    }

    private static String problem(Method method, Row row) {
        Class<?>[] parameters = method.getParameterTypes();
        int first = parameters.length > 0 && parameters[0] == CallContext.class ? 1 : 0;
        if (parameters.length - first != row.arguments().size()) {
            return "takes " + (parameters.length - first) + " arguments, pg_proc says " + row.arguments().size();
        }
        for (int i = first; i < parameters.length; i++) {
            int type = row.arguments().get(i - first);
            if (row.variadicAny() && i == parameters.length - 1 ? parameters[i] != Object[].class
                    : !fits(parameters[i], type, !row.strict())) {
                return "argument " + (i - first + 1) + " is " + parameters[i].getSimpleName() + ", pg_proc says type " + type;
            }
        }
        boolean result = method.getReturnType() == void.class ? row.result() == Oids.VOID : row.set() ? method.getReturnType() == Iterator.class : fits(method.getReturnType(), row.result(), false);
        return result ? "" : "returns " + method.getReturnType().getSimpleName() + ", pg_proc says type " + row.result();
    }

    @Test
    void everyMethodIsARowOfPgProc() {
        Map<String, List<Row>> rows = rows();
        List<String> wrong = new ArrayList<>();
        Set<String> implemented = new HashSet<>();
        int functions = 0;
        for (Method method : Families.methods()) {
            List<Row> mine = rows.getOrDefault(method.getName(), List.of());
            if (mine.isEmpty()) {
                wrong.add(method + ": no such prosrc");
            }
            for (Row row : mine) {
                String problem = problem(method, row);
                if (!problem.isEmpty()) {
                    wrong.add(method + ": " + problem);
                }
            }
            functions += mine.size();
            implemented.add(method.getName());
        }
        int total = rows.values().stream().mapToInt(List::size).sum();
        System.out.println(functions + " of " + total + " built-in functions have a method (" + implemented.size() + " methods)");
        assertTrue(wrong.isEmpty(), String.join("\n", wrong));
    }
}
