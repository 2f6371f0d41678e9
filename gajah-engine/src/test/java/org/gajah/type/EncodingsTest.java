package org.gajah.type;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.gajah.api.SqlError;
import org.gajah.base.Slice;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every character of every encoding, against sums that PostgreSQL 18.6 made. */
class EncodingsTest {
    private static final int CHARACTERS = 0x30000;

    @TestFactory
    Stream<DynamicTest> charactersAreThoseOfPostgres() throws IOException {
        List<String> lines;
        try (InputStream in = EncodingsTest.class.getResourceAsStream("encodings.tsv")) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(l -> !l.startsWith("#")).toList();
        }
        assertEquals(40, lines.size());
        return lines.stream().map(l -> l.split("\t")).map(f -> DynamicTest.dynamicTest(f[0], () -> assertSums(Encoding.named(f[0]).orElseThrow(),
                Integer.parseInt(f[1]), f[2], f[3])));
    }

    private static void assertSums(Encoding encoding, int count, String writtenSum, String readSum) throws NoSuchAlgorithmException {
        MessageDigest written = MessageDigest.getInstance("MD5");
        MessageDigest read = MessageDigest.getInstance("MD5");
        Optional<Transcoding> transcoding = Transcoding.of(encoding);
        CharsetEncoder characters = encoding.charset().orElseThrow().newEncoder();
        ByteBuffer room = ByteBuffer.allocate(16);
        int found = 0;
        for (int c = 1; c < CHARACTERS; c++) {
            if (characters.reset().encode(CharBuffer.wrap(Character.toChars(c)), room.clear(), true).isUnderflow()) {
                Slice text = Slice.of(Character.toString(c));
                found++;
                Slice bytes = transcoding.map(t -> t.fromUtf8(text)).orElse(text);
                written.update(bytes.toBytes());
                read(transcoding, bytes).ifPresent(again -> read.update(again.toBytes()));
            }
        }
        HexFormat hex = HexFormat.of();
        assertEquals(List.of(count, writtenSum, readSum), List.of(found, hex.formatHex(written.digest()), hex.formatHex(read.digest())));
    }

    /** Some bytes are written and not read: C1 control characters in EUC_JIS_2004. */
    private static Optional<Slice> read(Optional<Transcoding> transcoding, Slice bytes) {
        try {
            return Optional.of(transcoding.map(t -> t.toUtf8(bytes)).orElse(bytes));
        } catch (SqlError invalid) {
            return Optional.empty();
        }
    }
}
