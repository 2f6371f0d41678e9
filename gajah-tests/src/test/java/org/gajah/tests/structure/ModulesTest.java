package org.gajah.tests.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.gajah.api.SqlError;
import org.gajah.base.Slice;
import org.junit.jupiter.api.Test;

class ModulesTest {
    @Test
    void testsRunOnTheModulePath() {
        assertTrue(getClass().getModule().isNamed());
        assertEquals("org.gajah.api", SqlError.class.getModule().getName());
        assertEquals("org.gajah.engine", Slice.class.getModule().getName());
    }
}
