package org.gajah.func;

import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.type.Calendar;
import org.gajah.type.DateTimeText;
import org.gajah.type.JsonPath;
import org.gajah.type.Jsonb;
import org.gajah.type.Oids;
import org.gajah.type.TimeCodecs;
import org.gajah.type.TimeTz;
import org.gajah.type.TimeZones;

/** Dates and times in paths: datetime() and its relatives, and how their results compare. */
final class JsonPathDates {
    private static final String[] TEMPLATES = {"yyyy-mm-dd", "HH24:MI:SS.USTZ", "HH24:MI:SSTZ", "HH24:MI:SS.US", "HH24:MI:SS",
        "yyyy-mm-dd HH24:MI:SS.USTZ", "yyyy-mm-dd HH24:MI:SSTZ", "yyyy-mm-dd\"T\"HH24:MI:SS.USTZ", "yyyy-mm-dd\"T\"HH24:MI:SSTZ",
        "yyyy-mm-dd HH24:MI:SS.US", "yyyy-mm-dd HH24:MI:SS", "yyyy-mm-dd\"T\"HH24:MI:SS.US", "yyyy-mm-dd\"T\"HH24:MI:SS"};

    private JsonPathDates() {
    }

    static JsonPathValue read(JsonPathRun run, JsonPath.Item item, JsonPathValue value) {
        String method = item.kind().text();
        if (!value.is(Jsonb.Kind.STRING)) {
            throw JsonPathRun.failure(SqlState.INVALID_ARGUMENT_FOR_SQL_JSON_DATETIME_FUNCTION,
                    "jsonpath item method ." + method + "() can only be applied to a string");
        }
        String text = ((JsonPathValue.Json) value).json().string().toString();
        if (item.kind() == JsonPath.Kind.DATETIME && !item.arguments().isEmpty()) {
            String template = item.argument(0).items().getFirst().text().toString();
            DateTimePattern.parse(template, true);
            try {
                return parse(text, template);
            } catch (SqlError e) {
                throw new JsonPathRun.Failure(e);
            }
        }
        Optional<JsonPathValue.Moment> moment = Optional.empty();
        for (int i = 0; i < TEMPLATES.length && moment.isEmpty(); i++) {
            try {
                moment = Optional.of(parse(text, TEMPLATES[i]));
            } catch (SqlError e) {
                moment = Optional.empty();
            }
        }
        if (moment.isEmpty()) {
            SqlError error = unrecognized(item, text);
            throw new JsonPathRun.Failure(item.kind() == JsonPath.Kind.DATETIME
                    ? error.hint("Use a datetime template argument to specify the input data format.") : error);
        }
        return convert(run, item, moment.get(), text);
    }

    private static SqlError unrecognized(JsonPath.Item item, String text) {
        return new SqlError(SqlState.INVALID_ARGUMENT_FOR_SQL_JSON_DATETIME_FUNCTION,
                item.kind().text() + " format is not recognized: \"" + text + "\"");
    }

    private static boolean has(DateTimePattern pattern, boolean zone) {
        return pattern.nodes().stream().anyMatch(n -> n.type() == DateTimePattern.Type.FIELD && switch (n.key().kind()) {
            case TZ, TZH, TZM, OF -> zone;
            case AM_DOTS, AM, FF, HH24, HH12, MI, MS, SSSS, SS, US -> !zone;
            case AD_DOTS, AD, CC, DAY, DDD, DD, DY, D, FX, IDDD, ID, IW, IYYY, IYY, IY, I, J, MM, MONTH, MON, Q, RM, WW, W, Y_YYY, YYYY,
                    YYY, YY, Y -> false;
        });
    }

    private static boolean hasDate(DateTimePattern pattern) {
        return pattern.nodes().stream().anyMatch(n -> n.type() == DateTimePattern.Type.FIELD && switch (n.key().kind()) {
            case TZ, TZH, TZM, OF, AM_DOTS, AM, FF, FX, HH24, HH12, MI, MS, SSSS, SS, US -> false;
            case AD_DOTS, AD, CC, DAY, DDD, DD, DY, D, IDDD, ID, IW, IYYY, IYY, IY, I, J, MM, MONTH, MON, Q, RM, WW, W, Y_YYY, YYYY, YYY,
                    YY, Y -> true;
        });
    }

