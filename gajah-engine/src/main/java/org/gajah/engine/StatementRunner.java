package org.gajah.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.LiteralLift;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.CopyStatement;
import org.gajah.ast.CursorStatement;
import org.gajah.ast.FunctionStatement;
import org.gajah.ast.PreparableStatement;
import org.gajah.ast.PreparedStatement;
import org.gajah.ast.RawStatement;
import org.gajah.ast.SettingStatement;
import org.gajah.ast.Statement;
import org.gajah.ast.TransactionStatement;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogView;
import org.gajah.command.Commands;
import org.gajah.command.CopyCommand;
import org.gajah.command.CopyEnds;
import org.gajah.command.CopySource;
import org.gajah.command.CopyTarget;
import org.gajah.parse.Parser;
import org.gajah.parse.StringRules;
import org.gajah.settings.Settings;
import org.gajah.parse.StatementShape;

/**
 * The one way in which statements run, whoever sends them: checks the transaction's state, finds or makes the plan, runs it or the
 * command, and ends the implicit transaction.
 */
final class StatementRunner {
    private final SessionImpl session;
    private final TransactionControl transactions;
    private final PlanSource plans;
    private final PortalRunner portalRunner;
    private final SessionStatements sessionStatements;
    private final TextPlans texts = new TextPlans();
    private boolean besideOthers;
    /** Whether messages before Sync have run something that the next one shares its transaction with. */
    private boolean pipelined;

    StatementRunner(SessionImpl session) {
        this.session = session;
        this.transactions = session.transactions();
        this.plans = new PlanSource(session);
        this.portalRunner = new PortalRunner(session, plans);
        this.sessionStatements = new SessionStatements(session, this);
    }

    PlanSource plans() {
        return plans;
    }

    PortalRunner portalRunner() {
        return portalRunner;
    }

    /** Whether the statement stands in a block or in a text with others, so that it cannot end the transaction by itself. */
    boolean isInsideBlock() {
        return transactions.isInBlock() || besideOthers || pipelined || session.routines().isInside();
    }

    /** Whether plans of plain texts may be kept now. */
    boolean keeps() {
        return transactions.status() != Session.TransactionStatus.FAILED;
    }

    /** Whether the likes of all these statements have been parsed before, so that the parser would have nothing to say now. */
    boolean knows(List<StatementShape> shapes) {
        return shapes.stream().allMatch(texts::wasParsed);
    }

    /** Runs a statement by what is kept from before; false, and nothing has been done, if there is nothing that still stands. */
    boolean runKept(StatementShape shape, boolean last, ResultSink sink) {
        return switch (shape.kind()) {
            case QUERY -> runKeptQuery(shape, last, sink);
            case CONTROL -> runKeptControl(shape, last, sink);
            case OTHER -> false;
        };
    }

    /** The same for one statement of a text with several. */
    boolean runKeptAmongOthers(StatementShape shape, boolean last, ResultSink sink) {
        besideOthers = true;
        boolean done = runKept(shape, last, sink);
        besideOthers = false;
        return done;
    }

    private boolean runKeptControl(StatementShape shape, boolean last, ResultSink sink) {
        Optional<Statement> statement = texts.control(shape);
        if (statement.isEmpty()) {
            return false;
        }
        session.portals().closeUnnamed();
        finish(runControl(statement.get(), shape.text(), sink), last, sink);
        return true;
    }

    private boolean runKeptQuery(StatementShape shape, boolean last, ResultSink sink) {
        Optional<TextPlans.Kept> found = texts.find(shape, session.settings().meaning());
        if (found.isEmpty()) {
            return false;
        }
        session.portals().closeUnnamed();
        transactions.ensureOpen(session.statementMicros());
        TextPlans.Kept kept = found.get();
        Optional<Prepared.Current> current = plans.kept(kept.prepared());
        if (current.isEmpty()) {
            texts.drop(kept);
            return false;
        }
        Optional<Object[]> values = new LiftedValues(session.context(), transactions.catalog()).read(kept.slots(), shape);
        if (values.isEmpty()) {
            return false;
        }
        finish(runPlanned(kept.prepared(), current.get(), values.get(), sink), last, sink);
        return true;
    }

    /** The only statement of a simple query. */
    void runOnly(Slice source, RawStatement raw, Optional<StatementShape> shape, ResultSink sink) {
        finish(run(source, raw, shape, sink), true, sink);
    }

