package org.gajah.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.exec.DeferredChecks;
import org.gajah.exec.ExecContext;

/** Constraint checks that wait for the end of the statement or of the transaction. Belongs to one session. */
final class ConstraintQueue implements DeferredChecks {
    private record Waiting(int constraint, ConstraintCheck check) {
    }

    private List<ConstraintCheck> statement = new ArrayList<>();
    private final List<Waiting> deferred = new ArrayList<>();
    private final Map<Integer, Boolean> modes = new HashMap<>();
    private Optional<Boolean> all = Optional.empty();

    @Override
    public void atStatementEnd(ConstraintCheck check) {
        statement.add(check);
    }

    @Override
    public void atCommit(int constraint, ConstraintCheck check) {
        deferred.add(new Waiting(constraint, check));
    }

    @Override
    public boolean isDeferred(int constraint, boolean initiallyDeferred) {
        return Optional.ofNullable(modes.get(constraint)).or(() -> all).orElse(initiallyDeferred);
    }

    /** Runs what waits for the statement's end; checks may add further ones. */
    void endStatement(ExecContext context) {
        for (int i = 0; i < statement.size(); i++) {
            statement.get(i).run(context);
        }
        statement.clear();
    }

    /** Whether anything waits for the statement's end. */
    boolean hasWaiting() {
        return !statement.isEmpty();
    }

    /** A statement begins inside the running one, with checks of its own; what waits for the outer one's end is handed out. */
    List<ConstraintCheck> beginInner() {
        List<ConstraintCheck> outer = statement;
        statement = new ArrayList<>();
        return outer;
    }

    /** The outer statement goes on. */
    void endInner(List<ConstraintCheck> outer) {
        statement = outer;
    }

    /** Runs what waits for the transaction's end. */
    void endTransaction(ExecContext context) {
        for (int i = 0; i < deferred.size(); i++) {
            deferred.get(i).check.run(context);
        }
        deferred.clear();
        endStatement(context);
    }

    boolean hasDeferred() {
        return !deferred.isEmpty();
    }

    /** SET CONSTRAINTS ALL. */
    void setAll(boolean isDeferred) {
        modes.clear();
        all = Optional.of(isDeferred);
    }

    /** SET CONSTRAINTS name. */
    void set(int constraint, boolean isDeferred) {
        modes.put(constraint, isDeferred);
    }

    /** Runs the waiting checks of constraints that are now immediate. */
    void runImmediate(ExecContext context) {
        List<Waiting> due = deferred.stream().filter(w -> !isDeferred(w.constraint, true)).toList();
        deferred.removeAll(due);
        due.forEach(w -> w.check.run(context));
    }

    int size() {
        return deferred.size();
    }

    /** Forgets what was added since {@link #size} was this. */
    void truncate(int size) {
        while (deferred.size() > size) {
            deferred.removeLast();
        }
        statement.clear();
    }

    /** A failed statement's checks are forgotten. */
    void forgetStatement() {
        statement.clear();
    }

    void clear() {
        statement.clear();
        deferred.clear();
        modes.clear();
        all = Optional.empty();
    }
}
