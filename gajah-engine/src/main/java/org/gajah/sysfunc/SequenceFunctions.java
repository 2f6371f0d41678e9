package org.gajah.sysfunc;

import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.Relation;
import org.gajah.catalog.Rights;
import org.gajah.catalog.RoleRow;
import org.gajah.type.Privilege;

/** Functions on sequences. PostgreSQL manual, section 9.17. */
public final class SequenceFunctions {
    private SequenceFunctions() {
    }

    public static long nextval_oid(SystemContext context, int sequence) {
        require(context, sequence, "Uw");
        return context.sequences().next(sequence);
    }

    public static long currval_oid(SystemContext context, int sequence) {
        require(context, sequence, "rU");
        return context.sequences().current(sequence);
    }

    public static long lastval(SystemContext context) {
        return context.sequences().last();
    }

    public static long setval_oid(SystemContext context, int sequence, long value) {
        require(context, sequence, "w");
        context.sequences().set(sequence, value, true);
        return value;
    }

    public static long setval3_oid(SystemContext context, int sequence, long value, boolean called) {
        require(context, sequence, "w");
        context.sequences().set(sequence, value, called);
        return value;
    }

    /** 42501 unless the current role has one of these privileges on the sequence. */
    private static void require(SystemContext context, int sequence, String letters) {
        RoleRow role = context.currentRole();
        Optional<Relation> relation = role.superuser() ? Optional.empty() : context.catalog().relation(sequence).filter(r -> r.kind() == 'S');
        if (relation.isPresent() && (new Rights(context.catalog()).held(role.oid(), relation.get()) & Privilege.mask(letters)) == 0) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for sequence " + relation.get().name());
        }
    }
}
