package org.gajah.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.foreign.ForeignChange;
import org.gajah.api.foreign.ForeignColumn;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.ForeignTable;
import org.gajah.api.foreign.ForeignWriter;
import org.gajah.api.foreign.RemoteStatement;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.Relation;
import org.gajah.foreign.ForeignCatalog;
import org.gajah.type.TypeCodec;
import org.gajah.vector.Batch;
import org.gajah.vector.Selection;

/** A partition that is a foreign table, as long as rows are routed to it: what its wrapper is given is sent at the statement's end at the latest. */
final class ForeignPartition {
    private final ColumnMap down;
    private final Frame frame;
    private final ForeignServer server;
    private final RemoteStatement remote;
    private final List<Integer> attributes = new ArrayList<>();
    private final List<TypeCodec> codecs = new ArrayList<>();
    private Optional<ForeignWriter> writer = Optional.empty();

    ForeignPartition(CompileContext context, Frame frame, Relation root, Relation relation) {
        Catalog catalog = context.catalog();
        this.frame = frame;
        this.down = ColumnMap.of(root, relation, context);
        server = ForeignCatalog.server(catalog, ForeignCatalog.serverOf(catalog, relation));
        ForeignTable table = ForeignCatalog.table(catalog, relation);
        List<ForeignColumn> columns = table.columns().stream().filter(c -> relation.column(c.number()).generated() == 0).toList();
        remote = ForeignCatalog.wrapper(catalog, server).planner(server)
                .change(new ForeignChange(table, ForeignChange.Kind.INSERT, columns, List.of(), List.of(), false));
        for (ForeignColumn c : columns) {
            attributes.add(c.number());
            codecs.add(catalog.codec(relation.column(c.number()).type()));
        }
        boolean fires = relation.triggers().stream().anyMatch(t -> t.enabled() != 'D' && t.forEachRow());
        if (fires) {
            throw SqlError.notSupported("routing rows to foreign table \"" + relation.name() + "\", which has row triggers, is not supported");
        }
    }

    /** Sends the selected rows of the named table, or has them wait to be sent. */
    void insert(Batch rows, Selection selected) {
        if (writer.isEmpty()) {
            writer = Optional.of(frame.context().session().foreign(server.oid(), 0).write(remote));
        }
        Batch own = down.apply(rows, selected);
        for (int i = 0; i < selected.count(); i++) {
            List<Optional<String>> values = new ArrayList<>(attributes.size());
            for (int c = 0; c < attributes.size(); c++) {
                values.add(ForeignScanOperator.text(own.column(attributes.get(c) - 1), selected.rows[i], codecs.get(c)));
            }
            writer.get().add(values);
        }
    }

    /** The statement has given all its rows. */
    void end() {
        if (writer.isPresent()) {
            writer.get().flush();
            close();
        }
    }

    void close() {
        writer.ifPresent(ForeignWriter::close);
        writer = Optional.empty();
    }
}
