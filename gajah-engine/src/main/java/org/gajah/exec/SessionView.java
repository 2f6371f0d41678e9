package org.gajah.exec;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

import org.gajah.api.SqlError;
import org.gajah.api.foreign.ForeignSession;
import org.gajah.catalog.ProcRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.Trigger;

/** What expressions may ask about the session that runs them. */
public interface SessionView {
    String currentUser();

    String sessionUser();

    String currentDatabase();

    /** The first schema of the search path that exists. */
    Optional<String> currentSchema();

    /** The value of nextval() on a sequence, by oid. */
    long nextValue(int sequence);

    /** A function that is not built in, for a place that calls it; 0A000 if nobody knows its language. */
    Routine routine(ProcRow function, CallContexts.CallSite site);

    /** A trigger's function, ready for the trigger; 0A000 if nobody knows its language. */
    TriggerCall.Function trigger(ProcRow function, Trigger trigger);

    /** The rows that the trigger whose function runs knows by this name. */
    StoredRows transitionTable(String name);

    /** Whether triggers in this state of enabling fire under session_replication_role. */
    boolean fires(char enabled);

    /** Whether an error may show what columns of a table's row hold: the role may read them, and no policy hides rows from it. */
    default boolean mayShow(Relation table, List<Integer> columns) {
        return true;
    }

    /** Whether policies of a table hold for the role, so that errors are not to show its rows. */
    default boolean isRestricted(Relation table) {
        return false;
    }

    /** How many rows a foreign scan may fetch: {@code gajah.foreign_row_limit}. */
    default long foreignRowLimit() {
        return Long.MAX_VALUE;
    }

    /** What is open on a foreign server for a role, the current one if it is 0, in a transaction. */
    default ForeignSession foreign(int server, int role) {
        throw SqlError.notSupported("foreign tables cannot be read here");
    }

    /** An expression over a table, kept as node text, as SQL. */
    default String expressionText(String stored, Relation table) {
        return "expr";
    }

    /** Does something in the CONTEXT of whose messages this line stands, too. */
    default void within(Supplier<String> line, Runnable work) {
        work.run();
    }

    /** The ctid of a cursor's current row in this table, none if it is in another partition; errors as PostgreSQL's for WHERE CURRENT OF. */
    OptionalLong cursorPosition(String cursor, int relation);
}
