package org.gajah.command;

import org.gajah.ast.DropBehavior;
import org.gajah.catalog.CatalogRow;
import org.gajah.command.Dependencies.Ref;

/** Drops what a temporary schema holds: when its session ends, on DISCARD, and when a new session finds what a crash has left in it. */
public final class TemporaryObjects {
    private TemporaryObjects() {
    }

    /** Drops everything in the schema, which stays, and what depends on it; says nothing about it. */
    public static void drop(CommandContext context, int schema) {
        DropPlan plan = new DropPlan(context).quietly();
        boolean any = false;
        for (CatalogRow row : context.catalog().rows("pg_depend", 2674, Dependencies.NAMESPACE, schema)) {
            if (row.letter("deptype") == 'n') {
                plan.add(new Ref(row.number("classid"), row.number("objid"), row.number("objsubid")));
                any = true;
            }
        }
        if (any) {
            plan.run(DropBehavior.CASCADE);
        }
    }
}
