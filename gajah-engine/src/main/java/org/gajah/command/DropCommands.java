package org.gajah.command;

import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.ObjectRef;
import org.gajah.ast.ObjectStatement.Drop;
import org.gajah.catalog.Bootstrap;
import org.gajah.command.Dependencies.Ref;
import org.gajah.txn.lock.LockMode;

/** DROP of relations, types, domains and schemas. */
final class DropCommands {
    private static final int PUBLIC = 2200;

    private final CommandContext context;

    DropCommands(CommandContext context) {
        this.context = context;
    }

    String run(Drop drop) {
        String tag = "DROP " + drop.kind().words();
        context.requireWritable(tag);
        if (drop.concurrently()) {
            context.requireOutsideBlock("DROP INDEX CONCURRENTLY");
        }
        DropPlan plan = new DropPlan(context);
        boolean any = false;
        for (ObjectRef object : drop.objects()) {
            Optional<ObjectLookup.Found> found = new ObjectLookup(context).forDrop(drop.kind(), object, drop.missingOk());
            found.ifPresent(f -> plan.add(checked(f)));
            any |= found.isPresent();
        }
        if (any) {
            plan.run(drop.behavior());
        }
        return tag;
    }

    private Ref checked(ObjectLookup.Found found) {
        Ref ref = found.ref();
        boolean system = Integer.compareUnsigned(ref.oid(), Bootstrap.FIRST_USER_OID) < 0;
        context.requireOwner(found.owner(), found.word(), found.name());
        if (ref.catalog() == Dependencies.CLASS) {
            if (system) {
                throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied: \"" + found.name() + "\" is a system catalog");
            }
            context.lockRelation(ref.oid(), LockMode.ACCESS_EXCLUSIVE);
        } else if (system && !(ref.catalog() == Dependencies.NAMESPACE && ref.oid() == PUBLIC)) {
            throw new SqlError(SqlState.DEPENDENT_OBJECTS_STILL_EXIST, "cannot drop " + new ObjectNames(context).describe(ref)
                    + " because it is required by the database system");
        }
        return ref;
    }
}
