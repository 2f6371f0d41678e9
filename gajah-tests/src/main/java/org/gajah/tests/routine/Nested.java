package org.gajah.tests.routine;

import org.gajah.api.spi.Spi;

/** Routines that call routines. */
public final class Nested {
    private Nested() {
    }

    /** A procedure that calls a procedure, which may then end the transaction too. */
    public static void around(Spi spi) {
        spi.execute("CALL run_procedure()");
    }

    /** A function that calls a procedure. */
    public static String calls(Spi spi) {
        return spi.execute("CALL run_procedure()").code().toString();
    }
}
