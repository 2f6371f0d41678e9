package org.gajah.engine;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.LiteralLift;
import org.gajah.analyze.Query;
import org.gajah.api.SqlError;
import org.gajah.ast.RawStatement;
import org.gajah.base.Slice;
import org.gajah.exec.Execution;
import org.gajah.parse.StatementShape;
import org.gajah.plan.PlanSettings;
import org.gajah.plan.PlannedStatement;
import org.gajah.spi.SpiParameters;

/**
 * A prepared statement of one session: text, tree, parameter types, and the plan while the catalogs stay as they are. Analyzed and
 * planned again when they change. A statement without text is empty.
 */
final class Prepared {
    private final Slice text;
    private final Optional<RawStatement> raw;
    private final boolean fromSql;
    private final long preparedMicros;
    private boolean takesParameters = true;
    private Optional<StatementShape> shape = Optional.empty();
    private List<Integer> parameterTypes;
    private Optional<Current> current = Optional.empty();
    private Optional<SpiParameters> inside = Optional.empty();
    private boolean forCursor;
    private Optional<CursorPlaces> places = Optional.empty();

    /**
     * What the present catalogs make of the statement.
     *
     * @param key     what the plan depends on; another key makes it stale
     * @param sizes   how large its tables were when it was planned
     * @param failure what every run is to fail with
     * @param lifted  literals that have become parameters, and whether the plan may serve other texts; empty where that is not asked
     */
    record Making(PlanKey key, PlannedStatement plan, List<ResultColumn> columns, PlannedSizes sizes, Optional<LiteralLift.Lifted> lifted,
            Optional<SqlError> failure) {
    }

    /** A plan with the operators made for it that no portal uses. */
    static final class Current {
        final PlanKey key;
        final PlannedStatement plan;
        final List<ResultColumn> columns;
        final Optional<LiteralLift.Lifted> lifted;
        /** Whether it changes rows of a table and tells nobody of any. */
        final boolean onlyChanges;
        private final PlannedSizes sizes;
        private final Optional<SqlError> failure;
        private Optional<Execution> idle = Optional.empty();

        Current(Making made) {
            this.key = made.key;
            this.plan = made.plan;
            this.columns = made.columns;
            this.lifted = made.lifted;
            this.onlyChanges = PlainChange.is(made.plan);
            this.sizes = made.sizes;
            this.failure = made.failure;
        }

        /** Raises what planning has found wrong with every run. */
        void requireRunnable() {
            if (failure.isPresent()) {
                throw failure.get();
            }
        }

        /** A plan that changes so many rows at most. */
        Current limited(long rows) {
            PlannedStatement some = RowLimit.of(plan, rows);
            return new Current(new Making(key, some, columns, sizes, lifted, failure));
        }

        /** Whether running it gives rows, be it rows without columns. */
        boolean returnsRows() {
            return plan.command() == Query.Command.SELECT || !columns.isEmpty();
        }

        Optional<Execution> takeIdle() {
            Optional<Execution> taken = idle;
            idle = Optional.empty();
            return taken;
        }

        void giveBack(Execution execution) {
            idle = Optional.of(execution);
        }
    }

    /** What a plan depends on besides the statement. */
    record PlanKey(long catalogVersion, String searchPath, int role, boolean rowSecurity, String restricted, PlanSettings settings) {
        /** A transaction's own catalogs make plans that nobody keeps. */
        boolean isShareable() {
            return catalogVersion >= 0;
        }
    }

    Prepared(Slice text, Optional<RawStatement> raw, List<Integer> parameterTypes, boolean fromSql, long preparedMicros) {
        this.text = text;
        this.raw = raw;
        this.parameterTypes = parameterTypes;
        this.fromSql = fromSql;
        this.preparedMicros = preparedMicros;
    }

    /** A statement that came as plain text: nothing can give it parameters. */
    Prepared withoutParameters() {
        takesParameters = false;
        return this;
    }

    /** A statement of a routine: it has exactly its parameters, and names for them. */
    Prepared inside(SpiParameters around) {
        inside = Optional.of(around);
        parameterTypes = around.types();
        return this;
    }

    Optional<SpiParameters> inside() {
        return inside;
    }

    /** A cursor's query: its plan gives the places of rows behind its columns. */
    Prepared forCursor() {
        forCursor = true;
        return this;
    }

    /** The same, whatever has been planned so far. */
    void becomeCursors() {
        if (!forCursor) {
            forCursor = true;
            current = Optional.empty();
        }
    }

    boolean isForCursor() {
        return forCursor;
    }

    /** Which tables' rows a cursor's plan gives the places of. */
    Optional<CursorPlaces> places() {
        return places;
    }

    void setPlaces(CursorPlaces found) {
        places = Optional.of(found);
    }

    /** Literals of the text may become parameters, so that the plan serves other texts of this shape. */
    Prepared lifting(StatementShape of) {
        shape = Optional.of(of);
        return this;
    }

    /** The text's shape if its literals may become parameters. */
    Optional<StatementShape> shape() {
        return shape;
    }

    boolean takesParameters() {
        return takesParameters;
    }

    Slice text() {
        return text;
    }

    Optional<RawStatement> raw() {
        return raw;
    }

    /** Whether PREPARE made it rather than a Parse message. */
    boolean fromSql() {
        return fromSql;
    }

    long preparedMicros() {
        return preparedMicros;
    }

    List<Integer> parameterTypes() {
        return parameterTypes;
    }

    void setParameterTypes(List<Integer> types) {
        parameterTypes = types;
    }

    /** The plan if it is still good under this key. */
    Optional<Current> current(PlanKey key) {
        return current.isPresent() && current.get().key.equals(key) && !current.get().sizes.haveChanged() ? current
                : Optional.empty();
    }

    /** The last plan made, good or not: for telling that a result's shape has changed. */
    Optional<Current> last() {
        return current;
    }

    void setCurrent(Current made) {
        current = Optional.of(made);
    }
}