    /** One statement of a simple query with several. */
    void runAmongOthers(Slice source, RawStatement raw, Optional<StatementShape> shape, boolean last, ResultSink sink) {
        besideOthers = true;
        finish(run(source, raw, shape, sink), last, sink);
        besideOthers = false;
    }

    private String run(Slice source, RawStatement raw, Optional<StatementShape> shape, ResultSink sink) {
        Slice text = source.slice(raw.offset(), raw.length());
        if (!(raw.statement() instanceof PreparableStatement)) {
            shape.ifPresent(s -> texts.offer(s, raw.statement()));
            return runControl(raw.statement(), text, sink);
        }
        checkFailed(raw.statement());
        begin(raw.statement());
        Optional<StatementShape> own = shape.filter(s -> s.kind() == StatementShape.Kind.QUERY && texts.isKnown(s)).map(s -> s.copyAt(raw.location()));
        Prepared statement = new Prepared(own.map(StatementShape::text).orElse(text), Optional.of(raw), List.of(), false,
                session.statementMicros()).withoutParameters();
        own.ifPresent(statement::lifting);
        Prepared.Current current = plans.current(statement);
        Object[] values = new Object[0];
        if (own.isPresent()) {
            LiteralLift.Lifted lifted = current.lifted.orElseThrow();
            values = new LiftedValues(session.context(), transactions.catalog()).read(lifted.slots(), own.get()).orElseThrow();
            if (lifted.keepable() && current.key.isShareable()) {
                texts.offer(own.get(), lifted.slots(), session.settings().meaning(), statement);
            }
        }
        return runPlanned(statement, current, values, sink);
    }

    private String runControl(Statement statement, Slice text, ResultSink sink) {
        checkFailed(statement);
        begin(statement);
        return runUtility(statement, text, BoundParameters.NONE, sink, true);
    }

    /** The plan of a prepared statement that is about to run. */
    Prepared.Current planNow(Prepared statement) {
        checkFailed(statement.raw().orElseThrow().statement());
        transactions.ensureOpen(session.statementMicros());
        return plans.current(statement);
    }

    /** Runs a prepared statement to its end; the transaction goes on. */
    void runDirect(Prepared statement, Object[] values, ResultSink sink) {
        if (statement.raw().isEmpty()) {
            sink.empty();
            return;
        }
        if (PlanSource.isPlanned(statement)) {
            sink.complete(runPlanned(statement, planNow(statement), values, sink));
            return;
        }
        Statement command = statement.raw().get().statement();
        checkFailed(command);
        begin(command);
        sink.complete(runUtility(command, statement.text(), new BoundParameters(statement.parameterTypes(), values), sink, true));
    }

    private String runPlanned(Prepared statement, Prepared.Current current, Object[] values, ResultSink sink) {
        Portal portal = new Portal("", statement, values, current.columns, Portal.Cursor.NONE).running(current);
        try {
            portalRunner.runAhead(portal);
            if (portal.returnsRows()) {
                sink.columns(portal.columns(), session.context());
            }
            portalRunner.run(portal, 0, sink);
            return portal.tag();
        } finally {
            portalRunner.close(portal);
        }
    }

    /** Ends the implicit transaction behind its last statement. */
    private void finish(String tag, boolean last, ResultSink sink) {
        if (last && !transactions.isInBlock() && transactions.isOpen()) {
            transactions.commit();
        }
        sink.complete(tag);
    }

    private void begin(Statement statement) {
        if (!hasFailed()) {
            transactions.ensureOpen(session.statementMicros());
        }
    }

    /** In a failed block only its end is let through. */
    private void checkFailed(Statement statement) {
        boolean isEnd = statement instanceof TransactionStatement t && switch (t) {
            case TransactionStatement.Commit c -> true;
            case TransactionStatement.Rollback r -> true;
            case TransactionStatement.RollbackTo r -> true;
            case TransactionStatement.PrepareTransaction p -> true;
            case TransactionStatement.Begin b -> false;
            case TransactionStatement.Savepoint s -> false;
            case TransactionStatement.Release r -> false;
            case TransactionStatement.CommitPrepared c -> false;
            case TransactionStatement.RollbackPrepared r -> false;
            case TransactionStatement.SetConstraints s -> false;
            case TransactionStatement.LockTable l -> false;
        };
        if (hasFailed() && !isEnd) {
            throw failed();
        }
    }

