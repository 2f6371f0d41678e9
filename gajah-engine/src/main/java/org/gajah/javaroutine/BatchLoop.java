package org.gajah.javaroutine;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import org.gajah.api.spi.CancelPoint;
import org.gajah.spi.RoutineDefinition;
import org.gajah.type.Oids;
import org.gajah.vector.BoolVector;
import org.gajah.vector.BytesVector;
import org.gajah.vector.DoubleVector;
import org.gajah.vector.IntVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.Vector;

/**
 * A loop over a batch around a method of primitives and Strings: nothing is boxed, and a null argument gives null or, where it cannot be, an error.
 * Cancels are seen between the rows.
 */
final class BatchLoop {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final MethodHandle loop;

    private BatchLoop(MethodHandle loop) {
        this.loop = loop;
    }

    /** Empty if the method takes or gives anything but booleans, ints, longs, doubles and texts as SQL has them. */
    static Optional<BatchLoop> of(RoutineDefinition definition, JavaMethod method, JavaTypes types) {
        Class<?> result = method.method().getReturnType();
        boolean plain = !method.hasContext() && !method.parameters().isEmpty() && !definition.proc().returnsSet()
                && matches(definition.resultType(), result);
        for (int i = 0; plain && i < method.parameters().size(); i++) {
            plain = matches(definition.argTypes().get(i), method.parameters().get(i));
        }
        return plain ? Optional.of(new BatchLoop(make(method.handle(), definition.proc().strict()))) : Optional.empty();
    }

    private static boolean matches(int type, Class<?> c) {
        return c == int.class && type == Oids.INT4 || c == long.class && type == Oids.INT8 || c == double.class && type == Oids.FLOAT8
                || c == boolean.class && type == Oids.BOOL || c == String.class && (type == Oids.TEXT || type == Oids.VARCHAR);
    }

    private static MethodHandle make(MethodHandle method, boolean strict) {
        try {
            List<Class<?>> parameters = method.type().parameterList();
            MethodHandle body = method;
            for (int i = parameters.size() - 1; i >= 0; i--) {
                MethodHandle reading = LOOKUP.findStatic(BatchLoop.class, "read", methodType(parameters.get(i), parameters.get(i), int.class,
                        Vector[].class, int.class));
                body = MethodHandles.collectArguments(body, i, MethodHandles.insertArguments(reading, 0, zero(parameters.get(i)), i));
            }
            int[] order = new int[parameters.size() * 2];
            for (int i = 0; i < order.length; i++) {
                order[i] = i % 2;
            }
            Class<?> result = method.type().returnType();
            body = MethodHandles.permuteArguments(body, methodType(result, Vector[].class, int.class), order);
            MethodHandle store = LOOKUP.findStatic(BatchLoop.class, "store", methodType(void.class, Vector.class, int.class, result));
            MethodHandle each = MethodHandles.permuteArguments(MethodHandles.collectArguments(store, 2, body),
                    methodType(void.class, Vector[].class, Vector.class, int.class), 1, 2, 0, 2);
            MethodHandle isNull = MethodHandles.insertArguments(LOOKUP.findStatic(BatchLoop.class, "isNull",
                    methodType(boolean.class, boolean.class, Class[].class, Vector[].class, Vector.class, int.class)), 0, strict,
                    parameters.toArray(Class<?>[]::new));
            MethodHandle guarded = MethodHandles.guardWithTest(isNull, MethodHandles.empty(each.type()), each);
            return loop(guarded);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** (arguments, out, rows, count) from (arguments, out, row). */
    private static MethodHandle loop(MethodHandle each) throws ReflectiveOperationException {
        MethodHandle row = MethodHandles.arrayElementGetter(int[].class);
        // (arguments, out, rows, i) -> each(arguments, out, rows[i])
        MethodHandle at = MethodHandles.collectArguments(each, 2, row);
        MethodHandle body = MethodHandles.permuteArguments(at, methodType(void.class, int.class, Vector[].class, Vector.class, int[].class, int.class),
                1, 2, 3, 0);
        MethodHandle count = MethodHandles.permuteArguments(MethodHandles.identity(int.class),
                methodType(int.class, Vector[].class, Vector.class, int[].class, int.class), 3);
        return MethodHandles.countedLoop(count, null, body);
    }

    private static Object zero(Class<?> c) {
        return c == String.class ? "" : c == int.class ? (Object) 0 : c == long.class ? (Object) 0L : c == double.class ? (Object) 0.0 : (Object) false;
    }

    void run(Vector[] arguments, Vector out, int[] rows, int count) throws Throwable {
        loop.invokeExact(arguments, out, rows, count);
    }

    static boolean isNull(boolean strict, Class<?>[] parameters, Vector[] arguments, Vector out, int row) {
        CancelPoint.check();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].isNull(row)) {
                if (strict) {
                    out.setNull(row);
                    return true;
                }
                if (parameters[i].isPrimitive()) {
                    throw JavaBody.nullForPrimitive(parameters[i]);
                }
            }
        }
        return false;
    }

    static int read(int type, int column, Vector[] arguments, int row) {
        return ((IntVector) arguments[column]).values[row];
    }

    static long read(long type, int column, Vector[] arguments, int row) {
        return ((LongVector) arguments[column]).values[row];
    }

    static double read(double type, int column, Vector[] arguments, int row) {
        return ((DoubleVector) arguments[column]).values[row];
    }

    static boolean read(boolean type, int column, Vector[] arguments, int row) {
        return ((BoolVector) arguments[column]).values[row];
    }

    static String read(String type, int column, Vector[] arguments, int row) {
        BytesVector texts = (BytesVector) arguments[column];
        return texts.isNull(row) ? null : new String(texts.arrays[row], texts.offsets[row], texts.lengths[row], StandardCharsets.UTF_8);
    }

    static void store(Vector out, int row, String value) {
        if (value == null) {
            out.setNull(row);
        } else {
            byte[] bytes = JavaTypes.requireText(value).getBytes(StandardCharsets.UTF_8);
            ((BytesVector) out).point(row, bytes, 0, bytes.length);
        }
    }

    static void store(Vector out, int row, int value) {
        ((IntVector) out).put(row, value);
    }

    static void store(Vector out, int row, long value) {
        ((LongVector) out).put(row, value);
    }

    static void store(Vector out, int row, double value) {
        ((DoubleVector) out).put(row, value);
    }

    static void store(Vector out, int row, boolean value) {
        ((BoolVector) out).put(row, value);
    }
}
