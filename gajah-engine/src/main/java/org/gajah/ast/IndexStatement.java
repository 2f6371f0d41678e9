package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/** Indexes; ALTER INDEX is an {@link TableStatement.AlterTable}. */
public sealed interface IndexStatement extends Statement {
    /**
     * CREATE INDEX.
     *
     * @param name      empty if the server is to choose
     * @param including INCLUDE's columns
     */
    record CreateIndex(Optional<String> name, boolean unique, boolean concurrently, boolean ifNotExists,
            RangeVar relation, String accessMethod, List<IndexElem> keys, List<IndexElem> including,
            boolean nullsNotDistinct, List<DefElem> options, Optional<String> tablespace, Optional<Expression> where,
            int location) implements IndexStatement {
    }
}