    private boolean hasFailed() {
        return transactions.status() == Session.TransactionStatus.FAILED;
    }

    private static SqlError failed() {
        return new SqlError(SqlState.IN_FAILED_SQL_TRANSACTION,
                "current transaction is aborted, commands ignored until end of transaction block");
    }

    /** How strings are read now. */
    StringRules stringRules() {
        Settings settings = session.settings();
        boolean standard = settings.isOn("standard_conforming_strings");
        String quote = settings.get("backslash_quote");
        boolean asByDefault = standard && quote.equals("safe_encoding");
        return asByDefault ? StringRules.DEFAULT : new StringRules(standard, settings.isOn("escape_string_warning"), !quote.equals("off"));
    }

    /** Parses and, where it is a planned statement, analyzes. */
    Prepared prepare(Slice sql, List<Integer> parameterTypes) {
        List<RawStatement> parsed = Parser.parse(sql, stringRules(), n -> session.message(n.severity(), n.message()));
        if (parsed.size() > 1) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "cannot insert multiple commands into a prepared statement");
        }
        Optional<RawStatement> raw = parsed.stream().findFirst();
        raw.ifPresent(r -> checkFailed(r.statement()));
        Prepared prepared = new Prepared(sql.copy(), raw, parameterTypes, false, session.statementMicros());
        if (raw.isPresent() && raw.get().statement() instanceof PreparableStatement) {
            transactions.ensureOpen(session.statementMicros());
            plans.analyze(prepared);
        }
        raw.flatMap(r -> BoundParameters.query(r.statement())).ifPresent(query -> findParameters(prepared, query));
        if (raw.isPresent() && raw.get().statement() instanceof FunctionStatement.Call call) {
            transactions.ensureOpen(session.statementMicros());
            prepared.setParameterTypes(new RoutineCommands(session, this).parameterTypes(call, parameterTypes));
        }
        return prepared;
    }

    /** The parameters of a command are those of the query in it. */
    private void findParameters(Prepared command, PreparableStatement query) {
        transactions.ensureOpen(session.statementMicros());
        RawStatement raw = new RawStatement(query, 0, command.text().length(), 1);
        Prepared inner = new Prepared(command.text(), Optional.of(raw), command.parameterTypes(), false, session.statementMicros());
        plans.analyze(inner);
        command.setParameterTypes(inner.parameterTypes());
    }

    Session.StatementDescription describe(Prepared statement) {
        if (hasFailed() && PlanSource.isPlanned(statement)) {
            // Nothing can be looked up now; that it gives no rows is known from before.
            if (statement.last().map(Prepared.Current::returnsRows).orElse(true)) {
                throw failed();
            }
            return new Session.StatementDescription(statement.parameterTypes(), Optional.empty());
        }
        statement.raw().ifPresent(r -> begin(r.statement()));
        List<ResultColumn> columns = plans.columns(statement, List.of());
        return new Session.StatementDescription(statement.parameterTypes(),
                columns.isEmpty() && !returnsRows(statement) ? Optional.empty() : Optional.of(columns));
    }

    boolean returnsRows(Prepared statement) {
        return plans.returnsRows(statement);
    }

    Portal bind(String name, Prepared statement, String statementName, List<Boolean> formats, List<Optional<Slice>> values,
            List<Boolean> resultFormats) {
        if (hasFailed() && (statement.raw().isEmpty() || !values.isEmpty())) {
            // Types cannot be looked up now, and what ends the transaction has no parameters.
            throw failed();
        }
        statement.raw().ifPresent(r -> checkFailed(r.statement()));
        if (!hasFailed()) {
            transactions.ensureOpen(session.statementMicros());
        }
        Object[] parameters = new Parameters(session.context(), session.transactions()).read(name, statement, statementName, formats, values);
        if (!PlanSource.isPlanned(statement)) {
            return new Portal(name, statement, parameters, plans.columns(statement, resultFormats), Portal.Cursor.NONE);
        }
        Prepared.Current current = plans.current(statement);
        return new Portal(name, statement, parameters, PlanSource.formatted(current.columns, resultFormats), Portal.Cursor.NONE)
                .returning(current.returnsRows());
    }

    /** The transaction has ended, and with it what statements have in common. */
    void transactionEnded() {
        pipelined = false;
    }

    /** Execute of the extended protocol. */
    void execute(Portal portal, long maxRows, ResultSink sink) {
        executeOne(portal, maxRows, sink);
        pipelined = transactions.isOpen() && !transactions.isInBlock();
    }

    private void executeOne(Portal portal, long maxRows, ResultSink sink) {
        if (portal.statement().raw().isEmpty()) {
            sink.empty();
            return;
        }
        Statement statement = portal.statement().raw().get().statement();
        checkFailed(statement);
        begin(statement);
        if (!portal.columns().isEmpty() || portal.returnsRows()) {
            sink.columns(portal.columns(), session.context());
        }
        if (statement instanceof PreparableStatement) {
            portalRunner.run(portal, maxRows, sink);
            if (portal.isAtEnd()) {
                sink.complete(portal.tag());
            } else if (portal.untold() == 0) {
                sink.suspended();
            }
            return;
        }
        boolean inPieces = maxRows > 0 && !portal.columns().isEmpty();
        if (portal.isStarted() && portal.columns().isEmpty()) {
            throw portal.cannotRun();
        }
        if (!portal.isStarted()) {
            portal.start();
            BoundParameters bound = new BoundParameters(portal.statement().parameterTypes(), portal.parameters());
            boolean takesThem = BoundParameters.query(statement).isPresent() || statement instanceof FunctionStatement.Call;
            portal.setTag(runUtility(statement, portal.statement().text(), takesThem ? bound : BoundParameters.NONE,
                    inPieces ? new StoringSink(portalRunner.store(portal)) : sink, false));
        }
        if (portal.stored().isPresent() && !portalRunner.giveKept(portal, maxRows, sink)) {
            sink.suspended();
        } else {
            sink.complete(portal.tag());
        }
    }

    /** Carries out a statement that is not planned; {@code describe} tells the client of columns first. */
    String runUtility(Statement statement, Slice text, BoundParameters bound, ResultSink sink, boolean describe) {
        SinkOutput output = new SinkOutput(sink, session, describe);
        if (!(statement instanceof TransactionStatement)) {
            transactions.settle();
        }
        return switch (statement) {
            case TransactionStatement t -> sessionStatements.run(t);
            case PreparedStatement p -> sessionStatements.run(p, text, output, sink, describe);
            case CursorStatement c -> sessionStatements.run(c, text, bound, describe && isBinary(c) ? output.inBinary() : output);
            case SettingStatement.Discard d -> sessionStatements.discard(d);
            case SettingStatement.SetTransaction s when !s.session() -> sessionStatements.setTransaction(s);
            case FunctionStatement.Call c -> new RoutineCommands(session, this).call(c, bound, sink, describe);
            case FunctionStatement.Do d -> new RoutineCommands(session, this).inline(d, text);
            case CopyStatement c -> new CopyCommand(new SessionCommandContext(session, this, text, bound), ends(sink)).run(c);
            default -> {
                SessionCommandContext context = new SessionCommandContext(session, this, text, bound);
                yield session.events().run(statement, context, () -> Commands.run(statement, context, output));
            }
        };
    }

    /** Whether it fetches from a cursor that was declared to be binary. */
    private boolean isBinary(CursorStatement statement) {
        return statement instanceof CursorStatement.Fetch f && session.portals().find(f.portal()).filter(p -> p.cursor().binary()).isPresent();
    }

    private static CopyEnds ends(ResultSink sink) {
        return new CopyEnds() {
            @Override
            public CopySource in(boolean binary, int columns) {
                return sink.copyIn(binary, columns)::next;
            }

            @Override
            public CopyTarget out(boolean binary, int columns) {
                return sink.copyOut(binary, columns)::write;
            }
        };
    }

    /** After an error: what was running is given up. */
    void abandon() {
        besideOthers = false;
        List<Portal> open = new ArrayList<>(session.portals().all());
        open.stream().filter(p -> p.isActive() && !p.cursor().declared()).forEach(p -> session.portals().close(p.name()));
    }

    /** Reads the rest of a held cursor before its transaction ends. */
    void keepRest(Portal portal) {
        portalRunner.keepRest(portal);
    }

    /** Deferred constraints, before commit. */
    void runDeferredChecks() {
        if (transactions.isOpen() && transactions.constraints().hasDeferred()) {
            transactions.constraints().endTransaction(portalRunner.context(new Object[0], transactions.snapshot()));
        }
    }

    CatalogView catalog() {
        return transactions.catalog();
    }
}
