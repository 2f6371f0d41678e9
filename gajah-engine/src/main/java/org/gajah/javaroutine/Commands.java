package org.gajah.javaroutine;

import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.spi.SpiCode;
import org.gajah.api.spi.SpiCursor;
import org.gajah.api.spi.SpiResult;
import org.gajah.api.spi.TupleTable;
import org.gajah.ast.CopyStatement;
import org.gajah.ast.FunctionStatement;
import org.gajah.ast.PreparableStatement;
import org.gajah.ast.Statement;
import org.gajah.ast.TableStatement;
import org.gajah.ast.TransactionStatement;
import org.gajah.command.CommandTags;
import org.gajah.spi.SpiOutcome;
import org.gajah.spi.SpiStatement;

/** Runs the commands of a string or a plan, with PostgreSQL's result codes: SPI_execute. */
final class Commands {
    private final Connection connection;
    private final JavaCall call;

    /**
     * How to run them.
     *
     * @param values boxed values of the parameters
     * @param count  how many rows each may give or change, 0 for all
     */
    record Run(Object[] values, boolean readOnly, long count) {
    }

    Commands(Connection connection) {
        this.connection = connection;
        this.call = connection.call();
    }

    /** The result of the last; an error code of the first that cannot be run ends it. */
    SpiResult run(List<SpiStatement> statements, Run run) {
        SpiResult result = SpiResult.of(SpiCode.OK_REWRITTEN, 0);
        for (SpiStatement statement : statements) {
            Optional<SpiCode> refused = refused(statement.tree());
            if (refused.isPresent()) {
                return SpiResult.of(refused.get(), 0);
            }
            try {
                result = one(statement, run);
            } catch (SqlError e) {
                throw placed(e, statement.text().toString());
            }
        }
        return result;
    }

    /** An error's position is one in the command, not in the statement that calls the routine. */
    static SqlError placed(SqlError e, String command) {
        return e.position() == 0 ? e.context("SQL statement \"" + command + "\"") : e.at(0).internal(e.position(), command);
    }

    private static Optional<SpiCode> refused(Statement tree) {
        return switch (tree) {
            case CopyStatement c when c.endpoint() instanceof CopyStatement.Endpoint.Client -> Optional.of(SpiCode.ERROR_COPY);
            case TransactionStatement t when t.isControl() -> Optional.of(SpiCode.ERROR_TRANSACTION);
            default -> Optional.empty();
        };
    }

    private boolean reads(SpiStatement statement, boolean onlyReads, Run run) {
        boolean reads = run.readOnly || call.onlyReads();
        if (reads && !onlyReads) {
            throw SqlError.notSupported(CommandTags.of(statement.tree()) + " is not allowed in a non-volatile function");
        }
        return reads;
    }

    private SpiResult one(SpiStatement statement, Run run) {
        call.checkCancelled();
        SpiStatement.Ready ready = statement.ready();
        boolean reads = reads(statement, ready.onlyReads(), run);
        boolean calls = statement.tree() instanceof FunctionStatement.Call || statement.tree() instanceof FunctionStatement.Do;
        if (!ready.returnsRows()) {
            SpiOutcome outcome = calls && call.mayEndTransaction() ? statement.runNonAtomic(run.values, batch -> { })
                    : statement.run(ready, run.values, call.view(reads), run.count, batch -> { });
            return new SpiResult(code(statement, outcome.tag(), false), outcome.processed(), Optional.empty());
        }
        Tuples tuples = new Tuples(connection, ready.columns());
        SpiOutcome outcome = calls && call.mayEndTransaction() ? statement.runNonAtomic(run.values, tuples)
                : statement.run(ready, run.values, call.view(reads), run.count, tuples);
        return new SpiResult(code(statement, outcome.tag(), true), outcome.processed(), Optional.<TupleTable>of(tuples));
    }

    private static SpiCode code(SpiStatement statement, String tag, boolean gives) {
        Statement tree = statement.tree();
        if (!(tree instanceof PreparableStatement)) {
            return isSelectInto(statement) ? SpiCode.OK_SELINTO : SpiCode.OK_UTILITY;
        }
        return switch (tag) {
            case "INSERT" -> gives ? SpiCode.OK_INSERT_RETURNING : SpiCode.OK_INSERT;
            case "UPDATE" -> gives ? SpiCode.OK_UPDATE_RETURNING : SpiCode.OK_UPDATE;
            case "DELETE" -> gives ? SpiCode.OK_DELETE_RETURNING : SpiCode.OK_DELETE;
            case "MERGE" -> gives ? SpiCode.OK_MERGE_RETURNING : SpiCode.OK_MERGE;
            default -> SpiCode.OK_SELECT;
        };
    }

    /** SELECT INTO has the tree of CREATE TABLE AS. */
    private static boolean isSelectInto(SpiStatement statement) {
        return statement.tree() instanceof TableStatement.CreateTableAs && !statement.text().toString().regionMatches(true, 0, "CREATE", 0, 6);
    }

    /** Opens a query as a cursor of the session. */
    SpiCursor open(String name, List<SpiStatement> statements, Run run, Optional<Boolean> scroll) {
        if (statements.size() != 1) {
            throw new SqlError(SqlState.INVALID_CURSOR_DEFINITION, "cannot open multi-query plan as cursor");
        }
        SpiStatement query = statements.getFirst();
        if (!isCursorPlan(statements)) {
            throw new SqlError(SqlState.INVALID_CURSOR_DEFINITION, "cannot open " + CommandTags.of(query.tree()) + " query as cursor");
        }
        try {
            boolean reads = reads(query, query.onlyReads(), run);
            boolean locksBackward = scroll.orElse(false) && !query.onlyReads() && CommandTags.of(query.tree()).startsWith("SELECT");
            if (locksBackward) {
                throw SqlError.notSupported("DECLARE SCROLL CURSOR ... FOR UPDATE/SHARE is not supported").detail("Scrollable cursors must be READ ONLY.");
            }
            String opened = call.host().session().openPortal(name, query, run.values, call.view(reads), scroll);
            return new PortalCursor(call.host(), opened);
        } catch (SqlError e) {
            throw placed(e, query.text().toString());
        }
    }

    static boolean isCursorPlan(List<SpiStatement> statements) {
        return statements.size() == 1 && statements.getFirst().tree() instanceof PreparableStatement && statements.getFirst().returnsRows();
    }
}
