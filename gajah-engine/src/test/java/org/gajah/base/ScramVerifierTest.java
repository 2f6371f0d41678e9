package org.gajah.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Verifiers are PostgreSQL's, byte for byte; the ones here were made by a PostgreSQL 18.6. */
class ScramVerifierTest {
    private static final String PENCIL = "SCRAM-SHA-256$4096:fFywDZBNjNB8Fjn6ln/ISQ==$LTGh6KfzSRVfTXvYGlKaVVG8/"
            + "vRrTAPTWJNp4Nm5RFM=:OO2f2i+d6v1N5EA/X6s+66aXtfmqkIlLGAXIxgFcgTs=";
    private static final String ACCENTS = "SCRAM-SHA-256$4096:JGMRrJqgc0PWe+U8NYpRUg==$Cj+cKcy9xP47AA4hD3/nCNdZWVC3ZwDuv"
            + "+aLl0+S8Ec=:BEUB/T9P17YZn7AiHK/owZYHEnztjkk0iudomv4SItQ=";

    @Test
    void makesWhatPostgresMakes() {
        byte[] salt = Base64.getDecoder().decode("fFywDZBNjNB8Fjn6ln/ISQ==");
        assertEquals(PENCIL, ScramVerifier.of("pencil", salt, 4096).text());
    }

    @Test
    void normalizesPasswordsAsPostgresDoes() {
        ScramVerifier verifier = ScramVerifier.parse(ACCENTS).orElseThrow();
        assertTrue(verifier.matches("s\u00e9cret \u00aa"));
        assertTrue(verifier.matches("se\u0301cret\u00a0a"), "another way to type the same");
        assertFalse(verifier.matches("secret a"));
    }

    @Test
    void textSurvivesReading() {
        assertEquals(PENCIL, ScramVerifier.parse(PENCIL).orElseThrow().text());
    }

    @Test
    void whatIsNoVerifierIsNotReadAsOne() {
        for (String text : new String[] {"", "pencil", "md5abc", "SCRAM-SHA-256$", "SCRAM-SHA-256$0:YQ==$YQ==:YQ==",
            "SCRAM-SHA-256$4096:!$YQ==:YQ==", PENCIL + ":", PENCIL.substring(0, PENCIL.length() - 8)}) {
            assertTrue(ScramVerifier.parse(text).isEmpty(), text);
        }
    }

    @Test
    void provesAsInRfc7677() {
        byte[] salt = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
        ScramVerifier verifier = ScramVerifier.of("pencil", salt, 4096);
        byte[] authMessage = ("n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] proof = Base64.getDecoder().decode("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        assertTrue(verifier.provedBy(proof, authMessage));
        assertEquals("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
                Base64.getEncoder().encodeToString(verifier.serverSignature(authMessage)));
        proof[0] ^= 1;
        assertFalse(verifier.provedBy(proof, authMessage));
        assertFalse(verifier.provedBy(new byte[0], authMessage));
    }
}
