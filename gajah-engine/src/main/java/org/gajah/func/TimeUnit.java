package org.gajah.func;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import org.gajah.api.SqlError;
import org.gajah.base.Slice;
import org.gajah.type.Errors;

/** The units that EXTRACT and date_trunc know. */
enum TimeUnit {
    MICROSECONDS("us usec microsecon useconds usecs"), MILLISECONDS("ms msec msecs millisecon mseconds"),
    SECOND("s sec secs second seconds"), MINUTE("m min mins minute minutes"), HOUR("h hr hrs hour hours"), DAY("d day days"),
    WEEK("w week weeks"), MONTH("mon mons month months"), QUARTER("quarter qtr"), YEAR("y yr yrs year years"),
    DECADE("dec decs decade decades"), CENTURY("c cent century centuries"), MILLENNIUM("mil mils millennium millennia"),
    ISOYEAR("isoyear"), DOW("dow"), ISODOW("isodow"), DOY("doy"), JULIAN("j jd julian"), EPOCH("epoch"), TIMEZONE("timezone"),
    TIMEZONE_HOUR("timezone_h"), TIMEZONE_MINUTE("timezone_m");

    private static final Map<String, TimeUnit> BY_WORD = new HashMap<>();

    static {
        for (TimeUnit unit : values()) {
            for (String word : unit.words.split(" ")) {
                BY_WORD.put(word, unit);
            }
        }
    }

    private final String words;

    TimeUnit(String words) {
        this.words = words;
    }

    /** The unit of that name for values of {@code type}; 22023 if there is none. */
    static TimeUnit of(Slice name, String type) {
        String lower = name.toString().toLowerCase(Locale.ROOT);
        TimeUnit unit = BY_WORD.get(lower.length() > 10 ? lower.substring(0, 10) : lower);
        if (unit == null) {
            throw unknown(name, type);
        }
        return unit;
    }

    /** 22023: no such unit, or none that can be used so. */
    static SqlError unknown(Slice name, String type) {
        return Errors.invalidParameter("unit \"" + name.toString().toLowerCase(Locale.ROOT) + "\" not recognized for type "
                + type);
    }

    /** 0A000: the unit exists, but not for this type. */
    static SqlError unsupported(Slice name, String type) {
        return SqlError.notSupported("unit \"" + name.toString().toLowerCase(Locale.ROOT) + "\" not supported for type " + type);
    }
}
