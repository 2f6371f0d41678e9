package org.gajah.analyze;

/** How freely a value may be converted, strictest first; the order is what pg_cast.castcontext is compared with. */
enum CoercionContext {
    IMPLICIT, ASSIGNMENT, EXPLICIT;

    boolean allows(char castContext) {
        return switch (castContext) {
            case 'i' -> true;
            case 'a' -> this != IMPLICIT;
            default -> this == EXPLICIT;
        };
    }
}
