package org.gajah.type;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.vector.BytesVector;
import org.gajah.vector.Vector;

/** inet and cidr: a byte of family (4 or 6), a byte of prefix length, then the address. */
public final class InetCodec extends BytesCodec {
    private final boolean network;

    InetCodec(boolean network) {
        this.network = network;
    }

    private SqlError invalid(Slice text) {
        return Errors.invalidSyntax(network ? "cidr" : "inet", text);
    }

    @Override
    public void parse(Slice text, int typmod, TypeContext context, Vector out, int row) {
        String s = text.toString();
        int slash = s.indexOf('/');
        String address = slash < 0 ? s : s.substring(0, slash);
        byte[] bytes = address.indexOf(':') >= 0 ? six(address, text) : four(address, text);
        int prefix = bytes.length == 4 ? implied(address, slash) : 128;
        if (slash >= 0) {
            try {
                prefix = Integer.parseInt(s, slash + 1, s.length(), 10);
            } catch (NumberFormatException e) {
                throw invalid(text);
            }
        }
        if (prefix < 0 || prefix > bytes.length * 8 || slash >= 0 && !Character.isDigit(s.charAt(slash + 1))) {
            throw invalid(text);
        }
        byte[] value = new byte[bytes.length + 2];
        value[0] = (byte) (bytes.length == 4 ? 4 : 6);
        value[1] = (byte) prefix;
        System.arraycopy(bytes, 0, value, 2, bytes.length);
        if (network && hostBits(value)) {
            throw new SqlError(SqlState.INVALID_TEXT_REPRESENTATION, "invalid cidr value: \"" + text + "\"")
                    .detail("Value has bits set to right of mask.");
        }
        ((BytesVector) out).put(row, Slice.of(value));
    }

    /** A cidr without a prefix has one byte for each part that was written, at least its class's. */
    private int implied(String address, int slash) {
        if (!network || slash >= 0) {
            return 32;
        }
        int parts = (int) address.chars().filter(c -> c == '.').count() + 1;
        return parts * 8;
    }

    private byte[] four(String s, Slice text) {
        String[] part = s.split("\\.", -1);
        byte[] bytes = new byte[4];
        if (part.length > 4 || part.length < 4 && !network) {
            throw invalid(text);
        }
        for (int i = 0; i < part.length; i++) {
            if (part[i].isEmpty() || part[i].length() > 3 || !part[i].chars().allMatch(c -> c >= '0' && c <= '9')
                    || Integer.parseInt(part[i]) > 255) {
                throw invalid(text);
            }
            bytes[i] = (byte) Integer.parseInt(part[i]);
        }
        return bytes;
    }

    private byte[] six(String s, Slice text) {
        int gap = s.indexOf("::");
        if (gap >= 0 && s.indexOf("::", gap + 1) >= 0) {
            throw invalid(text);
        }
        byte[] head = groups(gap < 0 ? s : s.substring(0, gap), text);
        byte[] tail = gap < 0 ? new byte[0] : groups(s.substring(gap + 2), text);
        byte[] bytes = new byte[16];
        if (gap < 0 ? head.length != 16 : head.length + tail.length > 14) {
            throw invalid(text);
        }
        System.arraycopy(head, 0, bytes, 0, head.length);
        System.arraycopy(tail, 0, bytes, 16 - tail.length, tail.length);
        return bytes;
    }

    private byte[] groups(String s, Slice text) {
        ByteSink sink = new ByteSink(16);
        if (s.isEmpty()) {
            return new byte[0];
        }
        String[] part = s.split(":", -1);
        for (int i = 0; i < part.length; i++) {
            if (i == part.length - 1 && part[i].indexOf('.') > 0) {
                sink.put(four(part[i], text));
                continue;
            }
            if (part[i].isEmpty() || part[i].length() > 4 || !part[i].chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
                throw invalid(text);
            }
            sink.putShort(Integer.parseInt(part[i], 16));
        }
        if (sink.size() > 16) {
            throw invalid(text);
        }
        return sink.toBytes();
    }

