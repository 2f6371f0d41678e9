package org.gajah.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.gajah.base.Slice;

/**
 * A trigger as pg_trigger has it.
 *
 * @param type       pg_trigger.tgtype: bits for what it fires at, when, and for each row or not
 * @param enabled    O for origin and local, D disabled, R replica, A always
 * @param constraint its row in pg_constraint if it is a constraint trigger, else 0
 * @param constrained the other table of a constraint trigger, or 0
 * @param columns    of UPDATE OF; none means all
 * @param condition  WHEN as stored node text: the old row is range table entry 0, the new one 1
 * @param oldTable   the name of the transition table with the old rows; {@code newTable} likewise
 */
public record Trigger(int oid, String name, int relation, int function, int type, char enabled, boolean internal, int constraint, int constrained,
        boolean deferrable, boolean initiallyDeferred, List<Integer> columns, List<String> arguments, Optional<String> condition,
        Optional<String> oldTable, Optional<String> newTable, boolean cloned) {
    public static final int ROW = 1;
    public static final int BEFORE = 2;
    public static final int INSTEAD = 64;

    /** What fires triggers. */
    public enum Event {
        INSERT(4), UPDATE(16), DELETE(8), TRUNCATE(32);

        private final int bit;

        Event(int bit) {
            this.bit = bit;
        }

        /** Its bit in {@link Trigger#type}. */
        public int bit() {
            return bit;
        }
    }

    /** When a trigger fires: before the change, after it, or in its place. */
    public enum Timing { BEFORE, AFTER, INSTEAD_OF }

    /** As its row says. */
    public static Trigger of(CatalogRow r) {
        return new Trigger(r.number("oid"), r.text("tgname"), r.number("tgrelid"), r.number("tgfoid"), r.number("tgtype"), r.letter("tgenabled"),
                r.flag("tgisinternal"), r.number("tgconstraint"), r.number("tgconstrrelid"), r.flag("tgdeferrable"), r.flag("tginitdeferred"),
                r.numbers("tgattr"), arguments((Slice) r.get("tgargs"), r.number("tgnargs")), r.textIfAny("tgqual"), r.textIfAny("tgoldtable"),
                r.textIfAny("tgnewtable"), r.number("tgparentid") != 0);
    }

    /** tgargs has the arguments one behind the other, each with a zero byte at its end. */
    private static List<String> arguments(Slice bytes, int count) {
        List<String> arguments = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length() && arguments.size() < count; i++) {
            if (bytes.at(i) == 0) {
                arguments.add(bytes.slice(start, i - start).toString());
                start = i + 1;
            }
        }
        return List.copyOf(arguments);
    }

    public boolean firesAt(Event event) {
        return (type & event.bit) != 0;
    }

    public boolean forEachRow() {
        return (type & ROW) != 0;
    }

    public Timing timing() {
        return (type & INSTEAD) != 0 ? Timing.INSTEAD_OF : (type & BEFORE) != 0 ? Timing.BEFORE : Timing.AFTER;
    }

    /** The events it fires at, in PostgreSQL's order of words. */
    public List<Event> events() {
        return Arrays.stream(Event.values()).filter(this::firesAt).toList();
    }
}
