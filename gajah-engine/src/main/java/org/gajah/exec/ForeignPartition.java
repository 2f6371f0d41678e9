package org.gajah.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.gajah.analyze.Query.PolicyCheck.Kind;
import org.gajah.api.SqlError;
import org.gajah.api.foreign.ForeignChange;
import org.gajah.api.foreign.ForeignColumn;
import org.gajah.api.foreign.ForeignPlanner;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.ForeignTable;
import org.gajah.api.foreign.ForeignWriter;
import org.gajah.api.foreign.RemoteStatement;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.Layouts;
import org.gajah.catalog.Relation;
import org.gajah.catalog.Trigger;
import org.gajah.foreign.ForeignCatalog;
import org.gajah.plan.ForeignChanges;
import org.gajah.table.RowLayout;
import org.gajah.type.Oids;
import org.gajah.type.TypeCodec;
import org.gajah.vector.Batch;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/**
 * A partition that is a foreign table, as long as a statement changes its rows by the name of a table above it: what its wrapper is given is
 * sent at the statement's end at the latest. Where rows are wanted back, or triggers stand before them, they come one by one.
 */
final class ForeignPartition {
    private final CompileContext context;
    private final Frame frame;
    private final Relation relation;
    private final Asked asked;
    /** Whether triggers before rows of some partition may look at what is there already. */
    private final boolean watched;
    private final ColumnMap down;
    private final ColumnMap up;
    private final ForeignServer server;
    private final ForeignTable table;
    private final ForeignPlanner planner;
    private final int[] assigned;
    private final ChangeTriggers triggers;
    private final RowLayout layout;
    private final PolicyChecks policies;
    private final PartitionCheck fits;
    private final Map<ForeignChange.Kind, Change> changes = new EnumMap<>(ForeignChange.Kind.class);

    /**
     * What a statement wants of foreign partitions.
     *
     * @param role      who changes them, 0 for the current role
     * @param back      whether it looks at rows as they are there behind the change
     * @param doNothing whether INSERT skips rows that conflict with others
     * @param updated   whether the statement also updates the rows that a partition has, so that none can go there
     */
    record Asked(int role, boolean back, boolean doNothing, IntPredicate updated) {
        static final Asked NOTHING = new Asked(0, false, false, oid -> false);
    }

    /** How rows are changed in one way: what of them is sent. */
    private static final class Change {
        private final RemoteStatement remote;
        private final List<ForeignColumn> columns;
        private final List<ForeignColumn> identity;
        private final List<TypeCodec> codecs;
        private Optional<ForeignWriter> writer = Optional.empty();

        Change(RemoteStatement remote, List<ForeignColumn> columns, List<ForeignColumn> identity, List<TypeCodec> codecs) {
            this.remote = remote;
            this.columns = columns;
            this.identity = identity;
            this.codecs = codecs;
        }
    }

    ForeignPartition(CompileContext context, Frame frame, Relation root, Relation relation, EnumSet<Trigger.Event> events, int[] assigned,
            PolicyChecks policies, Asked asked, boolean watched) {
        this.watched = watched;
        Catalog catalog = context.catalog();
        this.context = context;
        this.frame = frame;
        this.relation = relation;
        this.asked = asked;
        down = ColumnMap.of(root, relation, context);
        up = ColumnMap.of(relation, root, context);
        server = ForeignCatalog.server(catalog, ForeignCatalog.serverOf(catalog, relation));
        table = ForeignCatalog.table(catalog, relation);
        planner = ForeignCatalog.wrapper(catalog, server).planner(server);
        this.assigned = Arrays.stream(assigned).map(down::target).toArray();
        triggers = ChangeTriggers.ofRows(context, frame, relation, events, this.assigned);
        layout = Layouts.of(relation, catalog);
        this.policies = policies.over(up);
        fits = new PartitionCheck(context, frame, relation, 0);
    }

    Relation relation() {
        return relation;
    }

    ColumnMap down() {
        return down;
    }

    ColumnMap up() {
        return up;
    }

    RowLayout layout() {
        return layout;
    }

    ChangeTriggers triggers() {
        return triggers;
    }

    private Change change(ForeignChange.Kind kind) {
        Change made = changes.computeIfAbsent(kind, this::prepare);
        if (made.writer.isEmpty()) {
            made.writer = Optional.of(frame.context().session().foreign(server.oid(), asked.role).write(made.remote));
        }
        return made;
    }

    private Change prepare(ForeignChange.Kind kind) {
        List<ForeignColumn> identity = kind == ForeignChange.Kind.INSERT ? List.of() : planner.identity(table);
        List<ForeignColumn> columns = table.columns().stream().filter(c -> switch (kind) {
            case INSERT -> relation.column(c.number()).generated() == 0;
            case UPDATE -> relation.column(c.number()).generated() == 0
                    && (isAssigned(c) || triggers.hasBeforeRow() && !identity.contains(c));
            case DELETE -> false;
        }).toList();
        RemoteStatement remote = planner.change(new ForeignChange(table, kind, columns, identity, wantsBack(kind) ? table.columns() : List.of(),
                kind == ForeignChange.Kind.INSERT && asked.doNothing, ForeignChanges.defaults(relation, table, kind, columns, triggers.hasBeforeRow(), context.reader()::read)));
        Catalog catalog = context.catalog();
        List<TypeCodec> codecs = Stream.concat(columns.stream(), identity.stream().filter(c -> c.number() > 0))
                .map(c -> catalog.codec(relation.column(c.number()).type())).toList();
        return new Change(remote, columns, identity, codecs);
    }

    private boolean wantsBack(ForeignChange.Kind kind) {
        return asked.back || ForeignChanges.showsRows(relation, table, planner, kind);
    }

