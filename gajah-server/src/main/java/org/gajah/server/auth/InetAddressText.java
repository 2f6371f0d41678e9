package org.gajah.server.auth;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Addresses from their numeric text, without ever asking a name server. */
final class InetAddressText {
    private InetAddressText() {
    }

    static Optional<byte[]> parse(String text) {
        boolean numeric = !text.isEmpty() && text.chars().allMatch(
                c -> c >= '0' && c <= '9' || c == '.' || c == ':' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F');
        boolean shaped = text.indexOf(':') >= 0 || text.chars().filter(c -> c == '.').count() == 3
                && Character.isDigit(text.charAt(text.length() - 1));
        if (!numeric || !shaped) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text).getAddress());
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    static InetAddress of(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address of " + address.length + " bytes", e);
        }
    }
}
