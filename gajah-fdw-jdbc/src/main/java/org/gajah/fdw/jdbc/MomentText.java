package org.gajah.fdw.jdbc;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Dates and timestamps as PostgreSQL writes them, of any year. */
final class MomentText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS");
    private static final String BEFORE_CHRIST = " BC";
    private static final int DAY_LENGTH = "-MM-dd".length();

    private MomentText() {
    }

    /** Nothing for infinity. */
    static Optional<LocalDate> date(String text) {
        if (text.endsWith("infinity")) {
            return Optional.empty();
        }
        int dash = text.indexOf('-');
        int year = Integer.parseInt(text.substring(0, dash));
        return Optional.of(LocalDate.of(text.endsWith(BEFORE_CHRIST) ? 1 - year : year, Integer.parseInt(text.substring(dash + 1, dash + 3)),
                Integer.parseInt(text.substring(dash + 4, dash + DAY_LENGTH))));
    }

    /** Nothing for infinity. */
    static Optional<LocalDateTime> timestamp(String text) {
        return date(text).map(day -> {
            String time = text.substring(text.indexOf('-') + DAY_LENGTH + 1);
            return day.atTime(LocalTime.parse(time.endsWith(BEFORE_CHRIST) ? time.substring(0, time.length() - BEFORE_CHRIST.length()) : time));
        });
    }

    static String of(LocalDate day) {
        return day(day) + era(day);
    }

    static String of(LocalDateTime moment) {
        return day(moment.toLocalDate()) + " " + TIME.format(moment) + era(moment.toLocalDate());
    }

    private static String day(LocalDate day) {
        String text = day.withYear(day.getYear() > 0 ? day.getYear() : 1 - day.getYear()).toString();
        return text.startsWith("+") ? text.substring(1) : text;
    }

    private static String era(LocalDate day) {
        return day.getYear() > 0 ? "" : BEFORE_CHRIST;
    }
}
