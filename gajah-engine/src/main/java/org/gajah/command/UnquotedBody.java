package org.gajah.command;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.gajah.analyze.AnalyzeContext;
import org.gajah.analyze.Analyzer;
import org.gajah.analyze.Definitions;
import org.gajah.analyze.Expr;
import org.gajah.analyze.ParameterNames;
import org.gajah.analyze.ParameterTypes;
import org.gajah.analyze.Polymorphism;
import org.gajah.analyze.Query;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.FunctionParameter.Mode;
import org.gajah.ast.FunctionStatement.CreateFunction;
import org.gajah.ast.FunctionStatement.SqlBody;
import org.gajah.ast.PreparableStatement;
import org.gajah.ast.Statement;
import org.gajah.command.Dependencies.Ref;
import org.gajah.sysfunc.StoredBody;

/** A function's body that is written in SQL itself, RETURN or BEGIN ATOMIC: analyzed once, when the function is made. */
record UnquotedBody(String text, Set<Ref> needs) {

    static UnquotedBody of(SqlBody body, CreateFunction c, RoutineParameters parameters, CommandContext context) {
        if (parameters.inputs.stream().anyMatch(Polymorphism::isPolymorphic)) {
            throw new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, "SQL function with unquoted function body cannot have polymorphic arguments");
        }
        AnalyzeContext analysis = context.analysis(ParameterTypes.fixed(parameters.inputs))
                .with(new ParameterNames(c.name().getLast(), inputNames(parameters), parameters.inputs, context.catalog()));
        return switch (body) {
            case SqlBody.Return r -> {
                Expr value = Definitions.value(r.value(), analysis);
                yield new UnquotedBody(StoredBody.write(value, context.catalog(), analysis.types()), ViewCommands.needs(value));
            }
            case SqlBody.Atomic a -> atomic(a, analysis, context);
        };
    }

    private static UnquotedBody atomic(SqlBody.Atomic body, AnalyzeContext analysis, CommandContext context) {
        List<Query> queries = new ArrayList<>();
        Set<Ref> needs = new LinkedHashSet<>();
        for (Statement statement : body.statements()) {
            if (!(statement instanceof PreparableStatement)) {
                throw SqlError.notSupported(CommandTags.of(statement) + " is not yet supported in unquoted SQL function body");
            }
            Query query = Analyzer.analyze(statement, analysis).query();
            if (query.command() != Query.Command.SELECT) {
                throw SqlError.notSupported(query.command() + " in an unquoted SQL function body is not supported yet");
            }
            queries.add(query);
            needs.addAll(ViewCommands.needs(query));
        }
        return new UnquotedBody(StoredBody.write(queries, context.catalog(), analysis.types()), needs);
    }

    private static List<String> inputNames(RoutineParameters parameters) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < parameters.all.size(); i++) {
            Mode mode = i < parameters.modes.size() ? parameters.modes.get(i) : Mode.IN;
            if (mode != Mode.OUT && mode != Mode.TABLE) {
                names.add(i < parameters.names.size() ? parameters.names.get(i) : "");
            }
        }
        return names;
    }
}
