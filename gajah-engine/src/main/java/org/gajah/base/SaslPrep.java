package org.gajah.base;

import java.text.Normalizer;

/**
 * Brings passwords into one form before they are hashed (RFC 4013), so that the same password typed on two keyboards is the
 * same. As in PostgreSQL, a password that the profile prohibits is used as it is.
 */
final class SaslPrep {
    private SaslPrep() {
    }

    static String prepare(String password) {
        if (password.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            return password;
        }
        StringBuilder mapped = new StringBuilder();
        password.codePoints().filter(c -> !mapsToNothing(c))
                .forEach(c -> mapped.appendCodePoint(isOtherSpace(c) ? ' ' : c));
        String normal = Normalizer.normalize(mapped, Normalizer.Form.NFKC);
        return normal.isEmpty() || normal.codePoints().anyMatch(SaslPrep::isProhibited) || !directionIsFine(normal)
                ? password : normal;
    }

    private static boolean mapsToNothing(int c) {
        return c == 0xad || c == 0x34f || c == 0x1806 || c >= 0x180b && c <= 0x180d || c >= 0x200b && c <= 0x200d
                || c == 0x2060 || c >= 0xfe00 && c <= 0xfe0f || c == 0xfeff;
    }

    private static boolean isOtherSpace(int c) {
        return c == 0xa0 || c == 0x1680 || c >= 0x2000 && c <= 0x200a || c == 0x202f || c == 0x205f || c == 0x3000;
    }

    private static boolean isProhibited(int c) {
        int type = Character.getType(c);
        return isOtherSpace(c) || type == Character.CONTROL || type == Character.PRIVATE_USE
                || type == Character.SURROGATE || type == Character.UNASSIGNED || (c & 0xfffe) == 0xfffe
                || c >= 0xfff9 && c <= 0xfffd || c >= 0x2ff0 && c <= 0x2ffb || c == 0x340 || c == 0x341
                || c == 0x200e || c == 0x200f || c >= 0x2028 && c <= 0x202e || c >= 0x206a && c <= 0x206f
                || c >= 0xe0000 && c <= 0xe007f;
    }

    /** Right-to-left text must begin and end so, and hold nothing that runs from left to right. */
    private static boolean directionIsFine(String text) {
        if (text.codePoints().noneMatch(SaslPrep::isRightToLeft)) {
            return true;
        }
        return isRightToLeft(text.codePointAt(0)) && isRightToLeft(text.codePointBefore(text.length()))
                && text.codePoints().noneMatch(c -> Character.getDirectionality(c)
                        == Character.DIRECTIONALITY_LEFT_TO_RIGHT);
    }

    private static boolean isRightToLeft(int c) {
        byte direction = Character.getDirectionality(c);
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    }
}