    private static JsonPathValue.Moment parse(String text, String template) {
        DateTimePattern pattern = DateTimePattern.parse(template, true);
        DateTimeScan scan = DateTimeScan.scan(text, template, true);
        boolean timed = has(pattern, false);
        boolean zoned = has(pattern, true);
        long local = scan.day() * Calendar.MICROS_PER_DAY + scan.micros();
        if (!hasDate(pattern)) {
            if (!timed) {
                throw DateTimeReader.invalid("datetime format is not dated and not timed");
            }
            long time = scan.fractionDigits() == 0 ? scan.micros() : TimeCodecs.round(scan.micros(), scan.fractionDigits());
            return zoned ? new JsonPathValue.Moment(Oids.TIMETZ, new TimeTz(time, -offset(scan, "timetz")), 0)
                    : new JsonPathValue.Moment(Oids.TIME, time, 0);
        }
        if (!timed) {
            if (zoned) {
                throw DateTimeReader.invalid("datetime format is zoned but not timed");
            }
            return new JsonPathValue.Moment(Oids.DATE, (int) scan.day(), 0);
        }
        long rounded = scan.fractionDigits() == 0 ? local : TimeCodecs.round(local, scan.fractionDigits());
        if (!zoned) {
            return new JsonPathValue.Moment(Oids.TIMESTAMP, TimestampFunctions.checked(rounded), 0);
        }
        int offset = offset(scan, "timestamptz");
        return new JsonPathValue.Moment(Oids.TIMESTAMPTZ,
                TimestampFunctions.checked(rounded - offset * Calendar.MICROS_PER_SECOND), offset);
    }

    private static int offset(DateTimeScan scan, String type) {
        return scan.offset().orElseThrow(() -> DateTimeReader.invalid("missing time zone in input string for type " + type));
    }

    private static void requireZones(JsonPathRun run, String from, String to) {
        if (!run.zones) {
            throw SqlError.notSupported("cannot convert value from " + from + " to " + to + " without time zone usage")
                    .hint("Use *_tz() function for time zone support.");
        }
    }

    private static JsonPathValue convert(JsonPathRun run, JsonPath.Item item, JsonPathValue.Moment m, String text) {
        int precision = item.arguments().isEmpty() ? 6 : precision(run, item);
        return switch (item.kind()) {
            case DATE -> new JsonPathValue.Moment(Oids.DATE, date(run, item, m, text), 0);
            case TIME -> new JsonPathValue.Moment(Oids.TIME, TimeCodecs.round(time(run, item, m, text), precision), 0);
            case TIME_TZ -> {
                TimeTz t = timeTz(run, item, m, text);
                yield new JsonPathValue.Moment(Oids.TIMETZ, new TimeTz(TimeCodecs.round(t.micros(), precision), t.zoneSeconds()), 0);
            }
            case TIMESTAMP -> new JsonPathValue.Moment(Oids.TIMESTAMP, TimeCodecs.round(timestamp(run, item, m, text), precision), 0);
            case TIMESTAMP_TZ -> timestampTz(run, item, m, text, precision);
            default -> m;
        };
    }

    private static int precision(JsonPathRun run, JsonPath.Item item) {
        long value = item.argument(0).items().getFirst().number().toLong(Long.MIN_VALUE, Long.MAX_VALUE, "bigint");
        if (value > Integer.MAX_VALUE) {
            throw JsonPathRun.failure(SqlState.INVALID_ARGUMENT_FOR_SQL_JSON_DATETIME_FUNCTION,
                    "time precision of jsonpath item method ." + item.kind().text() + "() is out of range for type integer");
        }
        if (value > 6) {
            String type = item.kind() == JsonPath.Kind.TIME || item.kind() == JsonPath.Kind.TIME_TZ ? "TIME" : "TIMESTAMP";
            String zone = item.kind() == JsonPath.Kind.TIME_TZ || item.kind() == JsonPath.Kind.TIMESTAMP_TZ ? " WITH TIME ZONE" : "";
            run.context.message("WARNING", new SqlError(SqlState.INVALID_PARAMETER_VALUE,
                    type + "(" + value + ")" + zone + " precision reduced to maximum allowed, 6"));
        }
        return (int) Math.min(value, 6);
    }

