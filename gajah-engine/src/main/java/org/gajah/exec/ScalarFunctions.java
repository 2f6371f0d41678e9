package org.gajah.exec;

import java.lang.reflect.Method;
import java.util.Arrays;

import org.gajah.func.CallContext;
import org.gajah.type.ArrayValue;
import org.gajah.type.Datum;
import org.gajah.type.RecordValue;
import org.gajah.type.TypeCodec;
import org.gajah.vector.Carrier;

/** What generated code calls besides the built-in functions. */
public final class ScalarFunctions {
    private ScalarFunctions() {
    }

    static Method method(String name, Class<?>... parameters) {
        return Arrays.stream(ScalarFunctions.class.getMethods())
                .filter(m -> m.getName().equals(name) && (parameters.length == 0 || Arrays.equals(m.getParameterTypes(), parameters))).findFirst().orElseThrow();
    }

    /** The field of a row, by number from 0. */
    public static Object field(RecordValue row, int index) {
        return row.fields()[index];
    }

    /** A value's text read as another type; the codecs are those of the two types. */
    public static Object viaText(CallContext context, Object value, Object from, Object to) {
        return Datum.parse((TypeCodec) to, Datum.format((TypeCodec) from, value, context.types()), -1, context.types());
    }

    /** The element of an array of one dimension. */
    public static Object element(ArrayValue array, int subscript) {
        if (array.dimensions() != 1) {
            return null;
        }
        long offset = (long) subscript - array.lowerBounds()[0];
        return offset < 0 || offset >= array.lengths()[0] ? null : array.elements().get((int) offset);
    }

    /** The element of an array of two dimensions. */
    public static Object element(ArrayValue array, int row, int column) {
        return ArrayKernels.element(array, new Object[] {row, column}, 0);
    }

    /** The subscript of an element to replace. */
    public static int subscript(Object given) {
        return (Integer) ArrayKernels.requireSubscript(given);
    }

    /** The array with an element replaced. */
    public static Object replaced(Object array, Object subscript, Object value, int elementType, Object elementCarrier) {
        return ArrayKernels.assign((ArrayValue) array, elementType, (Carrier) elementCarrier, new Object[] {subscript}, value);
    }

    /** The value, or anything if there is none. */
    public static boolean booleanOf(Object value) {
        return value != null && (Boolean) value;
    }

    /** The value, or anything if there is none. */
    public static int intOf(Object value) {
        return value == null ? 0 : (Integer) value;
    }

    /** The value, or anything if there is none. */
    public static long longOf(Object value) {
        return value == null ? 0 : (Long) value;
    }

    /** The value, or anything if there is none. */
    public static double doubleOf(Object value) {
        return value == null ? 0 : (Double) value;
    }
}
