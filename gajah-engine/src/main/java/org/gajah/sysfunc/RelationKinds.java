package org.gajah.sysfunc;

/** What messages call relations by their kind. */
public final class RelationKinds {
    private RelationKinds() {
    }

    /** The word for a pg_class.relkind. */
    public static String word(char kind) {
        return switch (kind) {
            case 'i', 'I' -> "index";
            case 'S' -> "sequence";
            case 'v' -> "view";
            case 'm' -> "materialized view";
            case 'c' -> "composite type";
            case 'f' -> "foreign table";
            default -> "table";
        };
    }
}
