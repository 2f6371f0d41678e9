package org.gajah.exec;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

import org.gajah.analyze.Expr.SqlValueFunction.Kind;
import org.gajah.base.Slice;
import org.gajah.type.TimeTz;
import org.gajah.type.TypeContext;

/** CURRENT_DATE and its kin: values of the transaction and the session. */
final class SessionKernels {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;
    private static final long EPOCH_2000_SECONDS = 946_684_800;

    private SessionKernels() {
    }

    /** The boxed value of one of them; {@code precision} -1 is the full one. */
    static Object value(Kind kind, int precision, ExecContext context) {
        TypeContext types = context.types();
        long now = round(types.transactionMicros(), precision);
        int offset = offsetSeconds(types, types.transactionMicros());
        long local = now + offset * MICROS_PER_SECOND;
        return switch (kind) {
            case CURRENT_DATE -> (int) Math.floorDiv(types.transactionMicros() + offset * MICROS_PER_SECOND, MICROS_PER_DAY);
            case CURRENT_TIME, CURRENT_TIME_N -> new TimeTz(Math.floorMod(local, MICROS_PER_DAY), -offset);
            case CURRENT_TIMESTAMP, CURRENT_TIMESTAMP_N -> now;
            case LOCALTIME, LOCALTIME_N -> Math.floorMod(local, MICROS_PER_DAY);
            case LOCALTIMESTAMP, LOCALTIMESTAMP_N -> local;
            case CURRENT_ROLE, CURRENT_USER, USER -> Slice.of(context.session().currentUser());
            case SESSION_USER -> Slice.of(context.session().sessionUser());
            case CURRENT_CATALOG -> Slice.of(context.session().currentDatabase());
            case CURRENT_SCHEMA -> slice(context.session().currentSchema());
        };
    }

    private static Object slice(Optional<String> text) {
        return text.map(Slice::of).orElse(null);
    }

    /** Seconds east of Greenwich in the session's zone at a time in microseconds since 2000. */
    static int offsetSeconds(TypeContext types, long micros) {
        ZoneOffset offset = types.timeZone().rules()
                .getOffset(Instant.ofEpochSecond(Math.floorDiv(micros, MICROS_PER_SECOND) + EPOCH_2000_SECONDS));
        return offset.getTotalSeconds();
    }

    private static long round(long micros, int precision) {
        if (precision < 0 || precision >= 6) {
            return micros;
        }
        long unit = 1;
        for (int i = precision; i < 6; i++) {
            unit *= 10;
        }
        return Math.floorDiv(micros + unit / 2, unit) * unit;
    }
}
