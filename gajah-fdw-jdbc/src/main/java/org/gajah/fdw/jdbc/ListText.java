package org.gajah.fdw.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.foreign.ForeignExpr;

/** The elements of an array of one dimension, out of its text in PostgreSQL's form. */
final class ListText {
    private ListText() {
    }

    /** The elements of a constant; nothing if it is null or has several dimensions. */
    static Optional<List<Optional<String>>> elements(ForeignExpr.Constant array) {
        return array.text().flatMap(ListText::elements);
    }

    /** The elements, of which NULL is nothing; nothing at all for several dimensions. */
    static Optional<List<Optional<String>>> elements(String array) {
        List<Optional<String>> elements = new ArrayList<>();
        if (!array.startsWith("{") || array.startsWith("{{")) {
            return Optional.empty();
        }
        int i = 1;
        while (i < array.length() && array.charAt(i) != '}') {
            StringBuilder element = new StringBuilder();
            boolean quoted = array.charAt(i) == '"';
            i += quoted ? 1 : 0;
            while (i < array.length() && (quoted ? array.charAt(i) != '"' : ",}".indexOf(array.charAt(i)) < 0)) {
                i += array.charAt(i) == '\\' ? 1 : 0;
                element.append(array.charAt(i++));
            }
            i += quoted ? 1 : 0;
            elements.add(!quoted && element.toString().equals("NULL") ? Optional.empty() : Optional.of(element.toString()));
            i += i < array.length() && array.charAt(i) == ',' ? 1 : 0;
        }
        return Optional.of(elements);
    }
}
