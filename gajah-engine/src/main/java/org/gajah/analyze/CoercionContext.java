package org.gajah.analyze;

/**
 * How freely a value may be converted, strictest first; the order is what pg_cast.castcontext is compared with. PL/pgSQL assigns as SQL does,
 * and by way of the value's text where SQL has no such assignment.
 */
enum CoercionContext {
    IMPLICIT, ASSIGNMENT, PLPGSQL, EXPLICIT;

    boolean allows(char castContext) {
        return switch (castContext) {
            case 'i' -> true;
            case 'a' -> this != IMPLICIT;
            default -> this == EXPLICIT;
        };
    }
}
