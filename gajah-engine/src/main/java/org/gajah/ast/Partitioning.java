package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/** The syntax of partitioned tables. */
public sealed interface Partitioning {
    /**
     * PARTITION BY strategy (keys).
     *
     * @param strategy folded: {@code list}, {@code range}, {@code hash}, or what the user wrote
     */
    record PartitionSpec(String strategy, List<PartitionElem> keys, int location) implements Partitioning {
    }

    /** One partition key: a column by name, or an expression. */
    record PartitionElem(Optional<String> name, Optional<Expression> expression, List<String> collation,
            List<String> operatorClass, int location) {
    }

    /** FOR VALUES ... or DEFAULT. */
    sealed interface PartitionBound extends Partitioning {
        /** DEFAULT. */
        record DefaultPartition(int location) implements PartitionBound {
        }

        /** FOR VALUES IN (...). */
        record ListBound(List<Expression> values, int location) implements PartitionBound {
        }

        /** FOR VALUES FROM (...) TO (...); MINVALUE and MAXVALUE are unqualified column references, as in PostgreSQL. */
        record RangeBound(List<Expression> lower, List<Expression> upper, int location) implements PartitionBound {
        }

        /** FOR VALUES WITH (MODULUS m, REMAINDER r). */
        record HashBound(int modulus, int remainder, int location) implements PartitionBound {
        }
    }
}
