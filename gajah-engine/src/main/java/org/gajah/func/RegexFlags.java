package org.gajah.func;

import org.gajah.base.Slice;
import org.gajah.type.Errors;

/** The options of a regular expression, as the letters of a flags argument set them. */
record RegexFlags(boolean ignoreCase, boolean newlineStops, boolean lineAnchors, boolean expanded, boolean literal,
        boolean advanced, boolean global) {
    static final RegexFlags NONE = new RegexFlags(false, false, false, false, false, true, false);
    static final RegexFlags IGNORE_CASE = new RegexFlags(true, false, false, false, false, true, false);

    static RegexFlags of(Slice letters) {
        boolean ignoreCase = false;
        boolean newlineStops = false;
        boolean lineAnchors = false;
        boolean expanded = false;
        boolean literal = false;
        boolean advanced = true;
        boolean global = false;
        for (int i = 0; i < letters.length(); i++) {
            int c = letters.at(i);
            switch (c) {
                case 'g' -> global = true;
                case 'b', 'e' -> advanced = false;
                case 'c' -> ignoreCase = false;
                case 'i' -> ignoreCase = true;
                case 'm', 'n' -> {
                    newlineStops = true;
                    lineAnchors = true;
                }
                case 'p' -> {
                    newlineStops = true;
                    lineAnchors = false;
                }
                case 'q' -> literal = true;
                case 's' -> {
                    newlineStops = false;
                    lineAnchors = false;
                }
                case 't' -> expanded = false;
                case 'w' -> {
                    newlineStops = false;
                    lineAnchors = true;
                }
                case 'x' -> expanded = true;
                default -> throw Errors.invalidParameter("invalid regular expression option: \""
                        + letters.slice(i, Math.min(org.gajah.type.Utf8.width(c), letters.length() - i)) + "\"");
            }
        }
        return new RegexFlags(ignoreCase, newlineStops, lineAnchors, expanded, literal, advanced, global);
    }
}
