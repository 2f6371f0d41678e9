package org.gajah.type;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;

/** An encoding that Java lacks or maps in another way than PostgreSQL. NUL is no character of it. Its table is read when it is first used. */
final class TableCharset extends Charset {
    /** How many bytes a character has: the most, and the least value of those behind the first. */
    enum Layout {
        SINGLE(1, 1), EUC_JAPAN(3, 0xa1), EUC_TAIWAN(4, 0xa1), SHIFT_JIS(2, 0x40), DOUBLE(2, 1);

        private final int maxWidth;
        private final int firstTrail;

        Layout(int maxWidth, int firstTrail) {
            this.maxWidth = maxWidth;
            this.firstTrail = firstTrail;
        }

        /** Bytes of the character that begins with this byte, 0 to 255. */
        int width(int lead) {
            return lead < 0x80 ? 1 : switch (this) {
                case SINGLE -> 1;
                case EUC_JAPAN -> lead == 0x8f ? 3 : 2;
                case EUC_TAIWAN -> lead == 0x8e ? 4 : lead == 0x8f ? 3 : 2;
                case SHIFT_JIS -> lead >= 0xa1 && lead <= 0xdf ? 1 : 2;
                case DOUBLE -> 2;
            };
        }
    }

    private final Encoding encoding;
    private final Layout layout;
    private volatile CharacterTable table;

    TableCharset(Encoding encoding, Layout layout) {
        super("gajah-" + encoding, new String[0]);
        this.encoding = encoding;
        this.layout = layout;
    }

    /** Reading it twice at the same time does no harm. */
    private CharacterTable table() {
        CharacterTable present = table;
        if (present == null) {
            present = CharacterTable.read(encoding);
            table = present;
        }
        return present;
    }

    @Override
    public boolean contains(Charset other) {
        return other.equals(this);
    }

    @Override
    public CharsetDecoder newDecoder() {
        CharacterTable characters = table();
        return new CharsetDecoder(this, 1, 2) {
            @Override
            protected CoderResult decodeLoop(ByteBuffer in, CharBuffer out) {
                while (in.hasRemaining()) {
                    int start = in.position();
                    int width = layout.width(in.get(start) & 0xff);
                    if (in.remaining() < width) {
                        return CoderResult.UNDERFLOW;
                    }
                    if (out.remaining() < 2) {
                        return CoderResult.OVERFLOW;
                    }
                    int code = in.get(start) & 0xff;
                    for (int i = 1; i < width; i++) {
                        int trail = in.get(start + i) & 0xff;
                        if (trail < layout.firstTrail) {
                            return CoderResult.malformedForLength(width);
                        }
                        code = code << 8 | trail;
                    }
                    int character = characters.character(code);
                    if (character == 0) {
                        return width == 1 ? CoderResult.malformedForLength(1) : CoderResult.unmappableForLength(width);
                    }
                    out.put(CharacterTable.isPair(character) ? characters.pair(character) : Character.toString(character));
                    in.position(start + width);
                }
                return CoderResult.UNDERFLOW;
            }
        };
    }

    @Override
    public CharsetEncoder newEncoder() {
        CharacterTable characters = table();
        return new CharsetEncoder(this, 1, layout.maxWidth) {
            @Override
            protected CoderResult encodeLoop(CharBuffer in, ByteBuffer out) {
                while (in.hasRemaining()) {
                    int character = Character.codePointAt(in, 0);
                    int taken = Character.charCount(character);
                    int code = 0;
                    if (taken == 1 && in.remaining() > 1) {
                        code = characters.code((char) character, in.charAt(1));
                    }
                    if (code != 0) {
                        taken = 2;
                    } else {
                        code = characters.code(character);
                    }
                    if (code == 0) {
                        return CoderResult.unmappableForLength(taken);
                    }
                    int width = (39 - Integer.numberOfLeadingZeros(code)) >> 3;
                    if (out.remaining() < width) {
                        return CoderResult.OVERFLOW;
                    }
                    for (int i = width - 1; i >= 0; i--) {
                        out.put((byte) (code >> 8 * i));
                    }
                    in.position(in.position() + taken);
                }
                return CoderResult.UNDERFLOW;
            }
        };
    }
}
