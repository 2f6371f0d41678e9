package org.gajah.javaroutine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.gajah.analyze.Variables;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.spi.EventTriggerData;
import org.gajah.api.spi.Spi;
import org.gajah.api.spi.SpiArgument;
import org.gajah.api.spi.SpiCode;
import org.gajah.api.spi.SpiCursor;
import org.gajah.api.spi.SpiPlan;
import org.gajah.api.spi.SpiResult;
import org.gajah.api.spi.SpiSavepoint;
import org.gajah.api.spi.TriggerData;
import org.gajah.api.spi.TupleTable;
import org.gajah.ast.RawStatement;
import org.gajah.base.Slice;
import org.gajah.catalog.Relation;
import org.gajah.catalog.SchemaRow;
import org.gajah.parse.Parser;
import org.gajah.spi.SpiParameters;
import org.gajah.spi.SpiSession;
import org.gajah.spi.SpiStatement;
import org.gajah.type.Oids;

/** A level of connection of a routine that runs. */
final class Connection implements Spi {
    private final JavaCall call;
    private final JavaSession host;
    private final Commands commands;
    private final List<Tuples> tables = new ArrayList<>(0);
    private final List<Plan> plans = new ArrayList<>(0);
    private boolean finished;
    private SpiResult last = SpiResult.of(SpiCode.OK_CONNECT, 0);

    Connection(JavaCall call) {
        this.call = call;
        this.host = call.host();
        this.commands = new Commands(this);
    }

    JavaCall call() {
        return call;
    }

    Commands commands() {
        return commands;
    }

    private SpiSession session() {
        return host.session();
    }

    /** What it made goes. */
    void end() {
        finished = true;
        tables.forEach(Tuples::free);
        plans.forEach(Plan::connectionEnded);
    }

    boolean isFinished() {
        return finished;
    }

    /** Rows that take more than memory go with the level. */
    void owns(Tuples table) {
        tables.add(table);
    }

    /** Whether the level is still there; raises what cannot be answered by a code. */
    boolean isOpen() {
        call.requireHere();
        if (!finished) {
            call.requireSound();
        }
        return !finished;
    }

    /** For what cannot answer with a code that the level is finished. */
    void requireOpen() {
        if (!isOpen()) {
            throw JavaCall.unconnected("the SPI connection is finished");
        }
    }

    /** Something of the engine's, whose failure is this call's. */
    <T> T guarded(Callable<T> work) {
        try {
            return work.call();
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            throw failed(e);
        }
    }

    /** What has come out of the engine, as the error that is this call's from now on. */
    SqlError failed(Throwable thrown) {
        SqlError error = switch (thrown) {
            case SqlError e -> e;
            case StackOverflowError e -> new SqlError(SqlState.STATEMENT_TOO_COMPLEX, "stack depth limit exceeded", e);
            case OutOfMemoryError e -> new SqlError(SqlState.OUT_OF_MEMORY, "out of memory", e);
            default -> new SqlError(SqlState.INTERNAL_ERROR, "internal error: " + thrown, thrown);
        };
        call.failed(error);
        return error;
    }

    SpiResult done(SpiResult result) {
        last = result;
        return result;
    }

    @Override
    public SpiResult execute(String command, boolean readOnly, long count) {
        return run(command, readOnly, count);
    }

    @Override
    public SpiResult executeWithArguments(String command, boolean readOnly, long count, Object... arguments) {
        return run(command, readOnly, count, arguments);
    }

    private SpiResult run(String command, boolean readOnly, long count, Object... arguments) {
        if (!isOpen()) {
            return SpiResult.of(SpiCode.ERROR_UNCONNECTED, 0);
        }
        if (command == null || count < 0) {
            return done(SpiResult.of(SpiCode.ERROR_ARGUMENT, 0));
        }
        return guarded(() -> {
            int[] types = typesOf(arguments);
            return done(commands.run(statements(command, types), new Commands.Run(values(arguments, types), readOnly, count)));
        });
    }

    private int[] typesOf(Object[] arguments) {
        int[] types = new int[arguments.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = typeOf(arguments[i]);
        }
        return types;
    }

    private int typeOf(Object argument) {
        return argument instanceof SpiArgument typed ? type(typed.type()) : argument == null ? Oids.TEXT : JavaTypes.typeOf(argument);
    }

    private int type(String name) {
        return session().types().names().resolve(Oids.REGTYPE, Slice.of(name));
    }

    /** Arguments as values of these types. */
    Object[] values(Object[] arguments, int[] types) {
        Object[] values = new Object[arguments.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = host.types().toDatum(arguments[i] instanceof SpiArgument typed ? typed.value() : arguments[i], types[i]);
        }
        return values;
    }

    /** Those of the last texts are kept, for programs that send the same again and again; not where names may mean other rows each time. */
    private List<SpiStatement> statements(String command, int[] types) {
        if (session().knowsRows()) {
            return statements(command, parameters(types));
        }
        return host.texts().get(command, types, () -> statements(command, parameters(types)));
    }

    private static SpiParameters parameters(int[] types) {
        return new SpiParameters(Arrays.stream(types).boxed().toList(), Variables.NONE);
    }

    /** The commands of a text, parsed. */
    List<SpiStatement> statements(String command, SpiParameters parameters) {
        Slice source = Slice.of(command);
        List<SpiStatement> statements = new ArrayList<>(1);
        try {
            for (RawStatement raw : Parser.parse(source)) {
                statements.add(session().statement(source, raw, parameters));
            }
        } catch (SqlError e) {
            throw Commands.placed(e, command);
        }
        return statements;
    }

