package org.gajah.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.DefElem;
import org.gajah.ast.SettingStatement;
import org.gajah.settings.SettingDefinition;
import org.gajah.settings.SettingDefinitions;
import org.gajah.settings.Settings;

/** The options of CREATE and ALTER FUNCTION; what was not written is empty. */
final class RoutineOptions {
    Optional<List<String>> body = Optional.empty();
    Optional<String> language = Optional.empty();
    Optional<Character> volatility = Optional.empty();
    Optional<Character> parallel = Optional.empty();
    Optional<Boolean> strict = Optional.empty();
    Optional<Boolean> definer = Optional.empty();
    Optional<Boolean> leakproof = Optional.empty();
    Optional<Boolean> window = Optional.empty();
    Optional<Float> cost = Optional.empty();
    Optional<Float> rows = Optional.empty();
    final List<SettingStatement> settings = new ArrayList<>();

    static RoutineOptions read(List<DefElem> written, boolean procedure) {
        RoutineOptions made = new RoutineOptions();
        written.forEach(e -> made.add(e, procedure));
        return made;
    }

    private void add(DefElem e, boolean procedure) {
        if (procedure && List.of("volatility", "strict", "leakproof", "window", "cost", "rows", "support", "parallel").contains(e.name())) {
            throw new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, "invalid attribute in procedure definition").at(e.location());
        }
        switch (e.name()) {
            case "as" -> body = once(body, e, ((DefElem.Value.Texts) e.value().orElseThrow()).values());
            case "language" -> language = once(language, e, text(e));
            case "volatility" -> volatility = once(volatility, e, text(e).charAt(0));
            case "parallel" -> parallel = once(parallel, e, parallel(e));
            case "strict" -> strict = once(strict, e, flag(e));
            case "security" -> definer = once(definer, e, flag(e));
            case "leakproof" -> leakproof = once(leakproof, e, flag(e));
            case "window" -> window = once(window, e, flag(e));
            case "cost" -> cost = once(cost, e, positive(e, "COST"));
            case "rows" -> rows = once(rows, e, positive(e, "ROWS"));
            case "set" -> settings.add(((DefElem.Value.Setting) e.value().orElseThrow()).setting());
            case "support", "transform" -> throw SqlError.notSupported(e.name().toUpperCase(Locale.ROOT) + " of functions is not supported");
            default -> throw new IllegalStateException(e.name());
        }
    }

    private static <T> Optional<T> once(Optional<T> before, DefElem e, T value) {
        if (before.isPresent()) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "conflicting or redundant options").at(e.location());
        }
        return Optional.of(value);
    }

    private static String text(DefElem e) {
        return ((DefElem.Value.Text) e.value().orElseThrow()).value();
    }

    private static boolean flag(DefElem e) {
        return ((DefElem.Value.Flag) e.value().orElseThrow()).value();
    }

    private static char parallel(DefElem e) {
        return switch (text(e)) {
            case "safe" -> 's';
            case "unsafe" -> 'u';
            case "restricted" -> 'r';
            default -> throw new SqlError(SqlState.SYNTAX_ERROR, "parameter \"parallel\" must be SAFE, RESTRICTED, or UNSAFE");
        };
    }

    private static float positive(DefElem e, String word) {
        float value = Float.parseFloat(((DefElem.Value.Number) e.value().orElseThrow()).value());
        if (value <= 0) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, word + " must be positive");
        }
        return value;
    }

    /** The settings of its calls, {@code name=value}, after these were given before. */
    List<String> configure(List<String> before, CommandContext context) {
        List<String> made = new ArrayList<>(before);
        for (SettingStatement statement : settings) {
            switch (statement) {
                case SettingStatement.Set set -> set(made, set.name(), new SettingCommands(context).value(set.name(), set.values()), context);
                case SettingStatement.SetCurrent set -> set(made, set.name(), context.settings().show(set.name()), context);
                case SettingStatement.SetDefault set -> remove(made, set.name());
                case SettingStatement.Reset reset -> remove(made, reset.name());
                case SettingStatement.ResetAll reset -> made.clear();
                default -> throw SqlError.notSupported("this kind of SET of a function is not supported");
            }
        }
        return made;
    }

    private static void set(List<String> made, String name, String value, CommandContext context) {
        Settings.checked(name, value, context.currentRole().superuser());
        remove(made, name);
        made.add(SettingDefinitions.find(name).map(SettingDefinition::name).orElse(name) + "=" + value);
    }

    private static void remove(List<String> made, String name) {
        made.removeIf(s -> s.substring(0, s.indexOf('=')).equalsIgnoreCase(name));
    }
}
