package org.gajah.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.gajah.analyze.Analyzed;
import org.gajah.analyze.Analyzer;
import org.gajah.analyze.ParameterTypes;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.DefElem;
import org.gajah.ast.ExplainStatement;
import org.gajah.ast.PreparableStatement;
import org.gajah.ast.PreparedStatement;
import org.gajah.ast.Statement;
import org.gajah.ast.TableStatement;
import org.gajah.exec.ExplainOptions;
import org.gajah.settings.SettingDefinition;
import org.gajah.settings.SettingDefinitions;

/** EXPLAIN: the plan of a query, with ANALYZE after running it. */
final class ExplainCommand {
    private final CommandContext context;

    ExplainCommand(CommandContext context) {
        this.context = context;
    }

    String run(ExplainStatement statement, CommandOutput output) {
        if (statement.statement() instanceof PreparedStatement.Execute call) {
            CommandContext.PreparedCall prepared = context.prepared(call);
            return new ExplainCommand(prepared.context()).run(new ExplainStatement(statement.options(), prepared.statement()), output);
        }
        ExplainOptions options = options(statement);
        Statement explained = statement.statement() instanceof TableStatement.CreateTableAs t && !t.materializedView() && !options.analyze()
                ? t.query() : statement.statement();
        if (!(explained instanceof PreparableStatement query)) {
            throw SqlError.notSupported("EXPLAIN of this statement is not supported");
        }
        Analyzed analyzed = Analyzer.analyzeForExecution(query,
                genericPlan(statement) ? context.analysis(ParameterTypes.inferred(List.of())) : context.analysis());
        context.requirePermissions(analyzed.permissions());
        List<String> lines = context.explain(analyzed.query(), options);
        output.columns(CommandShapes.explain(statement));
        SettingCommands.texts(lines.stream().map(List::of).toList(), output);
        return "EXPLAIN";
    }

    private ExplainOptions options(ExplainStatement statement) {
        Map<String, Boolean> flags = new HashMap<>();
        ExplainOptions.Format format = ExplainOptions.Format.TEXT;
        String serialize = "none";
        for (DefElem option : statement.options()) {
            switch (option.name()) {
                case "analyze", "verbose", "costs", "timing", "summary", "settings", "generic_plan", "buffers", "wal", "memory" ->
                    flags.put(option.name(), UpkeepOptions.flag(option));
                case "format" -> format = format(option);
                case "serialize" -> serialize = serialize(option);
                default -> throw new SqlError(SqlState.SYNTAX_ERROR, "unrecognized EXPLAIN option \"" + option.name() + "\"").at(option.location());
            }
        }
        boolean analyze = flags.getOrDefault("analyze", false);
        requireAnalyze("WAL", flags.getOrDefault("wal", false), analyze);
        requireAnalyze("TIMING", flags.getOrDefault("timing", false), analyze);
        requireAnalyze("SERIALIZE", !serialize.equals("none"), analyze);
        if (genericPlan(statement) && analyze) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "EXPLAIN options ANALYZE and GENERIC_PLAN cannot be used together");
        }
        for (String option : List.of("buffers", "wal", "memory")) {
            if (flags.getOrDefault(option, false)) {
                throw SqlError.notSupported("EXPLAIN option \"" + option + "\" is not supported");
            }
        }
        if (!serialize.equals("none")) {
            throw SqlError.notSupported("EXPLAIN option \"serialize\" is not supported");
        }
        return new ExplainOptions(analyze, flags.getOrDefault("verbose", false), flags.getOrDefault("costs", true), flags.getOrDefault("timing", true),
                flags.getOrDefault("summary", analyze), format, flags.getOrDefault("settings", false) ? settings() : Map.of());
    }

    private static boolean genericPlan(ExplainStatement statement) {
        boolean generic = false;
        for (DefElem option : statement.options()) {
            generic = option.name().equals("generic_plan") ? UpkeepOptions.flag(option) : generic;
        }
        return generic;
    }

    private static void requireAnalyze(String option, boolean given, boolean analyze) {
        if (given && !analyze) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "EXPLAIN option " + option + " requires ANALYZE");
        }
    }

    private static ExplainOptions.Format format(DefElem option) {
        return switch (text(option)) {
            case "text" -> ExplainOptions.Format.TEXT;
            case "json" -> ExplainOptions.Format.JSON;
            case "yaml" -> ExplainOptions.Format.YAML;
            case "xml" -> ExplainOptions.Format.XML;
            default -> throw unrecognized(option);
        };
    }

    private static String serialize(DefElem option) {
        if (option.value().isEmpty()) {
            return "text";
        }
        String value = text(option);
        return switch (value) {
            case "none", "off" -> "none";
            case "text", "binary" -> value;
            default -> throw unrecognized(option);
        };
    }

    private static SqlError unrecognized(DefElem option) {
        return new SqlError(SqlState.INVALID_PARAMETER_VALUE, "unrecognized value for EXPLAIN option \"" + option.name() + "\": \"" + text(option) + "\"")
                .at(option.location());
    }

    /** The settings that plans depend on and that are not as they were built in. */
    private Map<String, String> settings() {
        Map<String, String> changed = new TreeMap<>();
        for (SettingDefinition d : SettingDefinitions.all()) {
            if (d.flags().contains("EXPLAIN") && !context.settings().get(d.name()).equals(d.boot())) {
                changed.put(d.name(), context.settings().show(d.name()));
            }
        }
        return changed;
    }

    private static String text(DefElem option) {
        return switch (option.value().orElse(new DefElem.Value.Text(""))) {
            case DefElem.Value.Text t -> t.value();
            case DefElem.Value.Number n -> n.value();
            case DefElem.Value.Flag f -> f.value() ? "true" : "false";
            default -> "";
        };
    }
}
