package org.gajah.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.gajah.command.Dependencies.Ref;

/**
 * The routine mappings of functions and servers that are to be dropped. They are rows of an ordinary table, which pg_depend says nothing
 * of: one that was given a name forbids the drop unless it cascades, one that somebody just inserted goes with what it is about.
 */
final class MappingDependents {
    private final CommandContext context;
    private final List<String> keys = new ArrayList<>();
    private final List<Dependent> named = new ArrayList<>();

    /** A mapping with a name, and what it needs. */
    record Dependent(String name, Ref needed) {
    }

    MappingDependents(CommandContext context, Set<Ref> dropped) {
        this.context = context;
        boolean there = RoutineMappingCommands.table(context).filter(t -> !dropped.contains(Ref.relation(t))).isPresent();
        if (there) {
            RoutineMappingCommands mappings = new RoutineMappingCommands(context);
            for (Ref ref : dropped) {
                if (ref.catalog() == Dependencies.PROC || ref.catalog() == Dependencies.SERVER) {
                    String key = (ref.catalog() == Dependencies.PROC ? "rmproc::oid = " : "rmserver = ") + Integer.toUnsignedString(ref.oid()) + "::oid";
                    keys.add(key);
                    mappings.names(key).forEach(name -> named.add(new Dependent(name, ref)));
                }
            }
        }
    }

    List<Dependent> named() {
        return named;
    }

    /** Takes the rows out of the table. */
    void drop() {
        if (!keys.isEmpty()) {
            new RoutineMappingCommands(context).forget(String.join(" OR ", keys));
        }
    }
}
