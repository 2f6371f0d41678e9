package org.gajah.command;

import java.util.ArrayList;
import java.util.List;

import org.gajah.catalog.Relation;

/** The relations below a relation, partitions' partitions included. */
final class PartitionTree {
    private final CommandContext context;

    PartitionTree(CommandContext context) {
        this.context = context;
    }

    /** All below, each behind the one above it. */
    List<Integer> below(int relation) {
        List<Integer> all = new ArrayList<>();
        collect(relation, all);
        return all;
    }

    private void collect(int relation, List<Integer> all) {
        Relation r = context.catalog().relation(relation).orElseThrow();
        if (r.kind() == 'p' || r.kind() == 'I' || r.inheritance().hasChildren()) {
            for (int child : context.catalog().children(relation)) {
                all.add(child);
                collect(child, all);
            }
        }
    }
}
