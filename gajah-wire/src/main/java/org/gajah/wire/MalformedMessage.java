package org.gajah.wire;

/**
 * A frame whose contents are not what its type promises. The stream is still in step: the next frame can be read. The
 * message is PostgreSQL's and {@link #sqlState} says under which code it is reported.
 */
public final class MalformedMessage extends Exception {
    private static final long serialVersionUID = 1L;

    private final String sqlState;

    public MalformedMessage(String message) {
        this("08P01", message);
    }

    private MalformedMessage(String sqlState, String message) {
        super(message, null, false, false);
        this.sqlState = sqlState;
    }

    /** Text that is not UTF-8: the offending sequence begins at {@code from}. */
    static MalformedMessage invalidText(byte[] bytes, int from, int end) {
        int lead = bytes[from] & 0xff;
        int length = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf8 ? 4 : 1;
        StringBuilder message = new StringBuilder("invalid byte sequence for encoding \"UTF8\":");
        for (int i = from; i < Math.min(end, from + length); i++) {
            message.append(String.format(" 0x%02x", bytes[i] & 0xff));
        }
        return new MalformedMessage("22021", message.toString());
    }

    public String sqlState() {
        return sqlState;
    }
}