    private static int date(JsonPathRun run, JsonPath.Item item, JsonPathValue.Moment m, String text) {
        return switch (m.type()) {
            case Oids.DATE -> (Integer) m.value();
            case Oids.TIMESTAMP -> DateFunctions.timestamp_date((Long) m.value());
            case Oids.TIMESTAMPTZ -> {
                requireZones(run, "timestamptz", "date");
                yield DateFunctions.timestamptz_date(run.context, (Long) m.value());
            }
            default -> throw new JsonPathRun.Failure(unrecognized(item, text));
        };
    }

    private static long time(JsonPathRun run, JsonPath.Item item, JsonPathValue.Moment m, String text) {
        return switch (m.type()) {
            case Oids.TIME -> (Long) m.value();
            case Oids.TIMETZ -> {
                requireZones(run, "timetz", "time");
                yield ((TimeTz) m.value()).micros();
            }
            case Oids.TIMESTAMP -> Math.floorMod((Long) m.value(), Calendar.MICROS_PER_DAY);
            case Oids.TIMESTAMPTZ -> {
                requireZones(run, "timestamptz", "time");
                yield Math.floorMod(TimestampFunctions.timestamptz_timestamp(run.context, (Long) m.value()), Calendar.MICROS_PER_DAY);
            }
            default -> throw new JsonPathRun.Failure(unrecognized(item, text));
        };
    }

    private static TimeTz timeTz(JsonPathRun run, JsonPath.Item item, JsonPathValue.Moment m, String text) {
        return switch (m.type()) {
            case Oids.TIME -> {
                requireZones(run, "time", "timetz");
                long now = run.context.types().transactionMicros();
                yield new TimeTz((Long) m.value(), -TimeZones.offsetAt(run.context.types().timeZone(), now));
            }
            case Oids.TIMETZ -> (TimeTz) m.value();
            case Oids.TIMESTAMPTZ -> {
                long utc = (Long) m.value();
                int offset = TimeZones.offsetAt(run.context.types().timeZone(), utc);
                yield new TimeTz(Math.floorMod(utc + offset * Calendar.MICROS_PER_SECOND, Calendar.MICROS_PER_DAY), -offset);
            }
            default -> throw new JsonPathRun.Failure(unrecognized(item, text));
        };
    }

    private static long timestamp(JsonPathRun run, JsonPath.Item item, JsonPathValue.Moment m, String text) {
        return switch (m.type()) {
            case Oids.DATE -> DateFunctions.date_timestamp((Integer) m.value());
            case Oids.TIMESTAMP -> (Long) m.value();
            case Oids.TIMESTAMPTZ -> {
                requireZones(run, "timestamptz", "timestamp");
                yield TimestampFunctions.timestamptz_timestamp(run.context, (Long) m.value());
            }
            default -> throw new JsonPathRun.Failure(unrecognized(item, text));
        };
    }

    private static JsonPathValue.Moment timestampTz(JsonPathRun run, JsonPath.Item item, JsonPathValue.Moment m, String text,
            int precision) {
        if (m.type() == Oids.TIMESTAMPTZ) {
            return new JsonPathValue.Moment(Oids.TIMESTAMPTZ, TimeCodecs.round((Long) m.value(), precision), m.offsetSeconds());
        }
        if (m.type() == Oids.DATE || m.type() == Oids.TIMESTAMP) {
            requireZones(run, m.type() == Oids.DATE ? "date" : "timestamp", "timestamptz");
        }
        long local = timestamp(run, item, m, text);
        long utc = TimeCodecs.round(TimestampFunctions.timestamp_timestamptz(run.context, local), precision);
        return new JsonPathValue.Moment(Oids.TIMESTAMPTZ, utc, TimeZones.offsetAt(run.context.types().timeZone(), utc));
    }

