package org.gajah.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Definitions;
import org.gajah.analyze.Expr;
import org.gajah.analyze.ParameterTypes;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.CursorStatement;
import org.gajah.ast.PreparedStatement;
import org.gajah.ast.RangeVar;
import org.gajah.ast.RawStatement;
import org.gajah.ast.SettingStatement;
import org.gajah.ast.TransactionStatement;
import org.gajah.base.Slice;
import org.gajah.catalog.Relation;
import org.gajah.catalog.CatalogRow;
import org.gajah.command.CommandOutput;
import org.gajah.settings.Settings;
import org.gajah.sysfunc.RoleSettings;
import org.gajah.txn.lock.LockMode;
import org.gajah.txn.lock.LockTag;

/** Statements about the session itself: its transactions, prepared statements and cursors. */
final class SessionStatements {
    private final SessionImpl session;
    private final StatementRunner runner;
    private final Cursors cursors;

    SessionStatements(SessionImpl session, StatementRunner runner) {
        this.session = session;
        this.runner = runner;
        this.cursors = new Cursors(session, runner);
    }

    private TransactionControl transactions() {
        return session.transactions();
    }

    private void warn(SqlState state, String message) {
        session.message("WARNING", new SqlError(state, message));
    }

    String run(TransactionStatement statement) {
        return switch (statement) {
            case TransactionStatement.Begin b -> begin(b);
            case TransactionStatement.Commit c -> commit(c.chain());
            case TransactionStatement.Rollback r -> rollback(r.chain());
            case TransactionStatement.Savepoint s -> {
                requireWrittenBlock("SAVEPOINT");
                transactions().savepoint(s.name());
                yield "SAVEPOINT";
            }
            case TransactionStatement.Release r -> {
                requireWrittenBlock("RELEASE SAVEPOINT");
                transactions().release(r.name());
                yield "RELEASE";
            }
            case TransactionStatement.RollbackTo r -> {
                requireWrittenBlock("ROLLBACK TO SAVEPOINT");
                transactions().rollbackTo(r.name());
                yield "ROLLBACK";
            }
            case TransactionStatement.SetConstraints s -> setConstraints(s);
            case TransactionStatement.LockTable l -> lockTable(l);
            case TransactionStatement.PrepareTransaction p -> {
                session.channels().forbidPrepare();
                throw SqlError.notSupported("PREPARE TRANSACTION is not supported");
            }
            case TransactionStatement.CommitPrepared c -> throw SqlError.notSupported("COMMIT PREPARED is not supported");
            case TransactionStatement.RollbackPrepared r -> throw SqlError.notSupported("ROLLBACK PREPARED is not supported");
        };
    }

    /** What is begun by BEGIN is a block; statements that just share a transaction are none for savepoints. */
    private void requireWrittenBlock(String tag) {
        if (!transactions().isInBlock() && !session.routines().isInside()) {
            throw new SqlError(SqlState.NO_ACTIVE_SQL_TRANSACTION, tag + " can only be used in transaction blocks");
        }
    }

    private void requireBlock(String tag) {
        if (!transactions().isInBlock() && !runner.isInsideBlock()) {
            throw new SqlError(SqlState.NO_ACTIVE_SQL_TRANSACTION, tag + " can only be used in transaction blocks");
        }
    }

    private String begin(TransactionStatement.Begin b) {
        if (transactions().isInBlock()) {
            warn(SqlState.ACTIVE_SQL_TRANSACTION, "there is already a transaction in progress");
            transactions().apply(b.modes());
        } else {
            transactions().begin(b.modes());
        }
        return b.start() ? "START TRANSACTION" : "BEGIN";
    }

    private String commit(boolean chain) {
        if (!transactions().isInBlock()) {
            if (chain) {
                throw new SqlError(SqlState.NO_ACTIVE_SQL_TRANSACTION, "COMMIT AND CHAIN can only be used in transaction blocks");
            }
            warn(SqlState.NO_ACTIVE_SQL_TRANSACTION, "there is no transaction in progress");
        }
        TransactionStatement.TransactionModes modes = transactions().modes();
        boolean committed = transactions().commit();
        chain(chain, modes);
        return committed ? "COMMIT" : "ROLLBACK";
    }

    private String rollback(boolean chain) {
        if (!transactions().isInBlock()) {
            if (chain) {
                throw new SqlError(SqlState.NO_ACTIVE_SQL_TRANSACTION, "ROLLBACK AND CHAIN can only be used in transaction blocks");
            }
            warn(SqlState.NO_ACTIVE_SQL_TRANSACTION, "there is no transaction in progress");
        }
        TransactionStatement.TransactionModes modes = transactions().modes();
        transactions().rollback();
        chain(chain, modes);
        return "ROLLBACK";
    }

    private void chain(boolean chain, TransactionStatement.TransactionModes modes) {
        if (chain) {
            transactions().ensureOpen(session.statementMicros());
            transactions().begin(modes);
        }
    }

    private String setConstraints(TransactionStatement.SetConstraints s) {
        if (!transactions().isInBlock() && !runner.isInsideBlock()) {
            session.message("WARNING", new SqlError(SqlState.NO_ACTIVE_SQL_TRANSACTION, "SET CONSTRAINTS can only be used in transaction blocks"));
        }
        if (s.constraints().isEmpty()) {
            transactions().constraints().setAll(s.deferred());
        } else {
            s.constraints().forEach(name -> transactions().constraints().set(deferrable(name), s.deferred()));
        }
        if (!s.deferred()) {
            transactions().constraints().runImmediate(runner.portalRunner().context(new Object[0], transactions().snapshot()));
        }
        return "SET CONSTRAINTS";
    }

