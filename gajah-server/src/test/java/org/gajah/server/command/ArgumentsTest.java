package org.gajah.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a command line means. */
class ArgumentsTest {
    private static Arguments parse(String... words) throws Arguments.Misunderstood {
        return Arguments.parse(words);
    }

    private static String error(String... words) {
        return assertThrows(Arguments.Misunderstood.class, () -> parse(words)).getMessage();
    }

    @Test
    void servingIsWhatItDoes() throws Exception {
        assertEquals(Arguments.Action.SERVE, parse().action());
        assertEquals(Path.of("gajah-data"), parse("serve").data());
        assertEquals(Path.of("x"), parse("--data", "x").data());
        assertEquals(Path.of("x"), parse("serve", "--data=x").data());
    }

    @Test
    void optionsAreSettings() throws Exception {
        assertEquals("{listen_addresses=*, port=0, work_mem=1MB, search_path=a=b}",
                parse("--host", "*", "--port=0", "-c", "work_mem=1MB", "-c", "search_path=a=b").settings().toString());
    }

    @Test
    void helpAndVersionWin() throws Exception {
        assertEquals(Arguments.Action.HELP, parse("serve", "--help").action());
        assertEquals(Arguments.Action.VERSION, parse("--version").action());
    }

    @Test
    void nonsenseIsNamed() {
        assertEquals("unknown option --bogus", error("--bogus"));
        assertEquals("unknown command dance", error("dance"));
        assertEquals("option --port needs a value", error("--port"));
        assertEquals("-c x requires a value", error("-c", "x"));
    }
}
