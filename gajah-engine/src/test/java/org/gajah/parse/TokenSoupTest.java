package org.gajah.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.Random;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.junit.jupiter.api.Test;

/** Whatever the text, the parser answers with trees or a {@link SqlError}, and without using up the stack. */
class TokenSoupTest {
    private static final List<String> PIECES = List.of("(", ")", "[", "]", ",", ";", ".", "::", ":", ":=", "=>", "..",
            "*", "+", "-", "/", "<", "=", "<>", "||", "@>", "!~~", "$1", "$", "1", "0x", "1.5", "1e", "99999999999",
            "'a'", "E'\\", "E'\\u0041'", "U&'\\0041'", "uescape", "'!'", "B'1'", "\"q\"", "U&\"x\"", "$$ $$", "$a$",
            "'", "\"", "/*", "*/", "--", "\n", "\u00e9", "\uD83D\uDE00", "\0", "\t", "a", "b", "t", "c");
    private static final Keyword[] KEYWORDS = Keyword.values();

    @Test
    void randomTokensGiveTreesOrErrors() {
        long seed = System.nanoTime();
        System.out.println("token soup seed " + seed);
        soup(seed, 30_000);
    }

    @Test
    void seedsThatOnceFailed() {
        soup(1, 5_000);
    }

    private static void soup(long seed, int rounds) {
        Random random = new Random(seed);
        for (int i = 0; i < rounds; i++) {
            StringBuilder text = new StringBuilder();
            int length = 1 + random.nextInt(30);
            for (int j = 0; j < length; j++) {
                boolean word = random.nextInt(3) > 0;
                text.append(word ? KEYWORDS[1 + random.nextInt(KEYWORDS.length - 1)].word()
                        : PIECES.get(random.nextInt(PIECES.size())));
                text.append(random.nextInt(8) == 0 ? "" : " ");
            }
            parse(text.toString(), seed);
        }
    }

    @Test
    void randomBytesGiveTreesOrErrors() {
        long seed = System.nanoTime();
        System.out.println("byte soup seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 30_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            try {
                Parser.parse(Slice.of(bytes));
            } catch (SqlError expected) {
                assertEquals(5, expected.state().code().length());
            } catch (RuntimeException | StackOverflowError e) {
                fail("seed " + seed + ", bytes " + Slice.of(bytes).toHex(), e);
            }
        }
    }

    private static void parse(String text, long seed) {
        try {
            Parser.parse(text);
        } catch (SqlError expected) {
            assertEquals(5, expected.state().code().length());
        } catch (RuntimeException | StackOverflowError e) {
            fail("seed " + seed + ", text " + text, e);
        }
    }

    @Test
    void nestingWithoutBoundIsRefusedWith54001() throws InterruptedException {
        List<String[]> nests = List.of(new String[] {"select ", "(", "1"}, new String[] {"select ", "- ", "1"},
                new String[] {"select ", "not ", "true"}, new String[] {"select ", "array[", "1"},
                new String[] {"select array", "[", "1"}, new String[] {"select ", "f(", "1"},
                new String[] {"select ", "case when ", "1"}, new String[] {"select ", "(select ", "1"},
                new String[] {"", "(", "select 1"}, new String[] {"select * from ", "(", "t"},
                new String[] {"select * from ", "(select * from ", "t"}, new String[] {"select ", "a in (", "1"},
                new String[] {"select ", "a[", "1"}, new String[] {"select ", "a = any (", "1"},
                new String[] {"select a from t group by ", "grouping sets (", "a"},
                new String[] {"", "with a as (", "select 1"}, new String[] {"select * from a ", "join b ", ""},
                new String[] {"", "create function f() returns int begin atomic ", "select 1"},
                new String[] {"select ", "exists (select ", "1"}, new String[] {"select ", "cast(", "1"},
                new String[] {"select 1::", "a(1::", "int"},
                new String[] {"select * from json_table(1, 'x' ", "columns (nested 'a' ", ""});
        for (String[] nest : nests) {
            String text = nest[0] + nest[1].repeat(100_000) + nest[2];
            SqlState[] state = new SqlState[1];
            Throwable[] other = new Throwable[1];
            Thread thread = new Thread(null, () -> {
                try {
                    Parser.parse(text);
                } catch (SqlError e) {
                    state[0] = e.state();
                } catch (Throwable e) {
                    other[0] = e;
                }
            }, "deep", 16 << 20);
            thread.start();
            thread.join();
            assertEquals(null, other[0], () -> nest[0] + nest[1]);
            assertEquals(SqlState.STATEMENT_TOO_COMPLEX, state[0], () -> nest[0] + nest[1]);
        }
    }
}
