package org.gajah.command;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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
        ExplainOptions options = options(statement);
        if (!(statement.statement() instanceof PreparableStatement query)) {
            throw SqlError.notSupported("EXPLAIN of this statement is not supported");
        }
        Analyzed analyzed = Analyzer.analyzeForExecution(query, genericPlan ? context.analysis(ParameterTypes.inferred(List.of())) : context.analysis());
        context.requirePermissions(analyzed.permissions());
        List<String> lines = context.explain(analyzed.query(), options);
        output.columns(CommandShapes.explain(statement));
        SettingCommands.texts(lines.stream().map(List::of).toList(), output);
        return "EXPLAIN";
    }

    private boolean genericPlan;

    private ExplainOptions options(ExplainStatement statement) {
        Map<String, Boolean> flags = new HashMap<>();
        String format = "text";
        for (DefElem option : statement.options()) {
            switch (option.name()) {
                case "analyze", "verbose", "costs", "timing", "summary", "settings", "generic_plan" -> flags.put(option.name(), flag(option));
                case "format" -> format = text(option);
                case "buffers", "wal", "memory", "serialize" -> {
                    if (flag(option)) {
                        throw SqlError.notSupported("EXPLAIN option \"" + option.name() + "\" is not supported");
                    }
                }
                default -> throw new SqlError(SqlState.SYNTAX_ERROR, "unrecognized EXPLAIN option \"" + option.name() + "\"").at(option.location());
            }
        }
        boolean analyze = flags.getOrDefault("analyze", false);
        genericPlan = flags.getOrDefault("generic_plan", false);
        if (flags.getOrDefault("timing", false) && !analyze) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "EXPLAIN option TIMING requires ANALYZE");
        }
        if (genericPlan && analyze) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "EXPLAIN options ANALYZE and GENERIC_PLAN cannot be used together");
        }
        ExplainOptions.Format form = switch (format) {
            case "text" -> ExplainOptions.Format.TEXT;
            case "json" -> ExplainOptions.Format.JSON;
            case "yaml" -> ExplainOptions.Format.YAML;
            case "xml" -> ExplainOptions.Format.XML;
            default -> throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "unrecognized value for EXPLAIN option \"format\": \"" + format + "\"");
        };
        return new ExplainOptions(analyze, flags.getOrDefault("verbose", false), flags.getOrDefault("costs", true), flags.getOrDefault("timing", true),
                flags.getOrDefault("summary", analyze), form, flags.getOrDefault("settings", false) ? settings() : Map.of());
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
