package org.gajah.command;

import java.util.Optional;

import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.ForeignSession;
import org.gajah.api.foreign.ForeignTable;
import org.gajah.api.foreign.ForeignWrapper;
import org.gajah.catalog.Relation;
import org.gajah.exec.ForeignInsertion;
import org.gajah.foreign.ForeignCatalog;

/** Where COPY FROM puts the rows of a foreign table: an insertion of all its columns there. */
final class ForeignCopy {
    private ForeignCopy() {
    }

    /** The insertion, if it is a foreign table. */
    static Optional<ForeignInsertion> into(Relation relation, CommandContext context) {
        if (relation.kind() != 'f') {
            return Optional.empty();
        }
        ForeignServer server = ForeignCatalog.server(context.catalog(), ForeignCatalog.serverOf(context.catalog(), relation));
        ForeignWrapper wrapper = ForeignCatalog.wrapper(context.catalog(), server);
        ForeignSession session = context.execution().session().foreign(server.oid(), 0);
        ForeignTable table = wrapper.described(server, ForeignCatalog.table(context.catalog(), relation), () -> session, w -> context.message("WARNING", w));
        return Optional.of(ForeignInsertion.of(context.execution(), relation, table, wrapper.planner(server), session));
    }
}
