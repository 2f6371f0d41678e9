package org.gajah.plpgsql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Definitions;
import org.gajah.analyze.Expr;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.ColumnRef;
import org.gajah.ast.Expression;
import org.gajah.ast.FuncCall;
import org.gajah.ast.FunctionStatement;
import org.gajah.ast.NamedArg;
import org.gajah.catalog.ProcRow;
import org.gajah.plan.ResultColumn;
import org.gajah.spi.SpiParameters;
import org.gajah.spi.SpiRows;
import org.gajah.spi.SpiStatement;

/** CALL and DO within a function: what a procedure gives out goes into the variables that were its arguments. */
final class Calls {
    private final Activation a;

    Calls(Activation activation) {
        this.a = activation;
    }

    void call(Step.Call s) {
        SpiStatement statement = s.code().query().placed(a);
        List<Variable> targets = statement.tree() instanceof FunctionStatement.Call c ? targets(c.call(), s.code().scope()) : List.of();
        Object[][] row = new Object[1][];
        List<ResultColumn> columns = statement.columns();
        SpiRows result = batch -> row[0] = RowReader.boxed(batch, batch.selection().row(0), columns.size());
        a.running(s.code().text(), () -> a.atomic() ? statement.run(a.values(), a.view(), 0, result) : statement.runNonAtomic(a.values(), result));
        for (int i = 0; row[0] != null && i < targets.size(); i++) {
            a.assign(targets.get(i), row[0][i], columns.get(i).type());
        }
    }

    /** The variables that stand where the procedure has something to give out. */
    private List<Variable> targets(FuncCall call, Scope scope) {
        SpiParameters parameters = new SpiParameters(a.types(), a.names(scope));
        Expr.FunctionCall analyzed = Definitions.call(call, a.session().analysis(parameters));
        ProcRow procedure = a.session().catalog().function(analyzed.function()).orElseThrow();
        List<Variable> targets = new ArrayList<>();
        for (int i = 0; i < procedure.modes().size(); i++) {
            if ("ob".indexOf(procedure.modes().get(i)) >= 0) {
                String name = i < procedure.names().size() ? procedure.names().get(i) : "";
                targets.add(argument(call, i, name).flatMap(e -> variable(e, scope)).orElseThrow(() -> new SqlError(SqlState.SYNTAX_ERROR, "procedure parameter \"" + name
                        + "\" is an output parameter but corresponding argument is not writable")));
            }
        }
        return targets;
    }

    /** The argument for a parameter: the one that names it, else that in its place. */
    private static Optional<Expression> argument(FuncCall call, int place, String name) {
        for (Expression argument : call.arguments()) {
            if (argument instanceof NamedArg named && named.name().equals(name)) {
                return Optional.of(named.value());
            }
        }
        return place < call.arguments().size() && !(call.arguments().get(place) instanceof NamedArg) ? Optional.of(call.arguments().get(place))
                : Optional.empty();
    }

    private Optional<Variable> variable(Expression argument, Scope scope) {
        return argument instanceof ColumnRef c && c.fields().size() == 1 ? scope.find(c.fields().getFirst()).map(n -> a.function().variables.get(n))
                : Optional.empty();
    }
}
