package org.gajah.wire;

/** A request for a method that this codec knows by number only (Kerberos, GSSAPI, SSPI, ...). */
public record AuthenticationUnsupported(int method, byte[] data) implements Authentication {
    @Override
    public void encode(WireOutput out) {
        int start = out.begin('R');
        out.putInt(method);
        out.put(data);
        out.end(start);
    }
}
