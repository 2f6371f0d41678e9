package org.gajah.command;

import java.util.function.Supplier;

import org.gajah.api.SqlError;
import org.gajah.catalog.Relation;
import org.gajah.exec.PartitionCheck;

/** Looks whether the rows of a table are where their partition key puts them. */
final class PartitionRows {
    private final CommandContext context;

    PartitionRows(CommandContext context) {
        this.context = context;
    }

    /** Raises the error if a row of the table, or of one of its partitions, does not belong to it. */
    void requireFits(int table, Supplier<SqlError> error) {
        Relation relation = context.catalog().relation(table).orElseThrow();
        if (relation.kind() == 'p') {
            context.catalog().partitions(relation).partitions().forEach(p -> requireFits(p.oid(), error));
        } else if (relation.kind() != 'f' && !PartitionCheck.holdsForAll(context.compile(), context.execution(), relation)) {
            throw error.get();
        }
    }
}