    /** Whether bits right of the prefix are set. */
    private static boolean hostBits(byte[] value) {
        int prefix = value[1] & 0xff;
        for (int bit = prefix; bit < (value.length - 2) * 8; bit++) {
            if ((value[2 + bit / 8] >> 7 - bit % 8 & 1) != 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void format(Vector values, int row, TypeContext context, ByteSink out) {
        Slice s = ((BytesVector) values).slice(row);
        int prefix = s.at(1) & 0xff;
        formatAddress(s, out);
        if (network || prefix != (s.at(0) == 4 ? 32 : 128)) {
            out.putByte('/').putDecimal(prefix);
        }
    }

    /** An address of four or sixteen bytes as text. */
    public static String addressText(byte[] address) {
        byte[] stored = new byte[address.length + 2];
        stored[0] = (byte) (address.length == 4 ? 4 : 6);
        System.arraycopy(address, 0, stored, 2, address.length);
        ByteSink out = new ByteSink();
        formatAddress(Slice.of(stored), out);
        return out.view().toString();
    }

    private static void formatAddress(Slice s, ByteSink out) {
        if (s.at(0) == 4) {
            for (int i = 0; i < 4; i++) {
                if (i > 0) {
                    out.putByte('.');
                }
                out.putDecimal(s.at(2 + i) & 0xff);
            }
        } else {
            formatSix(s, out);
        }
    }

    private static void formatSix(Slice s, ByteSink out) {
        int[] group = new int[8];
        for (int i = 0; i < 8; i++) {
            group[i] = (s.at(2 + 2 * i) & 0xff) << 8 | s.at(3 + 2 * i) & 0xff;
        }
        int best = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++) {
            int n = 0;
            while (i + n < 8 && group[i + n] == 0) {
                n++;
            }
            if (n > bestLength) {
                best = i;
                bestLength = n;
            }
            i += n;
        }
        boolean mapped = best == 0 && (bestLength == 6 || bestLength == 5 && group[5] == 0xffff);
        for (int i = 0; i < 8; i++) {
            if (i == best) {
                out.putAscii(i == 0 ? "::" : ":");
                i += bestLength - 1;
                continue;
            }
            if (mapped && i == 6) {
                for (int k = 14; k < 18; k++) {
                    out.putAscii(k > 14 ? "." : "").putDecimal(s.at(k) & 0xff);
                }
                return;
            }
            out.putAscii(Integer.toHexString(group[i]));
            if (i < 7) {
                out.putByte(':');
            }
        }
    }

    @Override
    public void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row) {
        if (bytes.length() < 4 || bytes.at(0) != 2 && bytes.at(0) != 3) {
            throw Errors.invalidBinary("invalid address family in external \"" + (network ? "cidr" : "inet") + "\" value");
        }
        int length = bytes.at(0) == 2 ? 4 : 16;
        if (bytes.at(3) != length || bytes.length() != 4 + length || (bytes.at(1) & 0xff) > length * 8) {
            throw Errors.invalidBinary("invalid length in external \"" + (network ? "cidr" : "inet") + "\" value");
        }
        byte[] value = new byte[length + 2];
        value[0] = (byte) (length == 4 ? 4 : 6);
        value[1] = bytes.at(1);
        System.arraycopy(bytes.array(), bytes.offset() + 4, value, 2, length);
        if (network && hostBits(value)) {
            throw Errors.invalidBinary("invalid external \"cidr\" value").detail("Value has bits set to right of mask.");
        }
        ((BytesVector) out).put(row, Slice.of(value));
    }

    @Override
    public void send(Vector values, int row, TypeContext context, ByteSink out) {
        Slice s = ((BytesVector) values).slice(row);
        out.putByte(s.at(0) == 4 ? 2 : 3).putByte(s.at(1)).putByte(network ? 1 : 0).putByte(s.length() - 2)
                .put(s.slice(2, s.length() - 2));
    }

    /** Family, the common network bits, the prefix length, the whole address. */
    @Override
    public int compare(Vector a, int rowA, Vector b, int rowB) {
        ByteSink x = new ByteSink(40);
        ByteSink y = new ByteSink(40);
        Slice p = ((BytesVector) a).slice(rowA);
        Slice q = ((BytesVector) b).slice(rowB);
        if (p.at(0) != q.at(0)) {
            return Integer.compare(p.at(0), q.at(0));
        }
        int common = Math.min(p.at(1) & 0xff, q.at(1) & 0xff);
        masked(p, common, x);
        masked(q, common, y);
        int order = x.view().compareTo(y.view());
        if (order == 0) {
            order = Integer.compare(p.at(1) & 0xff, q.at(1) & 0xff);
        }
        return order != 0 ? order : p.slice(2, p.length() - 2).compareTo(q.slice(2, q.length() - 2));
    }

    private static void masked(Slice s, int prefix, ByteSink out) {
        for (int i = 2; i < s.length(); i++) {
            int bits = Math.max(0, Math.min(8, prefix - (i - 2) * 8));
            out.putByte(s.at(i) & 0xff << 8 - bits);
        }
    }

    @Override
    public void key(Vector values, int row, ByteSink out) {
        Slice s = ((BytesVector) values).slice(row);
        out.putByte(s.at(0));
        masked(s, s.at(1) & 0xff, out);
        out.putByte(s.at(1)).put(s.slice(2, s.length() - 2));
    }
}
