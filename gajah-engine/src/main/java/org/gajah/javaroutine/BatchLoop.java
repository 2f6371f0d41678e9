package org.gajah.javaroutine;

import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import org.gajah.spi.RoutineDefinition;
import org.gajah.type.Oids;
import org.gajah.vector.BytesVector;
import org.gajah.vector.Vector;

/**
 * A loop over a batch around a method of primitives and Strings: nothing is boxed, and a null argument gives null or, where it cannot be, an error.
 * Cancels are seen between the rows. {@link BatchSpinner} makes a subclass around each method.
 */
abstract class BatchLoop {
    private final boolean strict;
    private final List<Class<?>> parameters;

    BatchLoop(boolean strict, List<Class<?>> parameters) {
        this.strict = strict;
        this.parameters = parameters;
    }

    /** Empty if the method takes or gives anything but booleans, ints, longs, doubles and texts as SQL has them. */
    static Optional<BatchLoop> of(RoutineDefinition definition, JavaMethod method, JavaTypes types) {
        MethodHandle handle = method.handle();
        boolean plain = !method.hasContext() && !method.parameters().isEmpty() && !definition.proc().returnsSet()
                && matches(definition.resultType(), method.method().getReturnType());
        for (int i = 0; plain && i < method.parameters().size(); i++) {
            plain = matches(definition.argTypes().get(i), method.parameters().get(i));
        }
        return plain ? Optional.of(BatchSpinner.spin(handle, definition.proc().strict())) : Optional.empty();
    }

    private static boolean matches(int type, Class<?> c) {
        return c == int.class && type == Oids.INT4 || c == long.class && type == Oids.INT8 || c == double.class && type == Oids.FLOAT8
                || c == boolean.class && type == Oids.BOOL || c == String.class && (type == Oids.TEXT || type == Oids.VARCHAR);
    }

    /** Sets {@code out}, which is empty, at the given rows. */
    abstract void run(Vector[] arguments, Vector out, int[] rows, int count) throws Throwable;

    /** Whether a null argument has decided a row already, which is so of strict functions. */
    final boolean isDecided(Vector[] arguments, Vector out, int row) {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].isNull(row)) {
                if (strict) {
                    out.setNull(row);
                    return true;
                }
                if (parameters.get(i).isPrimitive()) {
                    throw JavaBody.nullForPrimitive(parameters.get(i));
                }
            }
        }
        return false;
    }

    static String text(BytesVector texts, int row) {
        return texts.isNull(row) ? null : new String(texts.arrays[row], texts.offsets[row], texts.lengths[row], StandardCharsets.UTF_8);
    }

    static void store(BytesVector out, int row, String value) {
        if (value == null) {
            out.setNull(row);
        } else {
            byte[] bytes = JavaTypes.requireText(value).getBytes(StandardCharsets.UTF_8);
            out.point(row, bytes, 0, bytes.length);
        }
    }
}
