package org.gajah.ast;

import java.util.Optional;

/** A parameter of CREATE FUNCTION, or an argument type in a function's signature. */
public record FunctionParameter(Optional<String> name, TypeName type, Mode mode, Optional<Expression> defaultValue,
        int location) {
    /** Which way it goes; TABLE is a column of RETURNS TABLE, DEFAULT is IN that was not written. */
    public enum Mode { DEFAULT, IN, OUT, INOUT, VARIADIC, TABLE }
}
