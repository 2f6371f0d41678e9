package org.gajah.fdw.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;

import org.gajah.api.SqlError;
import org.junit.jupiter.api.Test;

/** What becomes of errors of databases that cannot be had in tests: Oracle's by their numbers. */
class RemoteErrorsTest {
    private static String code(String message, String state, int number) {
        return RemoteErrors.of(new SQLException(message, state, number), "SELECT 1").code();
    }

    @Test
    void f18OraclesSerializationFailuresAreToBeRetried() {
        assertEquals("40001", code("ORA-08177: can't serialize access for this transaction", "72000", 8177));
        assertEquals("40P01", code("ORA-00060: deadlock detected while waiting for resource", "61000", 60));
    }

    @Test
    void f27OraclesNumbersBecomeCodes() {
        assertEquals("23505", code("ORA-00001: unique constraint (A.B) violated", "23000", 1));
        assertEquals("23502", code("ORA-01400: cannot insert NULL into (\"A\".\"B\")", "23000", 1400));
        assertEquals("23514", code("ORA-02290: check constraint (A.B) violated", "23000", 2290));
        assertEquals("23503", code("ORA-02291: integrity constraint (A.B) violated - parent key not found", "23000", 2291));
        assertEquals("57014", code("ORA-01013: user requested cancel of current operation", "72000", 1013));
        assertEquals("HV00R", code("ORA-00942: table or view does not exist", "42000", 942));
        assertEquals("HV00L", code("ORA-00600: internal error code", "60000", 600));
    }

    @Test
    void aConnectionThatEndsThereIsNotTheClients() {
        assertEquals("08006", code("FATAL: terminating connection due to administrator command", "57P01", 0));
        assertEquals("08006", code("FATAL: the database system is starting up", "57P03", 0));
        assertEquals("57014", code("ERROR: canceling statement due to user request", "57014", 0));
    }

    @Test
    void f27TheTextAndTheStatementAreTold() {
        SqlError e = RemoteErrors.of(new SQLException("ORA-00942: table or view does not exist", "42000", 942), "SELECT \"A\" FROM \"T\"");
        assertEquals("ORA-00942: table or view does not exist", e.getMessage());
        assertTrue(e.toString().length() > 0 && RemoteErrors.of(new SQLException("x", "22012"), "").code().equals("22012"));
    }
}
