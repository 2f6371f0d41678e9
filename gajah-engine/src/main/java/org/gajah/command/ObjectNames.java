package org.gajah.command;

import org.gajah.command.Dependencies.Ref;
import org.gajah.sysfunc.ObjectDescription;
import org.gajah.sysfunc.RelationKinds;

/** What messages call objects: {@code table t}, {@code constraint c on table t}. */
public final class ObjectNames {
    private final CommandContext context;

    ObjectNames(CommandContext context) {
        this.context = context;
    }

    String describe(Ref ref) {
        return new ObjectDescription(context.catalog(), context.analysis()).of(ref.catalog(), ref.oid(), ref.column())
                .orElseGet(() -> "object " + Integer.toUnsignedString(ref.oid()));
    }

    /** What relations of a kind are called together. */
    public static String kinds(char kind) {
        return switch (kind) {
            case 'v' -> "views";
            case 'm' -> "materialized views";
            case 'i' -> "indexes";
            case 'S' -> "sequences";
            case 'c' -> "composite types";
            case 'f' -> "foreign tables";
            case 'p' -> "partitioned tables";
            case 'I' -> "partitioned indexes";
            case 't' -> "TOAST tables";
            default -> "tables";
        };
    }

    static String kind(char kind) {
        return RelationKinds.word(kind);
    }
}
