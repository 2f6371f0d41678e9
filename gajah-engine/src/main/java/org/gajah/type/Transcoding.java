package org.gajah.type;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;

/**
 * Turns text of one encoding into UTF-8 and back, with PostgreSQL's errors for bytes that are no text and characters that the other
 * side lacks. Belongs to one thread; text may come in pieces, cut within characters.
 */
public final class Transcoding {
    /** Two and two. */
    private static final String GB18030_2005 = "\u1e3f\ue7c7\u9fb4\ue81e\u9fb5\ue826\u9fb6\ue82b\u9fb7\ue82c\u9fb8\ue832\u9fb9\ue843\u9fba\ue854\u9fbb\ue864"
            + "\ue78d\ufe10\ue78e\ufe12\ue78f\ufe11\ue790\ufe13\ue791\ufe14\ue792\ufe15\ue793\ufe16\ue794\ufe17\ue795\ufe18\ue796\ufe19";

    private final Encoding encoding;
    private final CharsetDecoder decoder;
    private final CharsetEncoder encoder;
    private byte[] rest = new byte[0];

    private Transcoding(Encoding encoding, CharsetDecoder decoder, CharsetEncoder encoder) {
        this.encoding = encoding;
        this.decoder = decoder.onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT);
        this.encoder = encoder.onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** For an encoding; empty where nothing is converted: UTF-8 itself, SQL_ASCII, which is whatever comes, and MULE_INTERNAL. */
    public static Optional<Transcoding> of(Encoding encoding) {
        return encoding == Encoding.UTF8 ? Optional.empty()
                : encoding.charset().map(c -> new Transcoding(encoding, c.newDecoder(), c.newEncoder()));
    }

    /** The error where {@link #of} has nothing though there is something to convert. */
    public static SqlError missing(Encoding from, Encoding to) {
        return new SqlError(SqlState.UNDEFINED_FUNCTION,
                "default conversion function for encoding \"" + from + "\" to \"" + to + "\" does not exist");
    }

    /** Whether there is something to convert: bytes that are the same in all encodings are not. */
    private static boolean isAscii(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] > 0) {
            i++;
        }
        return i == to;
    }

    /** A whole text in UTF-8. */
    public Slice toUtf8(Slice text) {
        if (isAscii(text.array(), text.offset(), text.offset() + text.length())) {
            return text;
        }
        return Slice.of(decode(text.toBytes(), true));
    }

    /** The next piece of a text in UTF-8; {@code last} is whether nothing follows. */
    public Slice toUtf8(Slice piece, boolean last) {
        if (rest.length == 0 && isAscii(piece.array(), piece.offset(), piece.offset() + piece.length())) {
            return piece;
        }
        ByteSink joined = new ByteSink();
        joined.put(rest);
        joined.put(piece);
        return Slice.of(decode(joined.toBytes(), last));
    }

    private String decode(byte[] bytes, boolean last) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        decoder.reset();
        CoderResult result = decoder.decode(in, out, last);
        boolean cut = result.isMalformed() && last && in.remaining() == result.length();
        if (result.isMalformed()) {
            throw invalid(in, cut ? in.remaining() : Math.min(in.remaining(), Math.max(result.length(), encodingWidth(in.get(in.position())))));
        }
        if (result.isUnmappable()) {
            throw unmappable(in, result.length(), encoding, Encoding.UTF8);
        }
        rest = new byte[in.remaining()];
        in.get(rest);
        return exchanged(out.flip().toString());
    }

    /** GB 18030 as of 2005 and of 2022 give the codes of these characters to each other; PostgreSQL has the former, Java the latter. */
    private String exchanged(String text) {
        if (encoding != Encoding.GB18030 || text.chars().noneMatch(c -> GB18030_2005.indexOf(c) >= 0)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < out.length(); i++) {
            int place = GB18030_2005.indexOf(out.charAt(i));
            if (place >= 0) {
                out.setCharAt(i, GB18030_2005.charAt(place ^ 1));
            }
        }
        return out.toString();
    }

    private int encodingWidth(byte lead) {
        return encoder.maxBytesPerChar() > 1 && lead < 0 ? 2 : 1;
    }

    private SqlError invalid(ByteBuffer at, int length) {
        return new SqlError(SqlState.CHARACTER_NOT_IN_REPERTOIRE, "invalid byte sequence for encoding \"" + encoding + "\": " + hex(at, length));
    }

    private static SqlError unmappable(ByteBuffer at, int length, Encoding from, Encoding to) {
        return new SqlError(SqlState.UNTRANSLATABLE_CHARACTER, "character with byte sequence " + hex(at, length) + " in encoding \"" + from
                + "\" has no equivalent in encoding \"" + to + "\"");
    }

    private static String hex(ByteBuffer at, int length) {
        byte[] bytes = new byte[length];
        at.get(at.position(), bytes);
        return HexFormat.ofDelimiter(" ").withPrefix("0x").formatHex(bytes);
    }

    /** Text in UTF-8 in the encoding. */
    public Slice fromUtf8(Slice text) {
        if (isAscii(text.array(), text.offset(), text.offset() + text.length())) {
            return text;
        }
        CharBuffer in = CharBuffer.wrap(exchanged(text.toString()));
        ByteBuffer out = ByteBuffer.allocate((int) Math.ceil(in.remaining() * (double) encoder.maxBytesPerChar()) + 8);
        encoder.reset();
        CoderResult result = encoder.encode(in, out, true);
        if (result.isError()) {
            ByteBuffer wrong = StandardCharsets.UTF_8.encode(in.subSequence(0, Math.min(in.remaining(), result.length())));
            throw unmappable(wrong, wrong.remaining(), Encoding.UTF8, encoding);
        }
        encoder.flush(out);
        return new Slice(out.array(), 0, out.position());
    }

    /** The same for messages, which must get through: what the encoding lacks becomes a question mark. */
    public byte[] forMessage(String text) {
        return text.getBytes(encoding.charset().orElseThrow());
    }
}
