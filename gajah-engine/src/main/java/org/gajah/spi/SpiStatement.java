package org.gajah.spi;

import java.util.List;

import org.gajah.ast.Statement;
import org.gajah.base.Slice;
import org.gajah.plan.ResultColumn;

/** A statement of a routine, kept from call to call; planned when it is first needed and again when the catalogs change. */
public interface SpiStatement {
    Statement tree();

    Slice text();

    /** The types of its parameters: those that it was given, or found. */
    List<Integer> parameterTypes();

    /** Its result's columns as analyzed; empty if it gives no rows. */
    List<ResultColumn> columns();

    /** Whether running it gives rows, be it rows without columns. */
    boolean returnsRows();

    /** Whether it changes nothing; commands that are not queries count as changes. */
    boolean onlyReads();

    /**
     * Runs it.
     *
     * @param parameters boxed values of {@code $1, $2, ...}
     * @param maxRows    how many rows to give or change at most, 0 for all
     */
    SpiOutcome run(Object[] parameters, SpiView view, long maxRows, SpiRows rows);

    /** What it is at this moment, all at once. */
    Ready ready();

    /**
     * A statement that is about to run: as {@link #columns}, {@link #returnsRows} and {@link #onlyReads}, valid until something else runs.
     *
     * @param plan what the engine runs
     */
    record Ready(List<ResultColumn> columns, boolean returnsRows, boolean onlyReads, Object plan) {
    }

    /** As {@link #run(Object[], SpiView, long, SpiRows)}, without looking for the plan again. */
    SpiOutcome run(Ready ready, Object[] parameters, SpiView view, long maxRows, SpiRows rows);

    /** Runs a CALL or DO for code that may itself end the transaction: so may what it calls. */
    SpiOutcome runNonAtomic(Object[] parameters, SpiRows rows);

    /** Opens it for reading row by row while other statements run. */
    SpiCursor open(Object[] parameters, SpiView view);
}
