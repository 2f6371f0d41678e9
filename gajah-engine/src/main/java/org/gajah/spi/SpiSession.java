package org.gajah.spi;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.AnalyzeContext;
import org.gajah.analyze.Expr;
import org.gajah.api.SqlError;
import org.gajah.ast.RawStatement;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogView;
import org.gajah.exec.Evaluation;
import org.gajah.exec.ScalarCode;
import org.gajah.exec.Scalars;
import org.gajah.exec.StoredRows;
import org.gajah.func.CallContext;
import org.gajah.plan.ResultColumn;
import org.gajah.settings.Settings;
import org.gajah.txn.Snapshot;
import org.gajah.type.TypeContext;
import org.gajah.vector.Carrier;

/** The session as the code of a routine sees it. */
public interface SpiSession {
    /** The catalogs as the next statement will see them. */
    CatalogView catalog();

    /** Differs from what it was when catalogs have changed, be it by this transaction. */
    long catalogVersion();

    /** For analysis with these parameters. */
    AnalyzeContext analysis(SpiParameters parameters);

    TypeContext types();

    Settings settings();

    /** A statement of the routine; nothing is analyzed yet. */
    SpiStatement statement(Slice text, RawStatement raw, SpiParameters parameters);

    /**
     * Opens a query as a cursor of the session, which its client can see and use too.
     *
     * @param name   empty to have one made
     * @param scroll SCROLL, NO SCROLL or neither
     * @return the name
     */
    String openPortal(String name, SpiStatement query, Object[] parameters, SpiView view, Optional<Boolean> scroll);

    /** Whether there is a cursor or portal of this name. */
    boolean hasPortal(String name);

    /** The columns of a cursor; 34000 if there is none of the name. */
    List<ResultColumn> portalColumns(String name);

    /** The expression with all computed in it that parameters cannot change; raises what fails in that. */
    Expr fold(Expr expr);

    /** An analyzed expression without tables, ready to be evaluated. */
    Evaluation compile(List<Expr> exprs);

    /** The same for an expression that is evaluated very often, if it can be had and needs nothing of the database. */
    Optional<ScalarCode> scalar(Expr expr);

    /** For code that is made of expressions and runs very often. */
    Scalars scalars();

    /** The values of compiled expressions, boxed. */
    Object[] evaluate(Evaluation evaluation, Object[] parameters, SpiView view);

    /** Room for rows, within the session's memory; close it. */
    StoredRows newRows(List<Carrier> carriers);

    /**
     * Gives rows a name that the statements of the running routine find in FROM; they go with the routine or {@link #unnameRows}.
     *
     * @return whether the name was free
     */
    boolean nameRows(String name, List<CallContext.Column> columns, StoredRows rows);

    /** Takes the name off again; whether it was there. */
    boolean unnameRows(String name);

    /** Whether names of rows are known that belong to the running call alone: those, or a trigger's transition tables. */
    boolean knowsRows();

    /** Sends a message to the client: severity NOTICE, WARNING, INFO, LOG or DEBUG. */
    void message(String severity, SqlError message);

    /** Where the session's routines are. */
    CallStack stack();

    /** What is committed now and all that was done so far; it lasts as long as the transaction. */
    Snapshot snapshot();

    /** Whether the session has ended or is about to: what is left to do for its last transaction is done by a thread of its own. */
    boolean isOver();

    /**
     * Runs something when the transaction is committed, or else when it is rolled back, at least to where it is now, and nothing of that is left to
     * do. It throws nothing but what ends the session.
     */
    void atEnd(Runnable committed, Runnable rolledBack);

    /** Raises the cancel or timeout that has come. */
    void checkCancelled();

    /** Begins a subtransaction: changes from here on can be taken back. */
    Subtransaction subtransaction();

    /** Part of a transaction; exactly one of the two ends it. */
    interface Subtransaction {
        /** Keeps what was done in it. */
        void release();

        /** Takes back what was done in it. */
        void rollback();
    }

    /** Commits the transaction and begins the next; {@code chain} with the same modes. For code that may. */
    void commit(boolean chain);

    /** Rolls the transaction back and begins the next. */
    void rollback(boolean chain);
}
