package org.gajah.engine;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.AnalyzeContext;
import org.gajah.analyze.Expr;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.RawStatement;
import org.gajah.ast.TransactionStatement;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogView;
import org.gajah.exec.Evaluation;
import org.gajah.exec.ExecContext;
import org.gajah.exec.ScalarCode;
import org.gajah.exec.Scalars;
import org.gajah.exec.StoredRows;
import org.gajah.func.CallContext;
import org.gajah.plan.Planner;
import org.gajah.plan.ResultColumn;
import org.gajah.settings.Settings;
import org.gajah.spi.CallStack;
import org.gajah.spi.SpiParameters;
import org.gajah.spi.SpiSession;
import org.gajah.spi.SpiStatement;
import org.gajah.spi.SpiView;
import org.gajah.txn.Snapshot;
import org.gajah.type.TypeContext;
import org.gajah.vector.Carrier;

/** A session as the code of routines sees it. */
final class SpiCalls implements SpiSession {
    /** The name of savepoints that are known by themselves. */
    private static final String UNNAMED = "";

    private final SessionImpl session;
    private final CallStack stack = new CallStack();
    private int portals;

    SpiCalls(SessionImpl session) {
        this.session = session;
    }

    @Override
    public CatalogView catalog() {
        return session.transactions().catalog();
    }

    @Override
    public long catalogVersion() {
        return session.transactions().catalogVersion();
    }

    @Override
    public AnalyzeContext analysis(SpiParameters parameters) {
        return session.context().analysis(catalog(), parameters);
    }

    @Override
    public TypeContext types() {
        return session.context();
    }

    @Override
    public Settings settings() {
        return session.settings();
    }

    @Override
    public SpiStatement statement(Slice text, RawStatement raw, SpiParameters parameters) {
        return new InnerStatement(session, text, raw, parameters);
    }

    @Override
    public String openPortal(String name, SpiStatement query, Object[] parameters, SpiView view, Optional<Boolean> scroll) {
        ((InnerStatement) query).requireOpenable();
        String chosen = name;
        while (chosen.isEmpty() || name.isEmpty() && session.portals().find(chosen).isPresent()) {
            chosen = "<unnamed portal " + ++portals + ">";
        }
        if (session.portals().find(chosen).isPresent()) {
            throw new SqlError(SqlState.DUPLICATE_CURSOR, "cursor \"" + chosen + "\" already in use");
        }
        ((InnerStatement) query).openPortal(chosen, parameters, view, scroll);
        return chosen;
    }

    @Override
    public boolean hasPortal(String name) {
        return session.portals().find(name).isPresent();
    }

    @Override
    public List<ResultColumn> portalColumns(String name) {
        return session.portals().find(name).orElseThrow(() -> new SqlError(SqlState.INVALID_CURSOR_NAME, "cursor \"" + name + "\" does not exist"))
                .columns().stream().map(c -> new ResultColumn(c.name(), c.type(), c.typmod(), 0, 0, 0)).toList();
    }

    @Override
    public Expr fold(Expr expr) {
        PlanningView view = session.context().sizes();
        Expr folded = Planner.fold(expr, catalog(), view);
        view.failure().ifPresent(failure -> {
            throw failure;
        });
        return folded;
    }

    @Override
    public Evaluation compile(List<Expr> exprs) {
        return new Evaluation(exprs, session.runner().portalRunner().compile(catalog()));
    }

    @Override
    public Optional<ScalarCode> scalar(Expr expr) {
        return scalars().of(expr).map(ScalarCode::of);
    }

    @Override
    public Scalars scalars() {
        return new Scalars(session.runner().portalRunner().compile(catalog()), session.context().calls());
    }

    @Override
    public Object[] evaluate(Evaluation evaluation, Object[] parameters, SpiView view) {
        try (InnerRun _ = new InnerRun(session)) {
            return switch (view) {
                case SpiView.Callers callers -> evaluation.values(context(parameters, callers.snapshot()));
                case SpiView.Fresh fresh -> {
                    Snapshot snapshot = session.transactions().snapshot();
                    try {
                        yield evaluation.values(context(parameters, snapshot));
                    } finally {
                        session.transactions().release(snapshot);
                    }
                }
            };
        }
    }

    private ExecContext context(Object[] parameters, Snapshot snapshot) {
        return session.runner().portalRunner().context(parameters, snapshot);
    }

    @Override
    public StoredRows newRows(List<Carrier> carriers) {
        return new StoredRows(carriers, session.workspace());
    }

    @Override
    public boolean nameRows(String name, List<CallContext.Column> columns, StoredRows rows) {
        return session.routines().named().add(name, columns, rows, catalog());
    }

    @Override
    public boolean unnameRows(String name) {
        return session.routines().named().remove(name);
    }

    @Override
    public boolean knowsRows() {
        return session.routines().knowsRows();
    }

    @Override
    public void message(String severity, SqlError message) {
        session.message(severity, session.routines().placed(message));
    }

    @Override
    public CallStack stack() {
        return stack;
    }

    @Override
    public void checkCancelled() {
        session.cancelFlag().check();
    }

    @Override
    public Subtransaction subtransaction() {
        TransactionControl transactions = session.transactions();
        TransactionControl.Savepoint savepoint = transactions.savepoint(UNNAMED);
        return new Subtransaction() {
            @Override
            public void release() {
                transactions.release(savepoint);
            }

            @Override
            public void rollback() {
                transactions.rollbackTo(savepoint);
                transactions.release(savepoint);
            }
        };
    }

    @Override
    public Snapshot snapshot() {
        return session.transactions().snapshot();
    }

    @Override
    public boolean isOver() {
        return session.transactions().isClosing();
    }

    @Override
    public void atEnd(Runnable committed, Runnable rolledBack) {
        session.transactions().atEnd(committed, rolledBack);
    }

    @Override
    public void commit(boolean chain) {
        requireOutermost("commit");
        end(session.transactions()::commit, chain);
    }

    @Override
    public void rollback(boolean chain) {
        requireOutermost("roll back");
        end(session.transactions()::rollback, chain);
    }

    /** Whoever may end the transaction is in no block of the client's: savepoints are those of routines. */
    private void requireOutermost(String end) {
        if (session.transactions().hasSavepoints()) {
            throw new SqlError(SqlState.INVALID_TRANSACTION_TERMINATION, "cannot " + end + " while a subtransaction is active");
        }
    }

    /** Ends the transaction and begins the next, also if the commit fails. */
    private void end(Runnable ending, boolean chain) {
        TransactionControl transactions = session.transactions();
        TransactionStatement.TransactionModes modes = transactions.modes();
        try {
            ending.run();
        } finally {
            transactions.ensureOpen(session.nowMicros());
            if (chain) {
                transactions.apply(modes);
            }
        }
    }
}
