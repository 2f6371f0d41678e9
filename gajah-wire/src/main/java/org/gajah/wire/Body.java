package org.gajah.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the contents of one frame from front to back; whatever does not fit is a {@link MalformedMessage}. */
public final class Body {
    private final byte[] bytes;
    private final int end;
    private int at;
    private boolean utf8 = true;

    public Body(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.at = offset;
        this.end = offset + length;
    }

    /** Takes text in whatever encoding: texts are then as they came, and names are only told apart. */
    Body inAnyEncoding() {
        utf8 = false;
        return this;
    }

    public int remaining() {
        return end - at;
    }

    private int take(int count) throws MalformedMessage {
        if (count < 0 || count > end - at) {
            throw new MalformedMessage("insufficient data left in message");
        }
        int from = at;
        at += count;
        return from;
    }

    public int getUnsignedByte() throws MalformedMessage {
        if (at == end) {
            throw new MalformedMessage("no data left in message");
        }
        return bytes[at++] & 0xff;
    }

    public short getShort() throws MalformedMessage {
        return BigEndian.getShort(bytes, take(2));
    }

    public int getUnsignedShort() throws MalformedMessage {
        return getShort() & 0xffff;
    }

    public int getInt() throws MalformedMessage {
        return BigEndian.getInt(bytes, take(4));
    }

    /** The next {@code length} bytes in an array of their own. */
    public byte[] getBytes(int length) throws MalformedMessage {
        int from = take(length);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    /** All bytes that are left in an array of their own. */
    public byte[] rest() throws MalformedMessage {
        return getBytes(remaining());
    }

    /** Text in UTF-8 up to a zero byte. */
    public String getCString() throws MalformedMessage {
        int from = at;
        int length = takeCString();
        if (length == 0) {
            return "";
        }
        checkText(from, length);
        return new String(bytes, from, length, utf8 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    }

    /** Text as {@link #getCString} but as the UTF-8 bytes, in an array of their own. */
    public byte[] getText() throws MalformedMessage {
        int from = at;
        int length = takeCString();
        checkText(from, length);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    private int takeCString() throws MalformedMessage {
        int from = at;
        int stop = from;
        while (stop < end && bytes[stop] != 0) {
            stop++;
        }
        if (stop == end) {
            throw new MalformedMessage("invalid string in message");
        }
        at = stop + 1;
        return stop - from;
    }

    private void checkText(int from, int length) throws MalformedMessage {
        if (!utf8) {
            return;
        }
        int stop = from + length;
        int ascii = from;
        while (ascii < stop && bytes[ascii] >= 0) {
            ascii++;
        }
        if (ascii < stop) {
            ByteBuffer source = ByteBuffer.wrap(bytes, ascii, stop - ascii);
            try {
                StandardCharsets.UTF_8.newDecoder().decode(source);
            } catch (CharacterCodingException e) {
                throw MalformedMessage.invalidText(bytes, source.position(), stop);
            }
        }
    }

    /** A count of 16 bits and as many format codes. */
    short[] getFormats() throws MalformedMessage {
        int count = getUnsignedShort();
        if (count > remaining() / 2) {
            throw new MalformedMessage("insufficient data left in message");
        }
        short[] formats = new short[count];
        for (int i = 0; i < count; i++) {
            formats[i] = getShort();
        }
        return formats;
    }

    /** A count of 16 bits and as many values, each with its length, -1 for NULL; the bytes are copied. */
    Values getValues() throws MalformedMessage {
        int count = getUnsignedShort();
        if (count > remaining() / 4) {
            throw new MalformedMessage("insufficient data left in message");
        }
        int start = at;
        int[] offsets = new int[count];
        int[] lengths = new int[count];
        for (int i = 0; i < count; i++) {
            int length = getInt();
            lengths[i] = length;
            offsets[i] = at - start;
            if (length != -1) {
                take(length);
            }
        }
        return new Values(Arrays.copyOfRange(bytes, start, at), offsets, lengths);
    }

    /** Checks that the contents were read to the last byte. */
    public void end() throws MalformedMessage {
        if (at != end) {
            throw new MalformedMessage("invalid message format");
        }
    }
}
