package org.gajah.api.spi;

import java.util.Optional;
import java.util.concurrent.Callable;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.spi.host.SpiHost;
import org.gajah.api.spi.host.SpiThread;

/**
 * A routine's connection to the server that runs it. Every running routine has one, {@link #current()}; {@link #connect()} opens a further
 * level, which {@link #close()} ends together with the tuple tables and plans that were got through it.
 *
 * <p>Commands follow the routine's volatility only in what {@code readOnly} says: false gives each command a new snapshot (under READ
 * COMMITTED) and shows it the changes of those before; true allows queries only, which see what the statement sees that called the routine.
 *
 * <p>An error raised by a command must leave the routine, or the {@link #subtransaction} that it came in: after it, all that the routine
 * tries raises it again.
 */
public interface Spi extends AutoCloseable {
    /**
     * The innermost connection of the routine that this thread runs.
     *
     * @throws SqlError with SPI_ERROR_UNCONNECTED in its message if the thread runs none
     */
    static Spi current() {
        return host().current();
    }

    /** Opens a level. C: SPI_connect, SPI_connect_ext (whether the routine may end transactions is known from how it was called) */
    static Spi connect() {
        return host().connect();
    }

    /** Whether this thread runs a routine. */
    static boolean isConnected() {
        return SpiThread.host().isPresent();
    }

    private static SpiHost host() {
        return SpiThread.host().orElseThrow(() -> new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                "this thread runs no routine: " + SpiCode.ERROR_UNCONNECTED));
    }

    /**
     * Runs commands, one after the other; the result is the last one's. At most {@code count} rows are given or changed by each, 0 for all.
     * C: SPI_execute, SPI_exec (with {@code readOnly} false)
     */
    SpiResult execute(String command, boolean readOnly, long count);

    /**
     * Runs commands with arguments for {@code $1, $2, ...}, whose types follow from their classes unless they are {@link SpiArgument}s.
     * C: SPI_execute_with_args, SPI_execute_extended
     */
    SpiResult executeWithArguments(String command, boolean readOnly, long count, Object... arguments);

    /** Runs commands that may change things, and takes all rows; an error code becomes an error. */
    default SpiResult execute(String command, Object... arguments) {
        return executeWithArguments(command, false, 0, arguments).orThrow();
    }

    /**
     * Prepares commands; the parameters' types are named as in SQL. C: SPI_prepare, SPI_prepare_extended
     */
    SpiPlan prepare(String command, String... parameterTypes);

    /**
     * Prepares a command whose parameters have the types that follow from where they stand, as a client's have. C: SPI_prepare_params
     */
    SpiPlan prepareInferring(String command);

    /** Prepares a query whose cursors are SCROLL or NO SCROLL, or as the query has it. C: SPI_prepare_cursor */
    SpiPlan prepareCursor(String command, Optional<Boolean> scroll, String... parameterTypes);

    /** Opens a query as a cursor; an empty name has one made. C: SPI_cursor_open_with_args, SPI_cursor_parse_open */
    SpiCursor open(String name, String query, boolean readOnly, Object... arguments);

    /** A cursor of the session. C: SPI_cursor_find */
    Optional<SpiCursor> cursor(String name);

    /**
     * Gives rows a name that commands of the routine find in FROM like a table's, before one of the same name, until the routine ends. The rows
     * are copied. Transition tables have their names by themselves. C: SPI_register_relation
     *
     * @return {@link SpiCode#OK_REL_REGISTER}, {@link SpiCode#ERROR_REL_DUPLICATE} or {@link SpiCode#ERROR_ARGUMENT}
     */
    SpiCode register(String name, TupleTable rows);

    /** Takes such a name off: {@link SpiCode#OK_REL_UNREGISTER} or {@link SpiCode#ERROR_REL_NOT_FOUND}. C: SPI_unregister_relation */
    SpiCode unregister(String name);

    /**
     * Commits and begins the next transaction. C: SPI_commit
     *
     * @throws SqlError 2D000 unless the routine is a procedure that was reached by CALL or DO alone, outside of a block
     */
    void commit();

    /** The same; the next transaction has the modes of this one. C: SPI_commit_and_chain */
    void commitAndChain();

    /** Rolls back and begins the next transaction. C: SPI_rollback */
    void rollback();

    /** The same; the next transaction has the modes of this one. C: SPI_rollback_and_chain */
    void rollbackAndChain();

    /** Whether {@link #commit} and {@link #rollback} may end the transaction here. C: SPI_inside_nonatomic_context */
    boolean isNonatomic();

    /** Does nothing: commit and rollback begin the next transaction themselves. C: SPI_start_transaction */
    default void startTransaction() {
        // as in PostgreSQL since 11
    }

    /** Runs a block in a subtransaction: if it throws, what it did is taken back and the exception goes on, and then it may be caught. */
    <T> T subtransaction(Callable<T> block) throws Exception;

    /** Begins a subtransaction that ends when it is told to, at the latest with the routine. */
    SpiSavepoint savepoint();

    /** {@link #subtransaction(Callable)} of a block that gives nothing. */
    default void subtransaction(Runnable block) {
        try {
            subtransaction(() -> {
                block.run();
                return this;
            });
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Has something done when the transaction, with this subtransaction, has been committed and is over. It has no SPI, and whatever it throws is a
     * WARNING. C: RegisterXactCallback
     */
    void onCommit(Runnable action);

    /**
     * Has something done when the transaction has been rolled back, this subtransaction at least; under the same rules. If the session's end rolls
     * back, it is done on another thread.
     */
    void onRollback(Runnable action);

    /** Sends a message to the client: DEBUG, LOG, INFO, NOTICE or WARNING. C: ereport */
    void message(String severity, String message);

    /** What the trigger is about whose function this is. C: TriggerData */
    Optional<TriggerData> trigger();

    /** What the event trigger is about whose function this is. C: EventTriggerData */
    Optional<EventTriggerData> eventTrigger();

    /** Rows of the last command through this connection. C: SPI_processed */
    long processed();

    /** The rows that the last command through this connection gave. C: SPI_tuptable */
    Optional<TupleTable> tuples();

    /** The code of the last command through this connection. C: SPI_result */
    SpiCode result();

    /** A table's name by oid. C: SPI_getrelname */
    Optional<String> relationName(int oid);

    /** The name of the schema that a table is in. C: SPI_getnspname */
    Optional<String> schemaName(int oid);

    /** Ends this level and those opened after it; {@link SpiCode#ERROR_UNCONNECTED} if it has ended before. C: SPI_finish */
    SpiCode finish();

    /** {@link #finish}. */
    @Override
    default void close() {
        finish();
    }
}
