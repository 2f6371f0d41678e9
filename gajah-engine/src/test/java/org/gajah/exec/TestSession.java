package org.gajah.exec;

import java.util.Optional;

import org.gajah.analyze.Query.RowMark;
import org.gajah.catalog.ProcRow;
import org.gajah.catalog.Trigger;
import org.gajah.table.RelationId;

/** A session that nobody shares anything with. */
final class TestSession implements SessionView {
    static final RowLocks NO_LOCKS = new RowLocks() {
        @Override
        public void waitFor(long xid, RelationId relation, long tid) {
            throw new IllegalStateException("nobody else is there to wait for");
        }

        @Override
        public boolean lock(RelationId relation, String relationName, long tid, RowMark.Strength strength, RowMark.Wait wait,
                Writer writer) {
            return true;
        }

        @Override
        public void awaitRow(long xid, RelationId relation, long tid, boolean keyChange) {
            throw new IllegalStateException("nobody else is there to wait for");
        }

        @Override
        public int mark() {
            return 0;
        }

        @Override
        public void release(int mark) {
            throw new IllegalStateException("no lock was taken");
        }
    };

    private long sequence;

    @Override
    public String currentUser() {
        return "postgres";
    }

    @Override
    public String sessionUser() {
        return "postgres";
    }

    @Override
    public String currentDatabase() {
        return "postgres";
    }

    @Override
    public Optional<String> currentSchema() {
        return Optional.of("public");
    }

    @Override
    public long nextValue(int oid) {
        return ++sequence;
    }

    @Override
    public java.util.OptionalLong cursorPosition(String cursor, int relation) {
        throw new UnsupportedOperationException();
    }

    @Override
    public TriggerCall.Function trigger(ProcRow function, Trigger trigger) {
        throw new UnsupportedOperationException();
    }

    @Override
    public StoredRows transitionTable(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean fires(char enabled) {
        return enabled == 'O' || enabled == 'A';
    }

    @Override
    public Routine routine(ProcRow function, CallContexts.CallSite site) {
        throw new UnsupportedOperationException();
    }
}
