package org.gajah.command;

import java.util.List;
import java.util.Locale;

import org.gajah.analyze.Analyzed;
import org.gajah.analyze.Analyzer;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.DefElem;
import org.gajah.ast.ExplainStatement;
import org.gajah.ast.PreparableStatement;
import org.gajah.exec.ExplainOptions;

/** EXPLAIN: the plan of a query, with ANALYZE after running it. */
final class ExplainCommand {
    private final CommandContext context;

    ExplainCommand(CommandContext context) {
        this.context = context;
    }

    String run(ExplainStatement statement, CommandOutput output) {
        boolean analyze = false;
        boolean verbose = false;
        boolean costs = true;
        boolean timing = true;
        String format = "text";
        boolean summary = false;
        boolean summaryGiven = false;
        for (DefElem option : statement.options()) {
            switch (option.name()) {
                case "analyze" -> analyze = flag(option);
                case "verbose" -> verbose = flag(option);
                case "costs" -> costs = flag(option);
                case "timing" -> timing = flag(option);
                case "summary" -> {
                    summary = flag(option);
                    summaryGiven = true;
                }
                case "format" -> format = text(option);
                case "buffers", "wal", "settings", "memory", "serialize", "generic_plan" -> {
                    if (flag(option)) {
                        throw SqlError.notSupported("EXPLAIN option \"" + option.name() + "\" is not supported");
                    }
                }
                default -> throw new SqlError(SqlState.SYNTAX_ERROR, "unrecognized EXPLAIN option \"" + option.name() + "\"").at(option.location());
            }
        }
        boolean json = switch (format) {
            case "text" -> false;
            case "json" -> true;
            case "xml", "yaml" -> throw SqlError.notSupported("EXPLAIN format " + format + " is not supported");
            default -> throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "unrecognized value for EXPLAIN option \"format\": \"" + format + "\"");
        };
        if (!(statement.statement() instanceof PreparableStatement query)) {
            throw SqlError.notSupported("EXPLAIN of this statement is not supported");
        }
        Analyzed analyzed = Analyzer.analyzeForExecution(query, context.analysis());
        context.requirePermissions(analyzed.permissions());
        ExplainOptions options = new ExplainOptions(analyze, verbose, costs, timing, summaryGiven ? summary : analyze);
        List<String> lines = context.explain(analyzed.query(), options, json);
        output.columns(CommandShapes.explain(statement));
        SettingCommands.texts(lines.stream().map(List::of).toList(), output);
        return "EXPLAIN";
    }

    private static String text(DefElem option) {
        return option.value().isPresent() && option.value().get() instanceof DefElem.Value.Text t ? t.value().toLowerCase(Locale.ROOT) : "";
    }

    private static boolean flag(DefElem option) {
        if (option.value().isEmpty()) {
            return true;
        }
        return switch (option.value().get()) {
            case DefElem.Value.Flag f -> f.value();
            case DefElem.Value.Number n -> !n.value().equals("0");
            case DefElem.Value.Text t -> switch (t.value().toLowerCase(Locale.ROOT)) {
                case "true", "on" -> true;
                case "false", "off", "none" -> false;
                default -> throw new SqlError(SqlState.SYNTAX_ERROR, option.name() + " requires a Boolean value");
            };
            default -> throw new SqlError(SqlState.SYNTAX_ERROR, option.name() + " requires a Boolean value");
        };
    }
}
