package org.gajah.exec;

import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.Bootstrap;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.ProcRow;
import org.gajah.type.Ordered;
import org.gajah.vector.Carrier;

/** What turning plans into operators and kernels needs to know. */
public record CompileContext(Catalog catalog, FunctionLibrary functions, ExpressionReader reader) {
    private static final int INTERNAL_LANGUAGE = 12;
    private static final int C_LANGUAGE = 13;

    Carrier carrier(int type) {
        return Vectors.carrier(catalog, type);
    }

    /** The order of a type's values, which the analyzer has made sure of. */
    Ordered ordered(int type) {
        if (catalog.codec(type) instanceof Ordered ordered) {
            return ordered;
        }
        String name = catalog.type(type).map(row -> row.name()).orElse(Integer.toString(type));
        throw SqlError.notSupported("values of type " + name + " cannot be compared yet");
    }

    /** The function's row in pg_proc. */
    ProcRow proc(int function) {
        return catalog.function(function).orElseThrow(
                () -> new SqlError(SqlState.UNDEFINED_FUNCTION, "function with OID " + Integer.toUnsignedString(function) + " does not exist"));
    }

    /** Whether the function has a body in some language, rather than a method of ours. */
    boolean isRoutine(ProcRow proc, List<Integer> argumentTypes, int resultType) {
        return switch (proc.language()) {
            case INTERNAL_LANGUAGE -> false;
            case C_LANGUAGE -> Integer.compareUnsigned(proc.oid(), Bootstrap.FIRST_USER_OID) >= 0;
            default -> Integer.compareUnsigned(proc.oid(), Bootstrap.FIRST_USER_OID) >= 0
                    || functions.find(proc, argumentTypes.stream().map(this::carrier).toList(), carrier(resultType)).isEmpty();
        };
    }

    boolean hasMethod(ProcRow proc, List<Carrier> arguments, Carrier result) {
        return functions.find(proc, arguments, result).isPresent();
    }

    /** The method behind a function; 0A000 if there is none. */
    FunctionMethod method(ProcRow proc, List<Carrier> arguments, Carrier result) {
        Optional<FunctionMethod> method = functions.find(proc, arguments, result);
        return method.orElseThrow(() -> SqlError.notSupported("function \"" + proc.name() + "\" is not implemented yet"));
    }
}