    static String typeName(int type) {
        return switch (type) {
            case Oids.DATE -> "date";
            case Oids.TIME -> "time without time zone";
            case Oids.TIMETZ -> "time with time zone";
            case Oids.TIMESTAMP -> "timestamp without time zone";
            default -> "timestamp with time zone";
        };
    }

    private static String shortName(int type) {
        return switch (type) {
            case Oids.DATE -> "date";
            case Oids.TIME -> "time";
            case Oids.TIMETZ -> "timetz";
            case Oids.TIMESTAMP -> "timestamp";
            default -> "timestamptz";
        };
    }

    /** The order of two moments; empty if their types do not compare. Without zones a mixed pair is an error. */
    static Optional<Integer> compare(JsonPathRun run, JsonPathValue.Moment a, JsonPathValue.Moment b) {
        boolean timeA = a.type() == Oids.TIME || a.type() == Oids.TIMETZ;
        boolean timeB = b.type() == Oids.TIME || b.type() == Oids.TIMETZ;
        if (timeA != timeB) {
            return Optional.empty();
        }
        boolean zonedA = a.type() == Oids.TIMETZ || a.type() == Oids.TIMESTAMPTZ;
        boolean zonedB = b.type() == Oids.TIMETZ || b.type() == Oids.TIMESTAMPTZ;
        if (zonedA != zonedB) {
            JsonPathValue.Moment plain = zonedA ? b : a;
            requireZones(run, shortName(plain.type()), shortName(zonedA ? a.type() : b.type()));
        }
        if (timeA) {
            return Optional.of(zonedA || zonedB ? timeTz(run, a).compareTo(timeTz(run, b)) : Long.compare((Long) a.value(), (Long) b.value()));
        }
        return Optional.of(Long.compare(micros(run, a, zonedB), micros(run, b, zonedA)));
    }

    private static TimeTz timeTz(JsonPathRun run, JsonPathValue.Moment m) {
        return m.value() instanceof TimeTz t ? t : new TimeTz((Long) m.value(),
                -TimeZones.offsetAt(run.context.types().timeZone(), run.context.types().transactionMicros()));
    }

    private static long micros(JsonPathRun run, JsonPathValue.Moment m, boolean toUtc) {
        long micros = m.value() instanceof Integer day ? DateFunctions.clamped(day) : (Long) m.value();
        return toUtc && m.type() != Oids.TIMESTAMPTZ ? TimestampFunctions.clampedUtc(run.context, micros) : micros;
    }

    /** A moment as jsonb shows it: ISO 8601. */
    static Slice text(JsonPathValue.Moment m) {
        ByteSink out = new ByteSink();
        switch (m.type()) {
            case Oids.DATE -> DateTimeText.formatDate((Integer) m.value(), org.gajah.type.TextStyle.DEFAULT, out);
            case Oids.TIME -> DateTimeText.formatTime((Long) m.value(), out);
            case Oids.TIMETZ -> {
                TimeTz t = (TimeTz) m.value();
                DateTimeText.formatTime(t.micros(), out);
                offset(-t.zoneSeconds(), out);
            }
            default -> {
                long local = (Long) m.value() + m.offsetSeconds() * Calendar.MICROS_PER_SECOND;
                DateTimeText.formatTimestamp(local, org.gajah.type.TextStyle.DEFAULT, out);
                byte[] bytes = out.array();
                for (int i = 0; i < out.size(); i++) {
                    bytes[i] = bytes[i] == ' ' && i < out.size() - 3 ? (byte) 'T' : bytes[i];
                }
                if (m.type() == Oids.TIMESTAMPTZ) {
                    offset(m.offsetSeconds(), out);
                }
            }
        }
        return out.view();
    }

    private static void offset(int seconds, ByteSink out) {
        int abs = Math.abs(seconds);
        out.putAscii((seconds < 0 ? "-" : "+") + (abs / 3600 < 10 ? "0" : "") + abs / 3600 + ":" + (abs / 60 % 60 < 10 ? "0" : "") + abs / 60 % 60);
    }
}