    @Override
    public SpiPlan prepare(String command, String... parameterTypes) {
        return prepareCursor(command, Optional.empty(), parameterTypes);
    }

    @Override
    public SpiPlan prepareInferring(String command) {
        requireOpen();
        return guarded(() -> {
            Plan plan = new Plan(host, command, new int[0], Optional.empty());
            plan.prepareInferring(this);
            plans.add(plan);
            return plan;
        });
    }

    @Override
    public SpiPlan prepareCursor(String command, Optional<Boolean> scroll, String... parameterTypes) {
        requireOpen();
        if (command == null) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "no command to prepare: " + SpiCode.ERROR_ARGUMENT);
        }
        return guarded(() -> {
            Plan plan = new Plan(host, command, Arrays.stream(parameterTypes).mapToInt(this::type).toArray(), scroll);
            plan.prepare(this);
            plans.add(plan);
            return plan;
        });
    }

    @Override
    public SpiCursor open(String name, String query, boolean readOnly, Object... arguments) {
        requireOpen();
        return guarded(() -> {
            int[] types = typesOf(arguments);
            return commands.open(name, statements(query, types), new Commands.Run(values(arguments, types), readOnly, 0), Optional.empty());
        });
    }

    @Override
    public Optional<SpiCursor> cursor(String name) {
        requireOpen();
        return session().hasPortal(name) ? Optional.of(new PortalCursor(host, name)) : Optional.empty();
    }

    @Override
    public SpiCode register(String name, TupleTable rows) {
        if (!isOpen()) {
            return SpiCode.ERROR_UNCONNECTED;
        }
        return name == null || name.isEmpty() || rows == null ? SpiCode.ERROR_ARGUMENT : guarded(() -> new TupleCopy(host).register(name, rows));
    }

    @Override
    public SpiCode unregister(String name) {
        if (!isOpen()) {
            return SpiCode.ERROR_UNCONNECTED;
        }
        return session().unnameRows(name) ? SpiCode.OK_REL_UNREGISTER : SpiCode.ERROR_REL_NOT_FOUND;
    }

    private void endTransaction(boolean commit, boolean chain) {
        if (call.atomic()) {
            throw new SqlError(SqlState.INVALID_TRANSACTION_TERMINATION, "invalid transaction termination");
        }
        try {
            if (commit) {
                session().commit(chain);
            } else {
                session().rollback(chain);
            }
        } catch (SqlError e) {
            if (e.state() != SqlState.INVALID_TRANSACTION_TERMINATION) {
                call.transactionEnded();
            }
            throw e;
        }
        call.transactionEnded();
    }

    @Override
    public void commit() {
        requireOpen();
        endTransaction(true, false);
    }

    @Override
    public void commitAndChain() {
        requireOpen();
        endTransaction(true, true);
    }

    @Override
    public void rollback() {
        call.requireHere();
        endTransaction(false, false);
    }

    @Override
    public void rollbackAndChain() {
        call.requireHere();
        endTransaction(false, true);
    }

    @Override
    public boolean isNonatomic() {
        call.requireHere();
        return call.mayEndTransaction();
    }

    @Override
    public SpiSavepoint savepoint() {
        requireOpen();
        return guarded(() -> call.subtransactions().begin());
    }

    @Override
    public <T> T subtransaction(Callable<T> block) throws Exception {
        SpiSavepoint inner = savepoint();
        try {
            T result = Theirs.call(block);
            inner.release();
            return result;
        } finally {
            if (inner.isActive()) {
                inner.rollback();
            }
        }
    }

    @Override
    public void subtransaction(Runnable block) {
        SpiSavepoint inner = savepoint();
        try {
            Theirs.run(block);
            inner.release();
        } finally {
            if (inner.isActive()) {
                inner.rollback();
            }
        }
    }

    @Override
    public void onCommit(Runnable action) {
        requireOpen();
        session().atEnd(new EndAction(call, action), () -> { });
    }

    @Override
    public void onRollback(Runnable action) {
        requireOpen();
        session().atEnd(() -> { }, new EndAction(call, action));
    }

    @Override
    public void message(String severity, String message) {
        requireOpen();
        session().message(severity, new SqlError(severity.equals("WARNING") ? SqlState.WARNING : SqlState.SUCCESSFUL_COMPLETION, message));
    }

    @Override
    public Optional<TriggerData> trigger() {
        return call.trigger();
    }

    @Override
    public Optional<EventTriggerData> eventTrigger() {
        return call.event();
    }

    @Override
    public long processed() {
        return last.processed();
    }

    @Override
    public Optional<TupleTable> tuples() {
        return last.tuples();
    }

    @Override
    public SpiCode result() {
        return last.code();
    }

    @Override
    public Optional<String> relationName(int oid) {
        requireOpen();
        return session().catalog().relation(oid).map(Relation::name);
    }

    @Override
    public Optional<String> schemaName(int oid) {
        requireOpen();
        return session().catalog().relation(oid).flatMap(r -> session().catalog().schema(r.namespace())).map(SchemaRow::name);
    }

    @Override
    public SpiCode finish() {
        call.requireHere();
        if (finished) {
            return SpiCode.ERROR_UNCONNECTED;
        }
        call.finish(this);
        return SpiCode.OK_FINISH;
    }
}
