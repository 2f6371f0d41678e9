package org.gajah.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which rule of a pg_hba.conf decides, and which files are refused. */
class HbaParserTest {
    private static HbaFile parse(String text) throws HbaError {
        return HbaParser.parse("pg_hba.conf", text);
    }

    private static String method(String rules, String address, boolean encrypted, String database, String user,
            String... memberOf) throws HbaError {
        Optional<InetAddress> from = address.isEmpty() ? Optional.empty() : Optional.of(InetAddress.ofLiteral(address));
        return parse(rules).method(new HbaRequest(from, encrypted, database, user, List.of(memberOf)))
                .map(HbaMethod::name).orElse("none");
    }

    @Test
    void theFirstMatchingRuleDecides() throws HbaError {
        String rules = """
                # a comment
                local all all trust
                host all all 10.0.0.0/8 reject  # and one here
                host all all 0.0.0.0/0 scram-sha-256
                """;
        assertEquals("TRUST", method(rules, "", false, "d", "u"));
        assertEquals("REJECT", method(rules, "10.1.2.3", false, "d", "u"));
        assertEquals("SCRAM_SHA_256", method(rules, "11.1.2.3", false, "d", "u"));
        assertEquals("none", method(rules, "::1", false, "d", "u"));
    }

    @Test
    void addressesCompareBitByBit() throws HbaError {
        assertEquals("TRUST", method("host all all 192.168.4.0/22 trust", "192.168.7.255", false, "d", "u"));
        assertEquals("none", method("host all all 192.168.4.0/22 trust", "192.168.8.0", false, "d", "u"));
        assertEquals("TRUST", method("host all all 192.168.4.0 255.255.252.0 trust", "192.168.7.1", false, "d", "u"));
        assertEquals("TRUST", method("host all all 2001:db8::/33 trust", "2001:db8:7fff::1", false, "d", "u"));
        assertEquals("none", method("host all all 2001:db8::/33 trust", "2001:db8:8000::1", false, "d", "u"));
        assertEquals("TRUST", method("host all all 1.2.3.4/32 trust", "1.2.3.4", false, "d", "u"));
        assertEquals("TRUST", method("host all all 0.0.0.0/0 trust", "255.2.3.4", false, "d", "u"));
        assertEquals("TRUST", method("host all all samehost trust", "127.0.0.1", false, "d", "u"));
        assertEquals("TRUST", method("host all all all trust", "::1", false, "d", "u"));
    }

    @Test
    void encryptionMatters() throws HbaError {
        assertEquals("TRUST", method("hostssl all all all trust", "1.2.3.4", true, "d", "u"));
        assertEquals("none", method("hostssl all all all trust", "1.2.3.4", false, "d", "u"));
        assertEquals("none", method("hostnossl all all all trust", "1.2.3.4", true, "d", "u"));
        assertEquals("TRUST", method("host all all all trust", "1.2.3.4", true, "d", "u"));
    }

    @Test
    void databasesAndUsersMatchByName() throws HbaError {
        assertEquals("TRUST", method("local a,b u trust", "", false, "b", "u"));
        assertEquals("none", method("local a,b u trust", "", false, "c", "u"));
        assertEquals("TRUST", method("local a, b u trust", "", false, "b", "u"));
        assertEquals("TRUST", method("local sameuser all trust", "", false, "u", "u"));
        assertEquals("none", method("local sameuser all trust", "", false, "d", "u"));
        assertEquals("TRUST", method("local samerole all trust", "", false, "team", "u", "team"));
        assertEquals("none", method("local samerole all trust", "", false, "other", "u", "team"));
        assertEquals("TRUST", method("local all +team trust", "", false, "d", "u", "team"));
        assertEquals("TRUST", method("local all +u trust", "", false, "d", "u"));
        assertEquals("none", method("local all +team trust", "", false, "d", "u"));
        assertEquals("none", method("local replication all trust", "", false, "replication", "u"));
        assertEquals("TRUST", method("local /^db\\d+$ all trust", "", false, "db42", "u"));
        assertEquals("none", method("local /^db\\d+$ all trust", "", false, "db42x", "u"));
    }

    @Test
    void quotesTakeMeaningAway() throws HbaError {
        assertEquals("none", method("local \"all\" all trust", "", false, "d", "u"));
        assertEquals("TRUST", method("local \"all\" all trust", "", false, "all", "u"));
        assertEquals("TRUST", method("local \"a b,c#\" all trust", "", false, "a b,c#", "u"));
        assertEquals("TRUST", method("local \"a\"\"b\" all trust", "", false, "a\"b", "u"));
        assertEquals("TRUST", method("local all \"+team\" trust", "", false, "d", "+team"));
    }

    @Test
    void linesCanBeContinued() throws HbaError {
        assertEquals("TRUST", method("local all \\\n all trust", "", false, "d", "u"));
    }

    private static String error(String rules) {
        return assertThrows(HbaError.class, () -> parse(rules)).getMessage();
    }

    @Test
    void errorsNameTheLine() {
        assertEquals("invalid connection type \"hots\" (line 2 of configuration file \"pg_hba.conf\")",
                error("local all all trust\nhots all all all trust"));
        assertTrue(error("local all all").startsWith("end-of-line before authentication method"));
        assertTrue(error("local all").startsWith("end-of-line before role specification"));
        assertTrue(error("local").startsWith("end-of-line before database specification"));
        assertTrue(error("host all all trust").startsWith("end-of-line before authentication method"));
        assertTrue(error("local all all magic").startsWith("invalid authentication method \"magic\""));
        assertTrue(error("local all all ldap").startsWith("invalid authentication method \"ldap\""));
        assertTrue(error("host all all 1.2.3.4/33 trust").startsWith("invalid CIDR mask"));
        assertTrue(error("host all all 1.2.3.4 255.0.255.0 trust").startsWith("invalid IP mask"));
        assertTrue(error("host all all 1.2.3.4 trust").startsWith("end-of-line") || error(
                "host all all 1.2.3.4 trust").startsWith("invalid IP mask"));
        assertTrue(error("local all all trust x=1").startsWith("unrecognized authentication option name"));
        assertTrue(error("local /( all trust").startsWith("invalid regular expression"));
        assertTrue(error("# nothing").endsWith("contains no entries"));
    }

    @Test
    void trustForStrangersIsSeen() throws HbaError {
        assertFalse(parse("local all all trust\nhost all all 127.0.0.1/32 trust\nhost all all ::1/128 trust\n"
                + "host all all all scram-sha-256").trustsStrangers());
        assertTrue(parse("host all all 10.0.0.0/8 trust").trustsStrangers());
        assertTrue(parse("host all all all trust").trustsStrangers());
    }
}