    private int deferrable(RangeVar name) {
        List<CatalogRow> found = runner.catalog().rows("pg_constraint", 2664, Slice.of(name.relation()));
        CatalogRow row = found.stream().findFirst().orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT,
                "constraint \"" + name.relation() + "\" does not exist"));
        if (!row.flag("condeferrable")) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "constraint \"" + name.relation() + "\" is not deferrable");
        }
        return row.number("oid");
    }

    private String lockTable(TransactionStatement.LockTable l) {
        requireBlock("LOCK TABLE");
        LockMode mode = LockMode.valueOf(l.mode().name());
        for (RangeVar relation : l.relations()) {
            Relation found = new NameResolver(session).relation(relation);
            int oid = found.oid();
            new PermissionCheck(session.context(), session.transactions().catalog()).requireLock(found, mode);
            lockTable(found, mode, l.noWait());
            if (relation.inherit()) {
                lockPartitions(oid, mode, l.noWait());
            }
        }
        return "LOCK TABLE";
    }

    private void lockTable(Relation relation, LockMode mode, boolean noWait) {
        boolean got = session.instance().locks().lock(session.lockOwner(), LockTag.relation(session.database(), relation.oid()), mode, !noWait);
        if (!got) {
            throw new SqlError(SqlState.LOCK_NOT_AVAILABLE, "could not obtain lock on relation \"" + relation.name() + "\"");
        }
    }

    private void lockPartitions(int table, LockMode mode, boolean noWait) {
        for (int oid : session.transactions().catalog().children(table)) {
            session.transactions().catalog().relation(oid).ifPresent(partition -> lockTable(partition, mode, noWait));
            lockPartitions(oid, mode, noWait);
        }
    }

    String setTransaction(SettingStatement.SetTransaction s) {
        if (!transactions().isInBlock() && !session.routines().isInside()) {
            warn(SqlState.NO_ACTIVE_SQL_TRANSACTION, "SET TRANSACTION can only be used in transaction blocks");
        }
        transactions().apply(s.modes());
        return "SET";
    }

    String discard(SettingStatement.Discard d) {
        switch (d.target()) {
            case ALL -> {
                if (runner.isInsideBlock()) {
                    throw new SqlError(SqlState.ACTIVE_SQL_TRANSACTION, "DISCARD ALL cannot run inside a transaction block");
                }
                session.portals().closeAll();
                new RoleSettings(session.transactions().catalog(), session.settings(), session.authenticatedRole(), session.authenticatedRole(),
                        session.context().definer().isPresent())
                        .set("session_authorization", session.authenticatedRole().name(), false);
                session.settings().resetAll();
                session.dropTemporaryObjects();
                session.statements().clear();
                session.instance().locks().unlockAllAdvisory(session.lockOwner());
                session.context().sequences().discard();
                session.channels().unlistenAll();
            }
            case SEQUENCES -> session.context().sequences().discard();
            case TEMP -> session.dropTemporaryObjects();
            case PLANS -> { }
        }
        return "DISCARD " + d.target().name();
    }

    String run(PreparedStatement statement, Slice text, CommandOutput output, ResultSink sink, boolean describe) {
        return switch (statement) {
            case PreparedStatement.Prepare p -> prepare(p, text);
            case PreparedStatement.Execute e -> execute(e, sink, describe);
            case PreparedStatement.Deallocate d -> {
                d.name().ifPresentOrElse(name -> {
                    session.statement(name);
                    session.statements().remove(name);
                }, session.statements()::clear);
                yield d.name().isPresent() ? "DEALLOCATE" : "DEALLOCATE ALL";
            }
        };
    }

    private String prepare(PreparedStatement.Prepare p, Slice text) {
        if (session.statements().containsKey(p.name())) {
            throw new SqlError(SqlState.DUPLICATE_PREPARED_STATEMENT, "prepared statement \"" + p.name() + "\" already exists");
        }
        List<Integer> types = new ArrayList<>();
        p.argumentTypes().forEach(t -> types.add(new NameResolver(session).type(t)));
        RawStatement raw = new RawStatement(p.query(), 0, text.length(), 1);
        Prepared prepared = new Prepared(text.copy(), Optional.of(raw), types, true, session.statementMicros());
        runner.plans().analyze(prepared);
        session.statements().put(p.name(), prepared);
        return "PREPARE";
    }

    private String execute(PreparedStatement.Execute e, ResultSink sink, boolean describe) {
        Prepared prepared = session.statement(e.name());
        Object[] values = arguments(e, prepared);
        Portal portal = new Portal("", prepared, values, runner.plans().columns(prepared, List.of(false)), Portal.Cursor.NONE);
        try {
            if (describe && runner.returnsRows(prepared)) {
                sink.columns(portal.columns(), session.context());
            }
            runner.portalRunner().run(portal, 0, sink);
            return portal.tag();
        } finally {
            runner.portalRunner().close(portal);
        }
    }

    Object[] arguments(PreparedStatement.Execute e, Prepared prepared) {
        List<Integer> types = prepared.parameterTypes();
        if (types.size() != e.arguments().size()) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "wrong number of parameters for prepared statement \"" + e.name() + "\"")
                    .detail("Expected " + types.size() + " parameters but got " + e.arguments().size() + ".");
        }
        List<Expr> exprs = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            exprs.add(Definitions.executeArgument(e.arguments().get(i), types.get(i), i + 1,
                    session.context().analysis(runner.catalog(), ParameterTypes.none())));
        }
        return new OneRow(session, runner).evaluate(exprs);
    }

    String run(CursorStatement statement, Slice text, BoundParameters bound, CommandOutput output) {
        return cursors.run(statement, text, bound, output);
    }

}
