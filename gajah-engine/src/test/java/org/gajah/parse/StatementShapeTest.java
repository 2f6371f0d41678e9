package org.gajah.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.gajah.base.Slice;
import org.junit.jupiter.api.Test;

class StatementShapeTest {
    private static List<StatementShape> shapes(String sql) {
        return StatementShape.of(Slice.of(sql));
    }

    private static StatementShape of(String sql) {
        List<StatementShape> shapes = shapes(sql);
        assertEquals(1, shapes.size(), sql);
        return shapes.getFirst();
    }

    private static List<String> cut(String sql) {
        return shapes(sql).stream().map(s -> s.kind() + " " + s.text()).toList();
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
        for (String sql : new String[] {"SELECT /* 1 /* 2 */ 1", "SELECT $1", "SELECT $$a$$", "SELECT a$1", "SELECT E'a'", "SELECT U&'a'", "SELECT B'1'",
            "SELECT X'1'", "SELECT 'a\\b'", "SELECT 'a' \n 'b'", "SELECT 'a' -- c\n 'b'", "SELECT 'a", "SELECT \"a", "SELECT N'a'", "SELECT date'2020-01-01'",
            "", ";", "-- SELECT 1"}) {
            assertEquals(List.of(), cut(sql), sql);
        }
    }

    @Test
    void textsAreCutIntoStatements() {
        assertEquals(List.of("CONTROL BEGIN", "QUERY SELECT ';', \";\"", "OTHER EXPLAIN SELECT 1", "CONTROL end"),
                cut("BEGIN;\n SELECT ';', \";\" ;; EXPLAIN SELECT 1; end -- ;"));
        assertEquals(List.of("QUERY select 1", "OTHER (SELECT 2)"), cut("/* ; /* ; */ */ select 1 /* ; */; -- ;\r(SELECT 2)"));
        assertEquals(List.of("QUERY SELECT 1 - - /* 7 */ 2"), cut(" SELECT 1 - - /* 7 */ 2--3"));
    }

    @Test
    void spaceAndCommentsAroundAStatementAreNoPartOfIt() {
        assertEquals(of("SELECT 1"), of("/* a */ SELECT 22 -- b\n;"));
        assertEquals(of("SELECT 1").hashCode(), of("/* a */ SELECT 22 -- b\n;").hashCode());
        assertNotEquals(of("SELECT /* a */ 1"), of("SELECT /* b */ 1"));
    }

    @Test
    void whatIsTooLargeToBeKeptIsStillCut() {
        String many = "SELECT " + String.join(", ", IntStream.range(0, 65).mapToObj(Integer::toString).toList());
        String large = "SELECT '" + "x".repeat(5000) + "'";
        assertEquals(List.of("OTHER " + many, "QUERY SELECT 1", "OTHER " + large), cut(many + "; SELECT 1; " + large));
    }

    @Test
    void aCopyKnowsItsPlaceInTheText() {
        String sql = "SELECT 'ä'; SELECT -5, 'b'";
        StatementShape second = shapes(sql).get(1).copyAt(13);
        assertEquals("SELECT -5, 'b'", second.text().toString());
        assertEquals(21, second.location(0));
        assertEquals(20, second.minusLocation(0));
        assertEquals(24, second.location(1));
        assertEquals(shapes(sql).get(1), second);
        assertTrue(second.hasSameLiterals(shapes(sql).get(1)));
        assertTrue(shapes(sql).get(1).standsAt(Slice.of(sql), 13, 14));
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
