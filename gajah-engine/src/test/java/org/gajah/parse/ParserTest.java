package org.gajah.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gajah.api.SqlError;
import org.gajah.ast.AConst;
import org.gajah.ast.AExpr;
import org.gajah.ast.AIndirection;
import org.gajah.ast.Between;
import org.gajah.ast.BoolExpr;
import org.gajah.ast.CollateClause;
import org.gajah.ast.ColumnRef;
import org.gajah.ast.Expression;
import org.gajah.ast.FuncCall;
import org.gajah.ast.NullTest;
import org.gajah.ast.RawStatement;
import org.gajah.ast.Select;
import org.gajah.ast.SelectBody;
import org.gajah.ast.TypeCast;
import org.gajah.ast.TypeName;
import org.gajah.base.Slice;
import org.junit.jupiter.api.Test;

/** What trees the parser makes. */
class ParserTest {
    @Test
    void operatorsBindAsInPostgres() {
        assertEquals("(a or (b and c))", shape("a or b and c"));
        assertEquals("(not (a = b))", shape("not a = b"));
        assertEquals("((not (a is null)) and b)", shape("not a is null and b"));
        assertEquals("((a < b) is null)", shape("a < b is null"));
        assertEquals("(a = (b || (c + (d * (e ^ f)))))", shape("a = b || c + d * e ^ f"));
        assertEquals("(((a - b) - c) + d)", shape("a - b - c + d"));
        assertEquals("((a ^ b) ^ c)", shape("a ^ b ^ c"));
        assertEquals("((- a) ^ b)", shape("- a ^ b"));
        assertEquals("(- (a :: int4))", shape("- a::int"));
        assertEquals("((a || b) || c)", shape("a || b || c"));
        assertEquals("(~ (a + b))", shape("~ a + b"));
        assertEquals("((~ a) || b)", shape("~ a || b"));
        assertEquals("(a = (not (b = c)))", shape("a = not b = c"));
        assertEquals("((a ~~ (b || c)) and d)", shape("a like b || c and d"));
        assertEquals("((a between b and (c + d)) or e)", shape("a between b and c + d or e"));
        assertEquals("((a ~~ b) = c)", shape("(a like b) = c"));
        assertEquals("(a = (b ~~ c))", shape("a = b like c"));
        assertEquals("(a || timezone('x', b))", shape("a || b at time zone 'x'"));
        assertEquals("(timezone('x', a) || b)", shape("a at time zone 'x' || b"));
        assertEquals("(a || (b collate C))", shape("a || b collate \"C\""));
        assertEquals("(a @> (b -> c))", shape("a @> (b -> c)"));
        assertEquals("((a @> b) -> c)", shape("a @> b -> c"));
        assertEquals("((a is null) is null)", shape("a is null is null"));
        assertEquals("(a distinct (b < c))", shape("a is distinct from b < c"));
    }

    /** An expression with all parentheses written. */
    private static String shape(String text) {
        return shape(Parser.parseExpression(Slice.of(text)));
    }

    private static String shape(Expression expression) {
        return switch (expression) {
            case ColumnRef c -> c.dotted();
            case AConst.Text c -> "'" + c.value() + "'";
            case AConst.Int c -> Integer.toString(c.value());
            case BoolExpr b when b.kind() == BoolExpr.Kind.NOT -> "(not " + shape(b.arguments().getFirst()) + ")";
            case BoolExpr b -> b.arguments().stream().map(ParserTest::shape).collect(Collectors.joining(
                    b.kind() == BoolExpr.Kind.AND ? " and " : " or ", "(", ")"));
            case AExpr a when a.left().isEmpty() -> "(" + a.operator() + " " + shape(a.right()) + ")";
            case AExpr a when a.kind() == AExpr.Kind.DISTINCT ->
                    "(" + shape(a.left().get()) + " distinct " + shape(a.right()) + ")";
            case AExpr a -> "(" + shape(a.left().get()) + " " + a.operator() + " " + shape(a.right()) + ")";
            case Between b -> "(" + shape(b.value()) + " between " + shape(b.low()) + " and " + shape(b.high()) + ")";
            case NullTest n -> "(" + shape(n.argument()) + " is null)";
            case TypeCast c -> "(" + shape(c.argument()) + " :: " + c.type().names().getLast() + ")";
            case CollateClause c -> "(" + shape(c.argument()) + " collate " + c.collation().getLast() + ")";
            case FuncCall f -> f.name().getLast() + f.arguments().stream().map(ParserTest::shape)
                    .collect(Collectors.joining(", ", "(", ")"));
            default -> throw new AssertionError(expression.toString());
        };
    }

    private static Expression first(String select) {
        Select query = assertInstanceOf(Select.class, Parser.parse(select).getFirst().statement());
        return assertInstanceOf(SelectBody.Simple.class, query.body()).targets().getFirst().value();
    }

    private static String text(String literal) {
        return assertInstanceOf(AConst.Text.class, first("select " + literal)).value().toString();
    }

