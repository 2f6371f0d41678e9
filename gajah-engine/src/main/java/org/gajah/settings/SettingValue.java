package org.gajah.settings;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/**
 * Reads a setting's value as users write it into its canonical text (base units), and shows it as SHOW does.
 * Rules: PostgreSQL manual, section 19.1.1.
 */
final class SettingValue {
    private SettingValue() {
    }

    /** The canonical text, or 22023. */
    static String parse(SettingDefinition setting, String value) {
        return switch (setting.kind()) {
            case BOOL -> bool(setting, value) ? "on" : "off";
            case INTEGER, REAL -> number(setting, value);
            case ENUM -> label(setting, value);
            case STRING -> StringSettings.canonical(setting.name(), value);
        };
    }

    /** As SHOW shows a canonical value: in the largest unit that divides it. */
    static String show(SettingDefinition setting, String canonical) {
        long base = SettingUnit.baseSize(setting.unit());
        if (base == 0 || setting.kind() == SettingDefinition.Kind.REAL) {
            return base == 0 || canonical.startsWith("-") ? canonical : showReal(setting, canonical, base);
        }
        long count = Long.parseLong(canonical);
        if (count <= 0) {
            return canonical;
        }
        boolean memory = SettingUnit.isMemory(setting.unit());
        SettingUnit[] units = SettingUnit.values();
        for (int i = units.length - 1; i >= 0; i--) {
            SettingUnit unit = units[i];
            if (unit.memory() == memory && unit.size() >= minimumShown(memory, base) && Math.multiplyHigh(count, base) == 0
                    && count * base % unit.size() == 0) {
                return count * base / unit.size() + unit.text();
            }
        }
        return canonical + setting.unit();
    }

    private static long minimumShown(boolean memory, long base) {
        return memory ? Math.min(base, 1024) : Math.min(base, 1000);
    }

    private static String showReal(SettingDefinition setting, String canonical, long base) {
        double count = Double.parseDouble(canonical);
        if (count <= 0) {
            return canonical;
        }
        SettingUnit[] units = SettingUnit.values();
        for (int i = units.length - 1; i >= 0; i--) {
            double shown = count * base / units[i].size();
            if (!units[i].memory() && shown == Math.rint(shown)) {
                return (long) shown + units[i].text();
            }
        }
        return canonical + setting.unit();
    }

    private static boolean bool(SettingDefinition setting, String value) {
        String v = value.strip().toLowerCase(Locale.ROOT);
        if (!v.isEmpty()) {
            if ("true".startsWith(v) || "yes".startsWith(v) || v.equals("on") || v.equals("1")) {
                return true;
            }
            if ("false".startsWith(v) || "no".startsWith(v) || v.equals("of") || v.equals("off") || v.equals("0")) {
                return false;
            }
        }
        throw new SqlError(SqlState.INVALID_PARAMETER_VALUE,
                "parameter \"" + setting.name() + "\" requires a Boolean value");
    }

    private static String label(SettingDefinition setting, String value) {
        for (String label : setting.labels()) {
            if (label.equalsIgnoreCase(value)) {
                return label;
            }
        }
        String alias = switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> "on";
            case "false", "no", "0" -> "off";
            default -> "";
        };
        if (setting.labels().contains(alias)) {
            return alias;
        }
        String known = setting.labels().stream().collect(Collectors.joining(", "));
        throw invalid(setting, value).hint("Available values: " + known + ".");
    }

    static SqlError invalid(SettingDefinition setting, String value) {
        return new SqlError(SqlState.INVALID_PARAMETER_VALUE,
                "invalid value for parameter \"" + setting.name() + "\": \"" + value + "\"");
    }

    private static String number(SettingDefinition setting, String value) {
        String text = value.strip();
        int end = 0;
        while (end < text.length() && isNumberPart(text, end)) {
            end++;
        }
        double number;
        try {
            number = parseNumber(text.substring(0, end));
        } catch (NumberFormatException e) {
            throw invalid(setting, value);
        }
        String suffix = text.substring(end).strip();
        if (!suffix.isEmpty()) {
            number *= factor(setting, value, suffix);
        }
        double minimum = Double.parseDouble(setting.minimum());
        double maximum = Double.parseDouble(setting.maximum());
        if (setting.kind() == SettingDefinition.Kind.INTEGER) {
            number = Math.rint(number);
            if (Math.abs(number) > Integer.MAX_VALUE) {
                throw invalid(setting, value).hint("Value exceeds integer range.");
            }
        }
        String canonical = number == Math.rint(number) && Math.abs(number) < 1e15 ? Long.toString((long) number)
                : Double.toString(number);
        if (number < minimum || number > maximum || Double.isNaN(number)) {
            String unit = setting.unit().isEmpty() ? "" : " " + setting.unit();
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, canonical + unit
                    + " is outside the valid range for parameter \"" + setting.name() + "\" (" + setting.minimum() + unit
                    + " .. " + setting.maximum() + unit + ")");
        }
        return canonical;
    }

    private static boolean isNumberPart(String text, int at) {
        char c = text.charAt(at);
        boolean exponent = (c == 'e' || c == 'E') && at + 1 < text.length()
                && (Character.isDigit(text.charAt(at + 1)) || text.charAt(at + 1) == '-' || text.charAt(at + 1) == '+');
        boolean hex = at == 1 && (c == 'x' || c == 'X') && text.charAt(0) == '0';
        boolean hexDigit = text.length() > 2 && (text.startsWith("0x") || text.startsWith("0X")) && at > 1
                && Character.digit(c, 16) >= 0;
        return Character.isDigit(c) || c == '.' || exponent || hex || hexDigit
                || (c == '-' || c == '+') && (at == 0 || "eE".indexOf(text.charAt(at - 1)) >= 0);
    }

    private static double parseNumber(String text) {
        if (text.startsWith("0x") || text.startsWith("0X")) {
            return Long.parseLong(text.substring(2), 16);
        }
        return Double.parseDouble(text);
    }

    private static double factor(SettingDefinition setting, String value, String suffix) {
        long base = SettingUnit.baseSize(setting.unit());
        boolean memory = SettingUnit.isMemory(setting.unit());
        int unit = base == 0 ? -1 : SettingUnit.indexOf(suffix, memory);
        if (unit < 0) {
            SqlError error = invalid(setting, value);
            List<String> units = memory ? List.of("B", "kB", "MB", "GB", "TB") : List.of("us", "ms", "s", "min", "h", "d");
            throw base == 0 ? error : error.hint("Valid units for this parameter are " + quoted(units) + ".");
        }
        return (double) SettingUnit.values()[unit].size() / base;
    }

    private static String quoted(List<String> units) {
        String all = units.stream().map(u -> '"' + u + '"').collect(Collectors.joining(", "));
        int last = all.lastIndexOf(", ");
        return all.substring(0, last) + ", and " + all.substring(last + 2);
    }
}
