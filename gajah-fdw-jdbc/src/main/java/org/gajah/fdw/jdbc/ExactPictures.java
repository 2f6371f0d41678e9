package org.gajah.fdw.jdbc;

import org.gajah.api.foreign.ForeignExpr;

/** The format pictures that mean the same to PostgreSQL and Oracle. */
final class ExactPictures {
    private static final String[] MOMENTS = {"YYYY", "HH24", "MM", "DD", "MI", "SS", "-", "/", ".", ":", " "};

    private ExactPictures() {
    }

    /** Whether a call formats a timestamp or an integer by such a picture. */
    static boolean knows(ForeignExpr.Call call) {
        if (!call.name().equals("to_char") || !(JdbcConditions.plain(call.arguments().get(1)) instanceof ForeignExpr.Constant picture)
                || picture.text().isEmpty()) {
            return false;
        }
        return switch (JdbcConditions.plain(call.arguments().get(0)).type().name()) {
            case "timestamp" -> isOfMoments(picture.text().get());
            case "int4" -> isOfDigits(picture.text().get());
            default -> false;
        };
    }

    private static boolean isOfMoments(String picture) {
        if (picture.contains("DDD") || picture.contains("SSS")) {
            return false;
        }
        int i = 0;
        while (i < picture.length()) {
            int before = i;
            for (String known : MOMENTS) {
                if (picture.startsWith(known, i)) {
                    i += known.length();
                    break;
                }
            }
            if (i == before) {
                return false;
            }
        }
        return !picture.isEmpty();
    }

    private static boolean isOfDigits(String picture) {
        String digits = picture.startsWith("FM") ? picture.substring(2) : picture;
        return !digits.isEmpty() && digits.chars().allMatch(c -> c == '9' || c == '0');
    }
}
