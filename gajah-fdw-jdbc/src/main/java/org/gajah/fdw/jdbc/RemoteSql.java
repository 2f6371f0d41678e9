package org.gajah.fdw.jdbc;

import java.util.List;
import java.util.Optional;

import org.gajah.api.foreign.ForeignType;
import org.gajah.api.foreign.RemoteStatement;

/**
 * SQL for a server.
 *
 * @param label      what EXPLAIN calls it
 * @param text       as EXPLAIN shows it
 * @param sql        as JDBC takes it
 * @param parameters for each question mark the number of the query's parameter, and its type
 * @param outputs    what is wanted of the result's columns
 * @param fetchSize  rows to fetch at once; of a change how many to hand over at once
 * @param mappings   the routine mappings used
 * @param plan       how the server is asked for its plan
 * @param returning  of a change whose rows are wanted back and that does not give them itself
 */
record RemoteSql(String label, String text, String sql, List<Bound> parameters, List<Output> outputs, int fetchSize,
        List<String> mappings, RemotePlan plan, Optional<Returning> returning) implements RemoteStatement {
    /** SQL without routine mappings. */
    RemoteSql(String label, String text, String sql, List<Bound> parameters, List<ForeignType> outputs, int fetchSize) {
        this(label, text, sql, parameters, outputs.stream().map(Output::new).toList(), fetchSize, List.of(), RemotePlan.NONE, Optional.empty());
    }

    /** The same, with the server's plan in EXPLAIN VERBOSE. */
    RemoteSql explained(RemotePlan how) {
        return new RemoteSql(label, text, sql, parameters, outputs, fetchSize, mappings, how, returning);
    }

    /** The same, with a way to get at the changed row. */
    RemoteSql returning(Returning row) {
        return new RemoteSql(label, text, sql, parameters, outputs, fetchSize, mappings, plan, Optional.of(row));
    }

    @Override
    public boolean hasNotes(boolean verbose, boolean costs) {
        return verbose && plan != RemotePlan.NONE;
    }

    /** As oracle_fdw does. */
    @Override
    public boolean alwaysShown() {
        return label.equals(OracleWrapper.LABEL);
    }

    /** Other SQL for the same. */
    RemoteSql as(String other) {
        return new RemoteSql(label, text, other, parameters, outputs, fetchSize, mappings, plan, returning);
    }

    /**
     * A column of the result.
     *
     * @param type   the local one that it must become
     * @param strips whether characters of number 0, which no text can have here, are left out
     */
    record Output(ForeignType type, boolean strips) {
        Output(ForeignType type) {
            this(type, false);
        }
    }

    /** A parameter. */
    record Bound(int number, ForeignType type) {
    }
}
