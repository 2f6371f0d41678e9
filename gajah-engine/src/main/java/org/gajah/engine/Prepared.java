package org.gajah.engine;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Analyzed;
import org.gajah.ast.RawStatement;
import org.gajah.base.Slice;
import org.gajah.exec.Execution;
import org.gajah.plan.PlanSettings;
import org.gajah.plan.PlannedStatement;

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
    private List<Integer> parameterTypes;
    private Optional<Current> current = Optional.empty();

    /**
     * What the present catalogs make of the statement.
     *
     * @param key       what the plan depends on; another key makes it stale
     * @param execution operators that are not in use by a portal
     */
    static final class Current {
        final PlanKey key;
        final Analyzed analyzed;
        final PlannedStatement plan;
        final List<ResultColumn> columns;
        private Optional<Execution> idle = Optional.empty();

        Current(PlanKey key, Analyzed analyzed, PlannedStatement plan, List<ResultColumn> columns) {
            this.key = key;
            this.analyzed = analyzed;
            this.plan = plan;
            this.columns = columns;
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
    record PlanKey(long catalogVersion, String searchPath, int role, PlanSettings settings) {
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
        return current.filter(c -> c.key.equals(key) && key.isShareable());
    }

    /** The last plan made, good or not: for telling that a result's shape has changed. */
    Optional<Current> last() {
        return current;
    }

    void setCurrent(Current made) {
        current = Optional.of(made);
    }
}
