package org.gajah.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.gajah.base.Slice;
import org.junit.jupiter.api.Test;

class StatementShapeTest {
    private static Optional<StatementShape> shape(String sql) {
        return StatementShape.of(Slice.of(sql));
    }

    private static StatementShape of(String sql) {
        return shape(sql).orElseThrow();
    }

    @Test
    void textsThatDifferInLiteralsHaveOneShape() {
        assertEquals(of("SELECT a FROM t WHERE b = 1 AND c = 'x'"), of("SELECT a FROM t WHERE b = 2345 AND c = 'it''s'"));
        assertEquals(of("SELECT a FROM t WHERE b = 1").hashCode(), of("SELECT a FROM t WHERE b = 22").hashCode());
    }

    @Test
    void anyOtherDifferenceIsAnotherShape() {
        assertNotEquals(of("SELECT 1"), of("SELECT  1"));
        assertNotEquals(of("SELECT 1"), of("SELECT '1'"));
        assertNotEquals(of("SELECT 1"), of("SELECT 1.5"));
        assertNotEquals(of("SELECT 1.5"), of("SELECT 1.6"));
        assertNotEquals(of("SELECT a1"), of("SELECT a2"));
        assertNotEquals(of("SELECT \"a 1\""), of("SELECT \"a 2\""));
        assertNotEquals(of("SELECT 999999999"), of("SELECT 9999999999"));
        assertNotEquals(of("SELECT 5"), of("SELECT -5"));
        assertNotEquals(of("SELECT .5"), of("SELECT .6"));
        assertNotEquals(of("SELECT 1e5"), of("SELECT 1e6"));
        assertNotEquals(of("SELECT 0x1F"), of("SELECT 0x2F"));
    }

    @Test
    void whatIsNotCutEasilyHasNone() {
        for (String sql : new String[] {"BEGIN", "EXPLAIN SELECT 1", "SELECT 1; SELECT 2", "SELECT 1 -- a", "SELECT /* 1 */ 1", "SELECT $1",
            "SELECT $$a$$", "SELECT a$1", "SELECT E'a'", "SELECT U&'a'", "SELECT B'1'", "SELECT X'1'", "SELECT 'a\\b'", "SELECT 'a' \n 'b'", "SELECT 'a",
            "SELECT \"a", "SELECT N'a'", "SELECT date'2020-01-01'", ""}) {
            assertTrue(shape(sql).isEmpty(), sql);
        }
    }

    @Test
    void literalsKnowTheirValuesAndPlaces() {
        StatementShape shape = of("select 'äö''ü', - 42 ;");
        assertEquals(2, shape.literals());
        assertEquals("äö'ü", shape.string(0).toString());
        assertEquals(8, shape.location(0));
        assertEquals(0, shape.minusLocation(0));
        assertEquals(42, shape.number(1));
        assertEquals(19, shape.location(1));
        assertEquals(17, shape.minusLocation(1));
    }
}
