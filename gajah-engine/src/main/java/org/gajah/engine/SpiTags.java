package org.gajah.engine;

import org.gajah.spi.SpiOutcome;

/** Command tags taken apart: the words, and the count behind them. */
final class SpiTags {
    private SpiTags() {
    }

    static SpiOutcome outcome(String tag, long given) {
        int end = tag.length();
        while (end > 0 && (Character.isDigit(tag.charAt(end - 1)) || tag.charAt(end - 1) == ' ')) {
            end--;
        }
        String number = tag.substring(tag.lastIndexOf(' ') + 1);
        boolean counted = end < tag.length() && !number.isEmpty();
        return new SpiOutcome(tag.substring(0, end), counted ? Long.parseLong(number) : given);
    }
}
