package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/** Tables. */
public sealed interface TableStatement extends Statement {
    /**
     * CREATE TABLE.
     *
     * @param elements  columns, table constraints and LIKE clauses in the order written
     * @param parents   INHERITS, or the one table of PARTITION OF
     * @param bound     present for PARTITION OF
     * @param ofType    CREATE TABLE ... OF type
     * @param options   WITH (...)
     */
    record CreateTable(RangeVar relation, Persistence persistence, boolean ifNotExists, List<TableElement> elements,
            List<RangeVar> parents, Optional<Partitioning.PartitionBound> bound,
            Optional<Partitioning.PartitionSpec> partitionBy, Optional<TypeName> ofType, Optional<String> accessMethod,
            List<DefElem> options, OnCommit onCommit, Optional<String> tablespace) implements TableStatement {
    }

    /**
     * CREATE TABLE AS, CREATE MATERIALIZED VIEW; SELECT INTO is a {@link Select} with an into clause.
     *
     * @param query a {@link PreparableStatement} or EXECUTE
     */
    record CreateTableAs(IntoClause into, Statement query, boolean materializedView, boolean ifNotExists)
            implements TableStatement {
    }

    /**
     * ALTER TABLE, INDEX, SEQUENCE, VIEW, MATERIALIZED VIEW or FOREIGN TABLE, and ALTER TYPE for attributes.
     *
     * @param kind which of these was written
     */
    record AlterTable(ObjectKind kind, RangeVar relation, boolean missingOk, List<AlterTableCommand> commands)
            implements TableStatement {
    }

    /** TRUNCATE. */
    record Truncate(List<RangeVar> relations, boolean restartIdentity, DropBehavior behavior)
            implements TableStatement {
    }
}
