package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/** PREPARE, EXECUTE, DEALLOCATE. */
public sealed interface PreparedStatement extends Statement {
    /**
     * PREPARE name (types) AS query.
     *
     * @param queryOffset the first byte of the inner query's text in the source
     */
    record Prepare(String name, List<TypeName> argumentTypes, PreparableStatement query, int queryOffset)
            implements PreparedStatement {
    }

    /** EXECUTE name (arguments). */
    record Execute(String name, List<Expression> arguments) implements PreparedStatement {
    }

    /** DEALLOCATE name, or DEALLOCATE ALL if empty. */
    record Deallocate(Optional<String> name) implements PreparedStatement {
    }
}
