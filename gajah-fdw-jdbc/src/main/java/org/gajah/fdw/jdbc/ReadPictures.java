package org.gajah.fdw.jdbc;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.gajah.api.foreign.ForeignExpr;

/**
 * Texts that to_number, to_date and to_timestamp read as a constant: the digits of its parts stand in them, one behind the other, whatever
 * stands between. Texts that cannot be read, an error here, are among them or not.
 */
final class ReadPictures {
    private static final Pattern NUMBER = Pattern.compile("(?:FM|MI|[SGD90., ])+", Pattern.CASE_INSENSITIVE);
    private static final Pattern DATE = Pattern.compile("(?:YYYY|MM|DD|[-/.,:; ])+", Pattern.CASE_INSENSITIVE);
    private static final Pattern DATE_PART = Pattern.compile("YYYY|MM|DD", Pattern.CASE_INSENSITIVE);
    private static final Pattern MOMENT = Pattern.compile("YYYY(?:MM|DD|HH24|MI|SS|[-/.,:; ])*", Pattern.CASE_INSENSITIVE);
    private static final DateTimeFormatter ZONED = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss[.SSSSSS][.SSSSS][.SSSS][.SSS][.SS][.S][xxx][x]");
    /** No session's zone is further from UTC, and none has had a longer jump. */
    private static final Duration ZONES = Duration.ofDays(1);
    private static final int MOST_DIGITS = 30;

    private ReadPictures() {
    }

    /** Of {@code to_number(text, picture) = number}, where it begins and ends with digits that are not zero. */
    static Optional<ForeignExpr> digits(ForeignExpr.Operator o, ForeignExpr.Call call, ForeignExpr.Constant value) {
        String digits = value.text().orElseThrow().replaceAll("[-.]", "").replaceAll("^0+", "").replaceAll("0+$", "");
        boolean known = picture(call, NUMBER) && digits.length() <= MOST_DIGITS && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return known ? containing(o, call, List.of(digits.split(""))) : Optional.empty();
    }

    /** Of {@code to_date(text, picture) = date}. A month and a day that are missing are the first. */
    static Optional<ForeignExpr> dates(ForeignExpr.Operator o, ForeignExpr.Call call, ForeignExpr.Constant value) {
        if (!picture(call, DATE)) {
            return Optional.empty();
        }
        try {
            LocalDate date = LocalDate.parse(value.text().orElseThrow());
            List<String> parts = new ArrayList<>();
            Set<String> seen = new HashSet<>();
            Matcher part = DATE_PART.matcher(Implied.text(call.arguments().getLast()).orElseThrow());
            while (part.find()) {
                if (!seen.add(part.group().toUpperCase(Locale.ROOT))) {
                    return Optional.empty();
                }
                int number = switch (part.group().charAt(0)) {
                    case 'Y', 'y' -> date.getYear();
                    case 'M', 'm' -> date.getMonthValue();
                    default -> date.getDayOfMonth();
                };
                parts.add(number == 1 ? "" : Integer.toString(number));
            }
            return containing(o, call, parts);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Of {@code to_timestamp(text, picture) = moment}: the year, if it is the same in all zones. */
    static Optional<ForeignExpr> years(ForeignExpr.Operator o, ForeignExpr.Call call, ForeignExpr.Constant value) {
        if (!picture(call, MOMENT)) {
            return Optional.empty();
        }
        try {
            OffsetDateTime moment = OffsetDateTime.parse(value.text().orElseThrow(), ZONED).withOffsetSameInstant(ZoneOffset.UTC);
            int year = moment.minus(ZONES).getYear();
            return year == moment.plus(ZONES).getYear() ? containing(o, call, List.of(Integer.toString(year))) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static boolean picture(ForeignExpr.Call call, Pattern pattern) {
        return Implied.text(call.arguments().getLast()).filter(p -> pattern.matcher(p).matches()).isPresent();
    }

    private static Optional<ForeignExpr> containing(ForeignExpr.Operator o, ForeignExpr.Call call, List<String> parts) {
        List<String> there = parts.stream().filter(p -> !p.isEmpty()).toList();
        boolean known = o.name().equals("=") && !there.isEmpty() && call.arguments().size() == 2;
        return known ? Optional.of(Implied.compare(o, JdbcConditions.plain(call.arguments().getFirst()), "~~",
                Implied.constant("%" + String.join("%", there) + "%", "text"))) : Optional.empty();
    }
}
