package org.gajah.settings;

import java.util.List;

/** Units that values are written in: memory or time, each with its size in bytes or microseconds. */
enum SettingUnit {
    B(1, true), KB(1L << 10, true), MB(1L << 20, true), GB(1L << 30, true), TB(1L << 40, true),
    US(1, false), MS(1_000, false), S(1_000_000, false), MIN(60_000_000L, false), H(3_600_000_000L, false),
    D(86_400_000_000L, false);

    private static final List<String> NAMES = List.of("B", "kB", "MB", "GB", "TB", "us", "ms", "s", "min", "h", "d");

    private final long size;
    private final boolean memory;

    SettingUnit(long size, boolean memory) {
        this.size = size;
        this.memory = memory;
    }

    String text() {
        return NAMES.get(ordinal());
    }

    long size() {
        return size;
    }

    boolean memory() {
        return memory;
    }

    /** Bytes or microseconds in one of a setting's base unit, such as 8192 for 8kB; 0 if the setting has none. */
    static long baseSize(String base) {
        int digits = 0;
        while (digits < base.length() && Character.isDigit(base.charAt(digits))) {
            digits++;
        }
        int unit = NAMES.indexOf(base.substring(digits));
        if (unit < 0) {
            return 0;
        }
        long count = digits == 0 ? 1 : Long.parseLong(base.substring(0, digits));
        return count * values()[unit].size;
    }

    static boolean isMemory(String base) {
        return base.endsWith("B");
    }

    /** The unit of this very name for a memory or time setting; -1 if there is none. */
    static int indexOf(String name, boolean memory) {
        int index = NAMES.indexOf(name);
        return index >= 0 && values()[index].memory == memory ? index : -1;
    }
}