    @Test
    void stringLiteralsOfAllFormsHaveTheirValues() {
        assertEquals("it's", text("'it''s'"));
        assertEquals("ab", text("'a'\n  'b'"));
        assertEquals("ab'c", text("'a' -- remark\n 'b''c'"));
        assertEquals("a\nb\t'A\u00e9\uD83D\uDE00\\q", text("E'a\\nb\\t\\'\\x41\\u00e9\\U0001F600\\\\\\q'"));
        assertEquals("\u00e9", text("E'\\303\\251'"));
        assertEquals("\uD83D\uDE00", text("E'\\uD83D\\uDE00'"));
        assertEquals("dAta\\", text("U&'d\\0041ta\\\\'"));
        assertEquals("dAta", text("U&'d!0041ta' uescape '!'"));
        assertEquals("\uD83D\uDE00", text("U&'\\D83D\\DE00'"));
        assertEquals(" a $b$ ", text("$x$ a $b$ $x$"));
        assertEquals("", text("''"));
    }

    @Test
    void numbersAreSmallIntegersOrText() {
        assertEquals(31, assertInstanceOf(AConst.Int.class, first("select 0x1F")).value());
        assertEquals(1000, assertInstanceOf(AConst.Int.class, first("select 1_000")).value());
        assertEquals(-5, assertInstanceOf(AConst.Int.class, first("select - 5")).value());
        assertEquals("2147483648", assertInstanceOf(AConst.Float.class, first("select 2147483648")).text());
        assertEquals("-1.5", assertInstanceOf(AConst.Float.class, first("select -1.5")).text());
        assertEquals("1.5", assertInstanceOf(AConst.Float.class, first("select - -1.5")).text());
        assertEquals("b101", assertInstanceOf(AConst.Bit.class, first("select B'101'")).text());
        assertEquals("xF", assertInstanceOf(AConst.Bit.class, first("select x'F'")).text());
    }

    @Test
    void namesFoldUnlessQuotedAndAreCutAtACharactersEdge() {
        assertEquals(List.of("abc", "Def\"g"), assertInstanceOf(ColumnRef.class, first("select ABC.\"Def\"\"g\"")).fields());
        String name = "x".repeat(62) + "\u00e9y";
        List<ParseNotice> notices = new ArrayList<>();
        Parser.parse(Slice.of("select " + name), StringRules.DEFAULT, notices::add);
        assertEquals(1, notices.size());
        assertEquals("identifier \"" + name + "\" will be truncated to \"" + "x".repeat(62) + "\"",
                notices.getFirst().message().getMessage());
        assertEquals(List.of("x".repeat(62)), assertInstanceOf(ColumnRef.class, first("select " + name)).fields());
    }

    @Test
    void statementsKnowWhereTheyAre() {
        String text = " ;; select '\u00e9' ; /* x */ commit -- end\n;";
        List<RawStatement> statements = Parser.parse(text);
        byte[] bytes = Slice.of(text).toBytes();
        List<String> texts = statements.stream()
                .map(s -> new Slice(bytes, s.offset(), s.length()).toString()).toList();
        assertEquals(List.of("select '\u00e9'", "commit"), texts);
        assertEquals(List.of(5, 26), statements.stream().map(RawStatement::location).toList());
    }

    @Test
    void positionsCountCharacters() {
        SqlError error = assertThrows(SqlError.class, () -> Parser.parse("select '\u00e9\uD83D\uDE00' +"));
        assertEquals(14, error.position());
        assertEquals("syntax error at end of input", error.getMessage());
    }

    @Test
    void typesHavePostgresNamesAndModifiers() {
        TypeName interval = Parser.parseTypeName(Slice.of("interval day to second(3)"));
        assertEquals(List.of("pg_catalog", "interval"), interval.names());
        assertEquals(List.of(7176, 3), interval.modifiers().stream().map(m -> ((AConst.Int) m).value()).toList());
        assertEquals(List.of("pg_catalog", "bpchar"), Parser.parseTypeName(Slice.of("char")).names());
        assertEquals(List.of("pg_catalog", "timestamptz"),
                Parser.parseTypeName(Slice.of("timestamp with time zone")).names());
        assertEquals(List.of(-1, 3), Parser.parseTypeName(Slice.of("s.t[][3]")).arrayBounds());
        assertEquals(List.of("char"), Parser.parseTypeName(Slice.of("\"char\"")).names());
    }

    @Test
    void parenthesesAroundQueriesLeaveNoTrace() {
        assertEquals(stripped("(((select 1)))"), stripped("select 1"));
        Select limited = (Select) Parser.parse("(select 1 order by 1) limit 2").getFirst().statement();
        assertEquals(1, limited.order().size());
        assertTrue(limited.limit().isPresent());
        assertInstanceOf(AIndirection.class, first("select (select 1).x"));
        assertEquals(Optional.of("y"), ((SelectBody.Simple) ((Select) Parser.parse("select (1) y").getFirst()
                .statement()).body()).targets().getFirst().name());
    }

    private static String stripped(String query) {
        return Parser.parse(query).getFirst().statement().toString().replaceAll("location=\\d+", "");
    }
}
