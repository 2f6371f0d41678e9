package org.gajah.type;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.InflaterInputStream;

/**
 * Which bytes of an encoding mean which characters, as PostgreSQL converts them. A code is the bytes of a character read as a big-endian
 * number. The file of an encoding is deflated and has four parts: codes that stand for a character and the other way round, codes that are
 * only read, codes that are only written, and codes that stand for two characters. Each begins with the number of its entries; an
 * entry has the distance of its code from the one before and the signed distance of its character, then the second character if there are two.
 */
final class CharacterTable {
    private static final int SHORT_CODES = 1 << 16;
    private static final int PAIRS = Character.MAX_CODE_POINT + 1;

    private final int[] characterOfShortCode = new int[SHORT_CODES];
    private final Map<Integer, Integer> characterOfLongCode = new HashMap<>();
    private final int[] codeOfChar = new int[SHORT_CODES];
    private final Map<Integer, Integer> codeOfSupplementary = new HashMap<>();
    private final List<String> pairs = new ArrayList<>();
    private final Map<String, Integer> codeOfPair = new HashMap<>();

    /** Reads the table of an encoding. */
    static CharacterTable read(Encoding encoding) {
        try (InputStream file = CharacterTable.class.getResourceAsStream("encoding/" + encoding + ".table")) {
            return new CharacterTable(new BufferedInputStream(new InflaterInputStream(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CharacterTable(InputStream in) throws IOException {
        readSingles(in, true, true);
        readSingles(in, true, false);
        readSingles(in, false, true);
        readPairs(in);
    }

    private void readSingles(InputStream in, boolean read, boolean written) throws IOException {
        int code = 0;
        int character = 0;
        for (int left = number(in); left > 0; left--) {
            code += number(in);
            character += signed(in);
            if (read) {
                putCharacter(code, character);
            }
            if (written && Character.isBmpCodePoint(character)) {
                codeOfChar[character] = code;
            } else if (written) {
                codeOfSupplementary.put(character, code);
            }
        }
    }

    private void readPairs(InputStream in) throws IOException {
        int code = 0;
        int character = 0;
        for (int left = number(in); left > 0; left--) {
            code += number(in);
            character += signed(in);
            String pair = Character.toString(character) + Character.toString(number(in));
            putCharacter(code, PAIRS + pairs.size());
            pairs.add(pair);
            codeOfPair.put(pair, code);
        }
    }

    private void putCharacter(int code, int character) {
        if (code >= 0 && code < SHORT_CODES) {
            characterOfShortCode[code] = character;
        } else {
            characterOfLongCode.put(code, character);
        }
    }

    private static int number(InputStream in) throws IOException {
        int value = 0;
        for (int shift = 0;; shift += 7) {
            int next = in.read();
            value |= (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
    }

    private static int signed(InputStream in) throws IOException {
        int zigzag = number(in);
        return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    /** The character of a code, or 0; what {@link #isPair} tells apart is the number of two. */
    int character(int code) {
        return code >= 0 && code < SHORT_CODES ? characterOfShortCode[code] : characterOfLongCode.getOrDefault(code, 0);
    }

    static boolean isPair(int character) {
        return character >= PAIRS;
    }

    /** The two characters. */
    String pair(int character) {
        return pairs.get(character - PAIRS);
    }

    /** The code of a character, or 0. */
    int code(int character) {
        return Character.isBmpCodePoint(character) ? codeOfChar[character] : codeOfSupplementary.getOrDefault(character, 0);
    }

    /** The code of two characters that have one together, or 0. */
    int code(char first, char second) {
        return pairs.isEmpty() ? 0 : codeOfPair.getOrDefault(new String(new char[] {first, second}), 0);
    }
}
