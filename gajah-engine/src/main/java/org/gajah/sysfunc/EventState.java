package org.gajah.sysfunc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a command that fires event triggers has done so far; kept while it runs, for their functions to ask. */
public final class EventState {
    private final List<Done> done = new ArrayList<>();
    private final List<Dropped> dropped = new ArrayList<>();
    private Optional<Rewrite> rewrite = Optional.empty();
    private boolean dropsTold;

    /** An object that was made or changed, as a row of a catalog and maybe a column. */
    public record Done(int catalog, int oid, int column, String tag, Optional<String> granted) {
        /** An object. */
        public Done(int catalog, int oid, int column, String tag) {
            this(catalog, oid, column, tag, Optional.empty());
        }

        /** What GRANT or REVOKE was about, of which only the kind is told. */
        public static Done grant(String tag, String kind) {
            return new Done(0, 0, 0, tag, Optional.of(kind));
        }
    }

    /** An object that is gone: {@code original} if the command named it, {@code normal} if something that was not a part of it needed it. */
    public record Dropped(int catalog, int oid, int column, boolean original, boolean normal, ObjectIdentity identity) {
    }

    /** A table that is about to be written anew; the reason's bits: 1 persistence, 2 a default, 4 a column's type, 8 the access method. */
    public record Rewrite(int table, int reason) {
    }

    public void add(Done object) {
        done.add(object);
    }

    public List<Done> done() {
        return done;
    }

    public void add(Dropped object) {
        dropped.add(object);
    }

    public List<Dropped> dropped() {
        return dropped;
    }

    /** What the sql_drop triggers that fire now may ask about. */
    public void tellDrops(boolean tell) {
        dropsTold = tell;
    }

    public boolean tellsDrops() {
        return dropsTold;
    }

    /** The rewrite that table_rewrite triggers are about while they run. */
    public void setRewrite(Optional<Rewrite> present) {
        rewrite = present;
    }

    public Optional<Rewrite> rewrite() {
        return rewrite;
    }
}
