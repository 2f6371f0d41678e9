package org.gajah.exec;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;

import org.gajah.func.CallContext;
import org.gajah.vector.Carrier;

/**
 * An expression over parameters whose functions are known as Java methods: what {@link Scalars} makes of a typed expression, and
 * {@link ScalarEmitter} makes bytecode of. Nothing in it looks at the database.
 */
public sealed interface Scalar {
    /** What holds its value. */
    Carrier carrier();

    /** Its parts. */
    List<Scalar> parts();

    /** A value, boxed. */
    record Constant(Object value, Carrier carrier) implements Scalar {
        @Override
        public List<Scalar> parts() {
            return List.of();
        }
    }

    /** A parameter, numbered from 0. */
    record Parameter(int number, Carrier carrier) implements Scalar {
        @Override
        public List<Scalar> parts() {
            return List.of();
        }
    }

    /**
     * A call of a static method.
     *
     * @param strict  whether a null argument makes it null
     * @param context what the method takes before its arguments
     * @param keeps   whether the result may share an array or row with an argument
     */
    record Call(Method method, boolean strict, Optional<CallContext> context, boolean keeps, List<Scalar> parts, Carrier carrier) implements Scalar {
        /** Whether it is an array with an element replaced: array, subscript, value, element type and carrier. */
        public boolean replacesElement() {
            return method.equals(Scalars.REPLACED);
        }

        /** Whether it is a field of a parameter that is a row: the row and the field's number. */
        public boolean takesField() {
            return method.equals(Scalars.FIELD) && parts.getFirst() instanceof Parameter;
        }

        /** Whether it is an array with an element more at its end: array and element. */
        public boolean appendsElement() {
            return method.equals(Scalars.APPEND);
        }

        /** The Java type that the method takes an argument as. */
        Class<?> parameter(int argument) {
            return method.getParameterTypes()[argument + (context.isPresent() ? 1 : 0)];
        }

        /** Whether the method cannot be called with null there. */
        boolean guards(int argument) {
            return strict || parameter(argument).isPrimitive();
        }
    }

    /** AND, or OR. */
    record Junction(boolean or, List<Scalar> parts) implements Scalar {
        @Override
        public Carrier carrier() {
            return Carrier.BOOL;
        }
    }

    record Not(Scalar part) implements Scalar {
        @Override
        public Carrier carrier() {
            return Carrier.BOOL;
        }

        @Override
        public List<Scalar> parts() {
            return List.of(part);
        }
    }

    /** IS NULL, or IS NOT NULL. */
    record NullTest(Scalar part, boolean isNull) implements Scalar {
        @Override
        public Carrier carrier() {
            return Carrier.BOOL;
        }

        @Override
        public List<Scalar> parts() {
            return List.of(part);
        }
    }

    record Coalesce(List<Scalar> parts, Carrier carrier) implements Scalar {
    }

    /** CASE WHEN condition THEN result ELSE otherwise END. */
    record Choice(Scalar condition, Scalar result, Scalar otherwise, Carrier carrier) implements Scalar {
        @Override
        public List<Scalar> parts() {
            return List.of(condition, result, otherwise);
        }
    }
}
