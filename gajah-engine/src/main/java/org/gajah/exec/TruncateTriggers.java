package org.gajah.exec;

import java.util.EnumSet;

import org.gajah.catalog.Relation;
import org.gajah.catalog.Trigger;

/** The triggers of a table that is truncated. */
public final class TruncateTriggers {
    private final ChangeTriggers triggers;

    /** For a run in this context. */
    public TruncateTriggers(CompileContext compile, ExecContext context, Relation relation) {
        Frame frame = new Frame(0, 0);
        frame.begin(context);
        triggers = new ChangeTriggers(compile, frame, relation, EnumSet.of(Trigger.Event.TRUNCATE), new int[0]);
    }

    /** Fires those before. */
    public void begin() {
        triggers.begin();
    }

    /** Has those after fire at the statement's end. */
    public void end() {
        triggers.end();
    }
}
