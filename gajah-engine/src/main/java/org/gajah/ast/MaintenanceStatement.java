package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/** Upkeep. */
public sealed interface MaintenanceStatement extends Statement {
    /**
     * VACUUM, or ANALYZE if not {@code vacuum}.
     *
     * @param options old spellings are options too: full, freeze, verbose, analyze
     */
    record Vacuum(boolean vacuum, List<DefElem> options, List<VacuumRelation> relations)
            implements MaintenanceStatement {
    }

    /** A table, maybe only some of its columns. */
    record VacuumRelation(RangeVar relation, List<String> columns) {
    }

    /** CHECKPOINT. */
    record Checkpoint() implements MaintenanceStatement {
    }

    /** REINDEX; a relation for INDEX and TABLE, a name (or none) for SCHEMA, SYSTEM and DATABASE. */
    record Reindex(ReindexKind kind, Optional<RangeVar> relation, Optional<String> name, List<DefElem> options)
            implements MaintenanceStatement {
    }

    /** What REINDEX is about. */
    enum ReindexKind { INDEX, TABLE, SCHEMA, SYSTEM, DATABASE }

    /** CLUSTER. */
    record Cluster(Optional<RangeVar> relation, Optional<String> index, List<DefElem> options)
            implements MaintenanceStatement {
    }

    /** LOAD 'file'. */
    record Load(String file) implements MaintenanceStatement {
    }
}
