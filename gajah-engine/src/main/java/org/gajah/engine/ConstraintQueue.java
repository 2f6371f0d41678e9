package org.gajah.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.gajah.exec.DeferredChecks;
import org.gajah.exec.ExecContext;

/** Constraint checks that wait for the end of the statement or of the transaction. Belongs to one session. */
final class ConstraintQueue implements DeferredChecks {
    /** A check of one constraint as events. */
    private record OneCheck(int constraint, ConstraintCheck check) implements DeferredEvents {
        @Override
        public Set<Integer> constraints() {
            return Set.of(constraint);
        }

        @Override
        public void run(ExecContext context, Set<Integer> due) {
            check.run(context);
        }

        @Override
        public void forget() {
            check.forget();
        }
    }

    private List<ConstraintCheck> statement = new ArrayList<>();
    private final List<DeferredEvents> deferred = new ArrayList<>();
    private final Map<Integer, Boolean> modes = new HashMap<>();
    private Optional<Boolean> all = Optional.empty();

    @Override
    public void atStatementEnd(ConstraintCheck check) {
        statement.add(check);
    }

    @Override
    public void atCommit(int constraint, ConstraintCheck check) {
        deferred.add(new OneCheck(constraint, check));
    }

    @Override
    public void atCommit(DeferredEvents events) {
        deferred.add(events);
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

    private static void forget(List<ConstraintCheck> checks) {
        if (!checks.isEmpty()) {
            checks.forEach(ConstraintCheck::forget);
            checks.clear();
        }
    }

    /** Whether anything waits for the statement's end. */
    boolean hasWaiting() {
        return !statement.isEmpty();
    }

    /** A statement begins inside the running one, with checks of its own; what waits for the outer one's end is handed out. */
    List<ConstraintCheck> beginInner() {
        if (statement.isEmpty()) {
            return List.of();
        }
        List<ConstraintCheck> outer = statement;
        statement = new ArrayList<>();
        return outer;
    }

    /** The outer statement goes on. */
    void endInner(List<ConstraintCheck> outer) {
        forget(statement);
        if (!outer.isEmpty()) {
            statement = outer;
        }
    }

    /** Runs what waits for the transaction's end. */
    void endTransaction(ExecContext context) {
        endStatement(context);
        for (int i = 0; i < deferred.size(); i++) {
            deferred.get(i).run(context, deferred.get(i).constraints());
            endStatement(context);
        }
        deferred.clear();
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
        for (DeferredEvents events : List.copyOf(deferred)) {
            Set<Integer> all = events.constraints();
            Set<Integer> due = all.stream().filter(constraint -> !isDeferred(constraint, true)).collect(Collectors.toSet());
            if (!due.isEmpty()) {
                events.run(context, due);
                endStatement(context);
            }
            if (due.size() == all.size()) {
                deferred.remove(events);
            }
        }
    }

    int size() {
        return deferred.size();
    }

    /** Forgets what was added since {@link #size} was this. */
    void truncate(int size) {
        while (deferred.size() > size) {
            deferred.removeLast().forget();
        }
        forget(statement);
    }

    /** A failed statement's checks are forgotten. */
    void forgetStatement() {
        forget(statement);
    }

    void clear() {
        forget(statement);
        deferred.forEach(DeferredEvents::forget);
        deferred.clear();
        modes.clear();
        all = Optional.empty();
    }
}
