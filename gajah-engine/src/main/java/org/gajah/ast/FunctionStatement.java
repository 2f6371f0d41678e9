package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/** Functions, procedures and what runs them. */
public sealed interface FunctionStatement extends Statement {
    /**
     * CREATE FUNCTION or PROCEDURE.
     *
     * @param parameters with the columns of RETURNS TABLE at the end
     * @param options    as, language, volatility, strict, security, leakproof, window, cost, rows, support, parallel, set,
     *                   transform; as written, doubles included
     * @param body       RETURN expression or BEGIN ATOMIC ... END
     */
    record CreateFunction(boolean procedure, boolean replace, List<String> name, List<FunctionParameter> parameters,
            Optional<TypeName> returnType, List<DefElem> options, Optional<SqlBody> body, int location)
            implements FunctionStatement {
    }

    /** A function body in SQL itself. */
    sealed interface SqlBody {
        /** RETURN expression. */
        record Return(Expression value, int location) implements SqlBody {
        }

        /** BEGIN ATOMIC statements END. */
        record Atomic(List<Statement> statements) implements SqlBody {
        }
    }

    /** ALTER FUNCTION, PROCEDURE or ROUTINE with options. */
    record AlterFunction(ObjectKind kind, ObjectRef.OfFunction function, List<DefElem> options)
            implements FunctionStatement {
    }

    /** DO; options are {@code as} and {@code language}. */
    record Do(List<DefElem> options) implements FunctionStatement {
    }

    /** CALL. */
    record Call(FuncCall call) implements FunctionStatement {
    }

    /** CREATE LANGUAGE. */
    record CreateLanguage(boolean replace, boolean trusted, String name, Optional<List<String>> handler,
            Optional<List<String>> inline, Optional<List<String>> validator) implements FunctionStatement {
    }
}
