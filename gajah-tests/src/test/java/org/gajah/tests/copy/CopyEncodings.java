package org.gajah.tests.copy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The conversations of {@link CopyBehavioursTest} about each encoding that data can be in: characters out, and their bytes in. Left out is
 * what PostgreSQL itself does not read back: the euro of GBK, what JOHAB has beyond ASCII, and what it takes as SQL_ASCII, which is anything.
 */
final class CopyEncodings {
    private static final List<String> ENCODINGS = List.of("SQL_ASCII", "EUC_JP", "EUC_CN", "EUC_KR", "EUC_TW", "UTF8", "LATIN1", "LATIN2", "LATIN3", "LATIN4",
            "LATIN5", "LATIN6", "LATIN7", "LATIN8", "LATIN9", "LATIN10", "WIN1256", "WIN1258", "WIN866", "WIN874", "KOI8R", "WIN1251", "WIN1252", "ISO_8859_5",
            "ISO_8859_6", "ISO_8859_7", "ISO_8859_8", "WIN1250", "WIN1253", "WIN1254", "WIN1255", "WIN1257", "KOI8U", "SJIS", "BIG5", "GBK", "UHC", "GB18030",
            "JOHAB", "EUC_JIS_2004", "SHIFT_JIS_2004", "MULE_INTERNAL");
    /** Characters of all alphabets; those that an encoding lacks are errors. */
    private static final String CHARACTERS = "a\u00e9\u00df\u0142\u0111\u00fe\u0416\u0491\u03a9\u05d0\u0639\u0e01\u1ebd\u20ac\u65e5\u8a9e\u4e2d\u570b\ud55c\uae00\u3042\uff71";

    private CopyEncodings() {}

    private static boolean isOneWay(String encoding, char character) {
        return encoding.equals("JOHAB") && character > 127 || encoding.equals("GBK") && character == '\u20ac';
    }

    static Map<String, CopyBehavioursTest.Conversation> all() {
        Map<String, CopyBehavioursTest.Conversation> all = new LinkedHashMap<>();
        for (String encoding : ENCODINGS) {
            all.put("O17: " + encoding, c -> both(c, encoding));
        }
        return all;
    }

    private static List<String> both(CopyClient client, String encoding) throws IOException {
        List<String> said = new ArrayList<>();
        for (int i = 0; i < CHARACTERS.length(); i++) {
            String character = CHARACTERS.substring(i, i + 1);
            if (isOneWay(encoding, CHARACTERS.charAt(i))) {
                continue;
            }
            List<byte[]> rows = client.query("COPY (SELECT 1, '" + character + "'::text) TO STDOUT (ENCODING '" + encoding + "')").send().rows();
            String ready = String.join(", ", client.answer(1));
            said.add(character + ": " + (rows.isEmpty() ? "none" : HexFormat.of().formatHex(rows.getFirst())) + " " + ready);
            if (!rows.isEmpty()) {
                client.query("TRUNCATE t").ask();
                said.add(client.query("COPY t FROM STDIN (ENCODING '" + encoding + "')").data(rows.getFirst()).done().ask());
                said.add(client.query("SELECT a, b = '" + character + "' FROM t").ask());
            }
        }
        if (!encoding.equals("SQL_ASCII")) {
            // which of the two errors comes depends on how far somebody looks
            said.add(client.query("COPY t FROM STDIN (ENCODING '" + encoding + "')").data(new byte[] {'1', '\t', (byte) 0xff, (byte) 0x81, '\n'}).done().ask()
                    .replaceAll("E 22(021|P05).*", "refused"));
        }
        return said;
    }
}