    private boolean isAssigned(ForeignColumn c) {
        return Arrays.stream(assigned).anyMatch(a -> a == c.number() - 1);
    }

    /** Sends the selected rows of the named table, or has them wait to be sent; gives those that were not left out. */
    Selection insert(Batch rows, Selection selected, Kind kind) {
        if (kind == Kind.UPDATE && asked.updated.test(relation.oid())) {
            throw SqlError.notSupported("cannot route tuples into foreign table to be updated \"" + relation.name() + "\"");
        }
        Batch own = down.apply(rows, selected);
        policies.require(kind, own, selected);
        if (wantsBack(ForeignChange.Kind.INSERT)) {
            detach(own, selected);
        }
        Selection sent = new Selection(Math.max(1, selected.count()));
        for (int i = 0; i < selected.count(); i++) {
            int row = selected.rows[i];
            if ((!triggers.hasBeforeRow() || PartitionedWriter.before(frame, relation, triggers, fits, own, row)) && send(ForeignChange.Kind.INSERT, own, Vectors.nothing(), Vectors.nothing(), row)) {
                sent.add(row);
            }
        }
        triggers.wrote();
        triggers.after(Trigger.Event.INSERT, own, Vectors.nothing(), sent);
        for (int i = 0; i < down.sources().length; i++) {
            int source = down.sources()[i];
            if (source >= 0 && own.column(i) != rows.column(source)) {
                rows.setColumn(source, own.column(i));
            }
        }
        return sent;
    }

    /**
     * Updates or deletes the selected rows; gives those that were not left out.
     *
     * @param rows new rows; without columns for DELETE. Columns that triggers or the server make others are replaced, of DELETE the old rows'
     * @param tids their places there, if they have any
     */
    Selection change(boolean update, Batch rows, Batch old, Vector tids, Selection selected) {
        Trigger.Event event = update ? Trigger.Event.UPDATE : Trigger.Event.DELETE;
        if (update) {
            policies.require(Kind.UPDATE, rows, selected);
        }
        Batch own = update ? rows : old;
        if (wantsBack(ForeignChange.Kind.valueOf(event.name()))) {
            detach(own, selected);
        }
        Selection done = new Selection(Math.max(1, selected.count()));
        for (int i = 0; i < selected.count(); i++) {
            int row = selected.rows[i];
            boolean fires = triggers.hasBeforeRow();
            if ((!fires || triggers.before(event, update ? own : Vectors.nothing(), old, row))
                    && send(ForeignChange.Kind.valueOf(event.name()), own, old, new Batch(new Vector[] { tids }, tids.capacity()), row)) {
                done.add(row);
            }
        }
        triggers.wrote();
        triggers.after(event, update ? own : Vectors.nothing(), old, done);
        return done;
    }

    /** Sends a row; columns of {@code own} become what the server makes of them if that is wanted. */
    private boolean send(ForeignChange.Kind kind, Batch own, Batch old, Batch tids, int row) {
        Change change = change(kind);
        ForeignWriter writer = change.writer.orElseThrow();
        List<Optional<String>> values = new ArrayList<>(change.codecs.size() + 1);
        int codec = 0;
        for (ForeignColumn c : change.columns) {
            values.add(ForeignScanOperator.text(own.column(c.number() - 1), row, change.codecs.get(codec++)));
        }
        for (ForeignColumn c : change.identity) {
            values.add(c.number() < 0 ? ForeignScanOperator.text(tids.column(0), row, context.catalog().codec(Oids.TID))
                    : ForeignScanOperator.text(old.column(c.number() - 1), row, change.codecs.get(codec++)));
        }
        if (wantsBack(kind)) {
            return takeBack(writer, own, values, row);
        }
        long before = writer.changed();
        writer.add(values);
        boolean atOnce = watched || triggers.hasBeforeRow() || kind == ForeignChange.Kind.INSERT && asked.doNothing;
        if (atOnce) {
            writer.flush();
        }
        return !atOnce || writer.changed() > before;
    }

    /** Gives a batch columns of its own, since rows come back into them. */
    private static void detach(Batch batch, Selection selected) {
        for (int i = 0; i < batch.columnCount(); i++) {
            Vector from = batch.column(i);
            Vector own = Vector.of(from.carrier(), from.capacity());
            for (int n = 0; n < selected.count(); n++) {
                own.copyFrom(from, selected.rows[n], selected.rows[n]);
            }
            batch.setColumn(i, own);
        }
    }

    private boolean takeBack(ForeignWriter writer, Batch own, List<Optional<String>> values, int row) {
        Optional<ForeignReturned.Row> back = new ForeignReturned(frame.context(), relation, layout, relation.name(), false).change(writer, values, row, row + 1);
        back.ifPresent(b -> {
            for (Relation.Column c : relation.columns()) {
                if (!c.dropped()) {
                    own.column(c.number() - 1).copyFrom(b.columns().column(c.number() - 1), row, row);
                }
            }
        });
        return back.isPresent();
    }

    /** The statement has given all its rows; gives how many were updated or deleted here. */
    long end() {
        long changed = 0;
        for (Map.Entry<ForeignChange.Kind, Change> e : changes.entrySet()) {
            if (e.getValue().writer.isPresent()) {
                ForeignWriter writer = e.getValue().writer.get();
                writer.flush();
                changed += e.getKey() == ForeignChange.Kind.INSERT ? 0 : writer.changed();
            }
        }
        close();
        return changed;
    }

    void close() {
        for (Change change : changes.values()) {
            change.writer.ifPresent(ForeignWriter::close);
            change.writer = Optional.empty();
        }
    }
}
