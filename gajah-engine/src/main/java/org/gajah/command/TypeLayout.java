package org.gajah.command;

import org.gajah.catalog.TypeRow;

/** What pg_attribute says of a type's values besides their length; here it is only told to those who ask. */
final class TypeLayout {
    private TypeLayout() {
    }

    static char align(TypeRow type) {
        return switch (type.length()) {
            case 1 -> 'c';
            case 2 -> 's';
            case 8, 16 -> type.name().equals("uuid") ? 'c' : 'd';
            case 64 -> 'c';
            default -> 'i';
        };
    }

    static char storage(TypeRow type) {
        return type.length() != -1 ? 'p' : type.name().equals("numeric") || type.name().equals("inet") ? 'm' : 'x';
    }
}
