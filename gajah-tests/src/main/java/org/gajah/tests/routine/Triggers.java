package org.gajah.tests.routine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.gajah.api.spi.Row;
import org.gajah.api.spi.Spi;
import org.gajah.api.spi.TriggerData;
import org.gajah.api.spi.TupleTable;

/** Functions of triggers. */
public final class Triggers {
    /** What has fired. */
    public static final List<String> LOG = new ArrayList<>();

    private Triggers() {
    }

    /** Writes down what it is told, and lets the row be. */
    public static Row logs(TriggerData t) {
        LOG.add(t.name() + " " + t.when() + " " + t.level() + " " + t.operation() + " " + t.schemaName() + "." + t.tableName() + " " + t.arguments()
                + t.oldRow().map(r -> " old " + r.get("v")).orElse("") + t.newRow().map(r -> " new " + r.get("v")).orElse("")
                + t.oldTable().map(r -> " old table " + values(r)).orElse("") + t.newTable().map(r -> " new table " + values(r)).orElse(""));
        return t.newRow().or(t::oldRow).orElse(null);
    }

    private static String values(TupleTable rows) {
        return rows.stream().map(r -> r.getText("v")).collect(Collectors.joining(","));
    }

    /** Skips odd values and doubles the others. */
    public static Row changes(TriggerData t) {
        Row row = t.newRow().orElseThrow();
        return row.getInt("v") % 2 == 1 ? null : row.with("v", 2 * row.getInt("v"));
    }

    /** In the place of a view's change: does it to the table below, and nothing to 13. */
    public static Row instead(TriggerData t) {
        Row row = t.newRow().or(t::oldRow).orElseThrow();
        if (row.getInt("v") == 13) {
            return null;
        }
        Spi spi = Spi.current();
        switch (t.operation()) {
            case "INSERT" -> spi.execute("INSERT INTO fired (v) VALUES ($1)", row.getInt("v"));
            case "UPDATE" -> spi.execute("UPDATE fired SET v = $2 WHERE v = $1", t.oldRow().orElseThrow().getInt("v"), row.getInt("v"));
            default -> spi.execute("DELETE FROM fired WHERE v = $1", row.getInt("v"));
        }
        return row.with("v", row.getInt("v") + 100);
    }

    /** Asks SQL for the rows of a transition table. */
    public static Row sums(TriggerData t) {
        LOG.add(Spi.current().execute("SELECT sum(v) FROM " + t.arguments().getFirst()).rows().row(0).getText(1));
        return null;
    }

    /** Writes to another table. */
    public static Row writes(TriggerData t) {
        Row row = t.newRow().orElseThrow();
        Spi.current().execute("INSERT INTO fired (v, n) VALUES ($1, 1.5)", row.getInt("v"));
        return row;
    }
}
