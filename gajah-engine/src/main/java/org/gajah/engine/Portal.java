package org.gajah.engine;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Query;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.exec.Execution;
import org.gajah.exec.StoredRows;
import org.gajah.txn.Snapshot;

/**
 * A statement with its parameters, ready to run or running. What a planned statement still has to give comes from its execution
 * or, where rows are kept (scrollable and held cursors, statements that change rows), from stored rows.
 */
final class Portal {
    private final String name;
    private final Prepared statement;
    private final Object[] parameters;
    private final List<ResultColumn> columns;
    private final Cursor cursor;
    private Optional<Execution> execution = Optional.empty();
    private Optional<Prepared.Current> planned = Optional.empty();
    private Optional<Snapshot> snapshot = Optional.empty();
    private Optional<StoredRows> stored = Optional.empty();
    private long position;
    private boolean atEnd;
    private String tag = "";
    private Query.Command command = Query.Command.SELECT;
    private Optional<Prepared.Current> locked = Optional.empty();
    private Optional<Snapshot> sees = Optional.empty();
    private boolean returnsRows;
    private boolean started;
    private boolean active;
    private boolean heldOver;
    private int number;
    private long[] places = new long[0];
    private long processed;
    private long untold;

    /** How a DECLAREd cursor was declared; a portal of the protocol is {@link #NONE}. */
    record Cursor(boolean declared, boolean binary, boolean scroll, boolean hold, long createdMicros) {
        static final Cursor NONE = new Cursor(false, false, false, false, 0);
    }

    Portal(String name, Prepared statement, Object[] parameters, List<ResultColumn> columns, Cursor cursor) {
        this.name = name;
        this.statement = statement;
        this.parameters = parameters;
        this.columns = columns;
        this.cursor = cursor;
    }

    String name() {
        return name;
    }

    Prepared statement() {
        return statement;
    }

    Object[] parameters() {
        return parameters;
    }

    /** The plan to run is this one, whose relations are locked, whatever becomes of the catalogs. */
    Portal running(Prepared.Current plan) {
        locked = Optional.of(plan);
        return returning(plan.returnsRows());
    }

    /** Whether running it gives rows, be it rows without columns. */
    Portal returning(boolean rows) {
        returnsRows = rows;
        return this;
    }

    boolean returnsRows() {
        return returnsRows || !columns.isEmpty();
    }

    /** What it is to see, rather than what is committed when it starts. */
    Portal seeing(Snapshot given) {
        sees = Optional.of(given);
        return this;
    }

    Optional<Snapshot> sees() {
        return sees;
    }

    /** The plan that must be run, if it is settled. */
    Optional<Prepared.Current> locked() {
        return locked;
    }

    /** What the statement that was started does. */
    Query.Command command() {
        return command;
    }

    /** Empty if it gives no rows. */
    List<ResultColumn> columns() {
        return columns;
    }

    Cursor cursor() {
        return cursor;
    }

    boolean isStarted() {
        return started;
    }

    void start() {
        started = true;
    }

    /** Whether it is running, or was when something failed. */
    boolean isActive() {
        return active;
    }

    void setActive(boolean now) {
        active = now;
    }

    SqlError cannotRun() {
        return new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "portal \"" + name + "\" cannot be run");
    }

    void attach(Execution running, Prepared.Current of, Snapshot sees) {
        execution = Optional.of(running);
        command = running.statement().command();
        planned = Optional.of(of);
        snapshot = Optional.of(sees);
    }

    Optional<Execution> execution() {
        return execution;
    }

    Optional<Snapshot> snapshot() {
        return snapshot;
    }

    Optional<StoredRows> stored() {
        return stored;
    }

    void store(StoredRows rows) {
        stored = Optional.of(rows);
    }

    /** Forgets the stored rows. */
    void dropStored() {
        stored.ifPresent(StoredRows::close);
        stored = Optional.empty();
    }

    /** Places of the last row given, of those tables that the statement's {@link CursorPlaces} name; empty if there is none. */
    long[] places() {
        return places;
    }

    void setPlaces(long[] ofLastRow) {
        places = ofLastRow;
    }

    /** Whether the transaction that made it is over. */
    boolean isHeldOver() {
        return heldOver;
    }

    void holdOver() {
        heldOver = true;
    }

    /** The later the portal was made, the higher. */
    int number() {
        return number;
    }

    void setNumber(int given) {
        number = given;
    }

    /** Rows given so far: the place of the cursor, 0 before the first row. */
    long position() {
        return position;
    }

    void setPosition(long rows) {
        position = rows;
    }

    boolean isAtEnd() {
        return atEnd;
    }

    void setAtEnd(boolean end) {
        atEnd = end;
    }

    /** The command tag of a statement that has run to its end. */
    String tag() {
        return tag;
    }

    void setTag(String done) {
        tag = done;
    }

    /** Rows that the statement has changed. */
    long processed() {
        return processed;
    }

    void setProcessed(long rows) {
        processed = rows;
    }

    /** Rows given by executions that have stopped before their time, which the next one's tag counts too. */
    long untold() {
        return untold;
    }

    void setUntold(long rows) {
        untold = rows;
    }

    /** Ends the run, giving the operators back to their statement; stored rows stay. */
    void closeExecution() {
        execution.ifPresent(e -> {
            e.close();
            planned.ifPresent(p -> p.giveBack(e));
        });
        execution = Optional.empty();
        planned = Optional.empty();
        snapshot = Optional.empty();
    }
}
