package org.gajah.ast;

import java.util.Optional;

/** One step into a composite or array value. */
public sealed interface Indirection {
    /** .name. */
    record Field(String name, int location) implements Indirection {
    }

    /** .*. */
    record Star(int location) implements Indirection {
    }

    /** [index]. */
    record Index(Expression index) implements Indirection {
    }

    /** [lower:upper]. */
    record Range(Optional<Expression> lower, Optional<Expression> upper) implements Indirection {
    }
}
