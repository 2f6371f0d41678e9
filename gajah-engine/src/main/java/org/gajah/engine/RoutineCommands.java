package org.gajah.engine;

import java.util.ArrayList;
import java.util.List;

import org.gajah.analyze.Definitions;
import org.gajah.analyze.Expr;
import org.gajah.analyze.ParameterTypes;
import org.gajah.analyze.Variables;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.DefElem;
import org.gajah.ast.FunctionStatement;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.ProcRow;
import org.gajah.command.BodyErrors;
import org.gajah.exec.Evaluation;
import org.gajah.func.CallContext;
import org.gajah.plan.ResultColumn;
import org.gajah.spi.RoutineDefinition;
import org.gajah.spi.SpiView;
import org.gajah.type.RecordValue;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;

/** CALL and DO. */
final class RoutineCommands {
    private static final int INTERNAL = 12;

    private final SessionImpl session;
    private final StatementRunner runner;

    RoutineCommands(SessionImpl session, StatementRunner runner) {
        this.session = session;
        this.runner = runner;
    }

    /** The types of a CALL's parameters, given where known. */
    List<Integer> parameterTypes(FunctionStatement.Call call, List<Integer> known) {
        ParameterTypes types = ParameterTypes.inferred(known);
        analyze(call, types, Variables.NONE);
        return types.types();
    }

    private Expr.FunctionCall analyze(FunctionStatement.Call call, ParameterTypes parameters, Variables names) {
        return Definitions.call(call.call(), session.context().analysis(runner.catalog(), parameters).with(names));
    }

    private ProcRow procedure(Expr.FunctionCall call) {
        ProcRow procedure = runner.catalog().function(call.function()).orElseThrow();
        return Definitions.resolved(procedure, inputs(procedure, call).stream().map(Expr::type).toList(), session.context().analysis(runner.catalog(),
                ParameterTypes.none()));
    }

    /** The arguments that go in. */
    private static List<Expr> inputs(ProcRow procedure, Expr.FunctionCall call) {
        List<Expr> inputs = new ArrayList<>();
        for (int i = 0; i < call.args().size(); i++) {
            if (procedure.modes().isEmpty() || procedure.modes().get(i) != 'o') {
                inputs.add(call.args().get(i));
            }
        }
        return inputs;
    }

    /** What a CALL returns: a column for each parameter that goes out. */
    List<ResultColumn> columns(FunctionStatement.Call call) {
        return columns(procedure(analyze(call, ParameterTypes.inferred(List.of()), Variables.NONE)));
    }

    /** The same inside a routine. */
    List<ResultColumn> columns(FunctionStatement.Call call, BoundParameters bound) {
        return columns(procedure(analyze(call, bound.forAnalysis(), bound.names())));
    }

    private List<ResultColumn> columns(ProcRow procedure) {
        List<ResultColumn> columns = new ArrayList<>();
        for (CallContext.Column c : RoutineDefinition.declared(procedure).outputs()) {
            columns.add(new ResultColumn(c.name(), c.type(), -1, 0, 0, 0));
        }
        return columns;
    }

    String call(FunctionStatement.Call statement, BoundParameters bound, ResultSink sink, boolean describe) {
        boolean atomic = session.routines().isAtomic();
        Expr.FunctionCall call = analyze(statement, bound.forAnalysis(), bound.names());
        ProcRow procedure = procedure(call);
        new PermissionCheck(session.context(), runner.catalog()).requireFunction(procedure.oid());
        if (procedure.language() == INTERNAL) {
            session.routines().spi().evaluate(session.routines().spi().compile(List.of(call)), bound.values(), SpiView.Fresh.FRESH);
            return "CALL";
        }
        List<Expr> inputs = inputs(procedure, call);
        Evaluation evaluation = session.routines().spi().compile(inputs);
        Object[] arguments = session.routines().spi().evaluate(evaluation, bound.values(), SpiView.Fresh.FRESH);
        Object result = session.routines().call(procedure, inputs.stream().map(Expr::type).toList(), arguments, atomic);
        List<ResultColumn> columns = columns(procedure);
        if (!columns.isEmpty()) {
            giveRow(columns, result, sink, describe);
        }
        return "CALL";
    }

    private void giveRow(List<ResultColumn> columns, Object result, ResultSink sink, boolean describe) {
        SinkOutput output = new SinkOutput(sink, session, describe);
        output.columns(columns);
        List<Carrier> carriers = columns.stream().map(c -> runner.catalog().codec(c.type()).carrier()).toList();
        Batch batch = Batch.of(carriers, 1);
        Object[] values = result instanceof RecordValue record ? record.fields() : new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            batch.column(i).set(0, values[i]);
        }
        batch.selection().all(1);
        output.rows(batch);
    }

    /** DO; {@code text} is the statement as it was sent. */
    String inline(FunctionStatement.Do statement, Slice text) {
        boolean atomic = session.routines().isAtomic();
        String language = "plpgsql";
        String source = "";
        boolean hasSource = false;
        for (DefElem option : statement.options()) {
            String value = ((DefElem.Value.Text) option.value().orElseThrow()).value();
            if (option.name().equals("language")) {
                language = value;
            } else {
                source = value;
                hasSource = true;
            }
        }
        if (!hasSource) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "no inline code specified");
        }
        String name = language;
        CatalogRow row = runner.catalog().row("pg_language", 2681, Slice.of(name)).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT,
                "language \"" + name + "\" does not exist"));
        try {
            session.routines().inline(row.number("oid"), source, atomic);
        } catch (SqlError e) {
            throw BodyErrors.placed(e, source, text);
        }
        return "DO";
    }
}
