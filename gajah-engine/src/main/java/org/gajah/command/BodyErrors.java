package org.gajah.command;

import org.gajah.api.SqlError;
import org.gajah.base.Slice;

/** Shows errors in a function's text where that text stands in CREATE FUNCTION. */
public final class BodyErrors {
    private BodyErrors() {
    }

    /** The error at its place in the statement if the body stands there just once, else in the body by itself. */
    public static SqlError placed(SqlError error, String body, Slice statement) {
        if (error.position() == 0) {
            return error;
        }
        int[] text = statement.toString().codePoints().toArray();
        int[] wanted = body.codePoints().toArray();
        int found = 0;
        for (int i = 0; i < text.length; i++) {
            int at = 0;
            if (text[i] == '$' || text[i] == '\'') {
                at = literalAt(text, i, wanted, error.position());
            }
            if (at > 0) {
                if (found > 0) {
                    found = 0;
                    break;
                }
                found = at;
            }
        }
        return found > 0 ? error.at(found) : error.at(0).internal(error.position(), body);
    }

    /** If a literal with this content begins here: the place in the statement of a place in the content; else 0. */
    private static int literalAt(int[] text, int quote, int[] wanted, int position) {
        boolean dollar = text[quote] == '$';
        int at = quote + 1;
        int place = 0;
        for (int i = 0; i < wanted.length; i++) {
            if (i == position - 1) {
                place = at + 1;
            }
            if (at >= text.length || text[at] != wanted[i]) {
                return 0;
            }
            at++;
            if (!dollar && wanted[i] == '\'') {
                if (at >= text.length || text[at] != '\'') {
                    return 0;
                }
                at++;
            }
        }
        boolean ends = at < text.length && text[at] == text[quote] && (dollar || at + 1 >= text.length || text[at + 1] != '\'');
        if (position - 1 == wanted.length) {
            place = at + 1;
        }
        return ends ? place : 0;
    }
}
