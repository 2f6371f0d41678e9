package org.gajah.engine;

import java.util.Locale;

import org.gajah.settings.Settings;
import org.gajah.type.TextStyle;
import org.gajah.type.TextStyle.DateFormat;
import org.gajah.type.TextStyle.FieldOrder;
import org.gajah.type.TextStyle.IntervalFormat;

/** The text style that a session's settings ask for. */
final class Styles {
    private Styles() {
    }

    static TextStyle of(Settings settings) {
        String[] date = settings.get("DateStyle").toUpperCase(Locale.ROOT).split(", ");
        IntervalFormat interval = switch (settings.get("IntervalStyle")) {
            case "postgres_verbose" -> IntervalFormat.POSTGRES_VERBOSE;
            case "sql_standard" -> IntervalFormat.SQL_STANDARD;
            case "iso_8601" -> IntervalFormat.ISO_8601;
            default -> IntervalFormat.POSTGRES;
        };
        return new TextStyle(DateFormat.valueOf(date[0]), FieldOrder.valueOf(date[1]), interval,
                (int) settings.number("extra_float_digits"), settings.get("bytea_output").equals("escape"));
    }
}
