package org.gajah.exec;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.catalog.Trigger;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.Selection;

/** The old and new rows of one statement, for triggers that have given them names. */
final class TransitionTables {
    static final TransitionTables NONE = new TransitionTables(List.of());

    private final List<Carrier> carriers;
    private final Map<Trigger.Event, StoredRows> old = new EnumMap<>(Trigger.Event.class);
    private final Map<Trigger.Event, StoredRows> made = new EnumMap<>(Trigger.Event.class);

    TransitionTables(List<Carrier> carriers) {
        this.carriers = carriers;
    }

    /** Makes room for the rows that a trigger wants to see. */
    void want(Trigger trigger, Workspace workspace) {
        for (Trigger.Event event : trigger.events()) {
            trigger.oldTable().ifPresent(name -> old.computeIfAbsent(event, e -> new StoredRows(carriers, workspace)));
            trigger.newTable().ifPresent(name -> made.computeIfAbsent(event, e -> new StoredRows(carriers, workspace)));
        }
    }

    /** Keeps the selected rows; what the event does not have is without columns. */
    void add(Trigger.Event event, Batch oldRows, Batch newRows, Selection selected) {
        keep(old.get(event), oldRows, selected);
        keep(made.get(event), newRows, selected);
    }

    private void keep(StoredRows table, Batch rows, Selection selected) {
        if (table != null && rows.columnCount() > 0) {
            Batch chosen = new Batch(rows.columns(), rows.selection().rows.length);
            chosen.selection().copyFrom(selected);
            table.add(chosen);
        }
    }

    Optional<StoredRows> oldRows(Trigger.Event event) {
        return Optional.ofNullable(old.get(event));
    }

    Optional<StoredRows> newRows(Trigger.Event event) {
        return Optional.ofNullable(made.get(event));
    }

    void close() {
        old.values().forEach(StoredRows::close);
        made.values().forEach(StoredRows::close);
        old.clear();
        made.clear();
    }
}
