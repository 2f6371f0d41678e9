package org.gajah.type;

import java.util.Locale;
import java.util.Optional;

/** Something that one may be allowed to do to an object, in the order of its bit in an ACL. PostgreSQL manual, table 5.1. */
public enum Privilege {
    INSERT('a'), SELECT('r'), UPDATE('w'), DELETE('d'), TRUNCATE('D'), REFERENCES('x'), TRIGGER('t'), EXECUTE('X'), USAGE('U'),
    CREATE('C'), TEMPORARY('T'), CONNECT('c'), SET('s'), ALTER_SYSTEM('A'), MAINTAIN('m');

    private final char letter;

    Privilege(char letter) {
        this.letter = letter;
    }

    /** What it is in an ACL's text. */
    public char letter() {
        return letter;
    }

    /** Its bit in an ACL's masks. */
    public long bit() {
        return 1L << ordinal();
    }

    /** As GRANT spells it. */
    public String words() {
        return name().replace('_', ' ');
    }

    /** The privilege that GRANT calls so, in any case. */
    public static Optional<Privilege> named(String words) {
        String upper = words.toUpperCase(Locale.ROOT);
        for (Privilege p : values()) {
            if (p.words().equals(upper) || p == TEMPORARY && upper.equals("TEMP")) {
                return Optional.of(p);
            }
        }
        return Optional.empty();
    }

    /** The bits of the privileges with these letters. */
    public static long mask(String letters) {
        long mask = 0;
        for (Privilege p : values()) {
            mask |= letters.indexOf(p.letter) >= 0 ? p.bit() : 0;
        }
        return mask;
    }
}
