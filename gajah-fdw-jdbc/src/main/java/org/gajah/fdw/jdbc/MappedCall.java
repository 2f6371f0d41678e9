package org.gajah.fdw.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.foreign.RoutineMapping;

/** The format of a routine mapping taken apart: pieces of SQL and the arguments between them, as PostgreSQL's format() reads it. */
record MappedCall(List<String> pieces, List<Integer> arguments) {

    /** The parts of a format; nothing if it cannot be read or names an argument that is not there. */
    static Optional<MappedCall> of(String format, int count) {
        List<String> pieces = new ArrayList<>();
        List<Integer> arguments = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int next = 0;
        int i = 0;
        while (i < format.length()) {
            char c = format.charAt(i++);
            if (c != '%') {
                piece.append(c);
                continue;
            }
            int digits = i;
            while (digits < format.length() && Character.isDigit(format.charAt(digits))) {
                digits++;
            }
            boolean chosen = digits > i && digits < format.length() && format.charAt(digits) == '$';
            int argument = chosen ? Integer.parseInt(format, i, digits, DECIMAL) - 1 : next;
            i = chosen ? digits + 1 : i;
            char kind = i < format.length() ? format.charAt(i++) : ' ';
            if (kind == '%' && !chosen) {
                piece.append('%');
            } else if (kind == 's' && argument >= 0 && argument < count) {
                pieces.add(piece.toString());
                piece.setLength(0);
                arguments.add(argument);
                next = argument + 1;
            } else {
                return Optional.empty();
            }
        }
        pieces.add(piece.toString());
        return Optional.of(new MappedCall(pieces, arguments));
    }

    private static final int DECIMAL = 10;

    /** The mapping's call with so many arguments, if it is for as many. */
    static Optional<MappedCall> of(RoutineMapping mapping, int count, boolean variadic) {
        String nargs = mapping.options().get("nargs");
        boolean fits = !variadic || nargs != null && nargs.equals(Integer.toString(count));
        return fits ? Optional.ofNullable(mapping.options().get("format")).flatMap(f -> of(f, count)) : Optional.empty();
    }
}
