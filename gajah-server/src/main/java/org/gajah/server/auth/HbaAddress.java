package org.gajah.server.auth;

import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;

/** The addresses that a rule is about. */
sealed interface HbaAddress {
    boolean matches(HbaRequest request);

    default boolean isLoopbackOnly() {
        return false;
    }

    /** Any address. */
    record All() implements HbaAddress {
        @Override
        public boolean matches(HbaRequest request) {
            return true;
        }
    }

    /** The addresses that agree with {@code network} in the first {@code bits}. */
    record Range(byte[] network, int bits) implements HbaAddress {
        @Override
        public boolean matches(HbaRequest request) {
            return request.address().filter(address -> contains(address.getAddress())).isPresent();
        }

        byte[] mask() {
            byte[] mask = new byte[network.length];
            for (int i = 0; i < bits; i++) {
                mask[i / 8] |= (byte) (0x80 >>> i % 8);
            }
            return mask;
        }

        boolean contains(byte[] address) {
            if (address.length != network.length) {
                return false;
            }
            int whole = bits / 8;
            if (!Arrays.equals(network, 0, whole, address, 0, whole)) {
                return false;
            }
            int mask = 0xff00 >>> bits % 8 & 0xff;
            return mask == 0 || (network[whole] & mask) == (address[whole] & mask);
        }

        @Override
        public boolean isLoopbackOnly() {
            return network.length == 4 ? network[0] == 127 && bits >= 8
                    : bits == 128 && InetAddressText.of(network).isLoopbackAddress();
        }
    }

    /** The server's own addresses, or with {@code network} all that are in a subnet of one of them. */
    record Same(boolean network) implements HbaAddress {
        @Override
        public boolean matches(HbaRequest request) {
            byte[] client = request.address().orElseThrow().getAddress();
            try {
                for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                    for (InterfaceAddress own : card.getInterfaceAddresses()) {
                        byte[] address = own.getAddress().getAddress();
                        int bits = network ? own.getNetworkPrefixLength() : 8 * address.length;
                        if (new Range(address, bits).contains(client)) {
                            return true;
                        }
                    }
                }
                return false;
            } catch (SocketException e) {
                return false;
            }
        }
    }

    /** A host name, or with a leading dot a domain: the client's address has to lead to the name and back. */
    record Host(String name) implements HbaAddress {
        @Override
        public boolean matches(HbaRequest request) {
            InetAddress client = request.address().orElseThrow();
            String found = InetAddressText.of(client.getAddress()).getCanonicalHostName();
            boolean named = name.startsWith(".")
                    ? found.regionMatches(true, found.length() - name.length(), name, 0, name.length())
                    : found.equalsIgnoreCase(name);
            if (!named) {
                return false;
            }
            try {
                return Arrays.asList(InetAddress.getAllByName(found)).contains(client);
            } catch (UnknownHostException e) {
                return false;
            }
        }
    }

    /** Reads {@code 10.0.0.0/8}, {@code ::1/128}, or an address and the mask that followed it. */
    static Optional<Range> range(String text, Optional<String> mask) {
        int slash = text.indexOf('/');
        Optional<byte[]> network = InetAddressText.parse(slash < 0 ? text : text.substring(0, slash));
        if (network.isEmpty()) {
            return Optional.empty();
        }
        int width = 8 * network.get().length;
        int bits = slash >= 0 ? number(text.substring(slash + 1))
                : mask.map(HbaAddress::maskBits).orElse(-1);
        return bits < 0 || bits > width ? Optional.empty() : Optional.of(new Range(network.get(), bits));
    }

    private static int number(String text) {
        return !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Integer.parseInt(text) : -1;
    }

    private static int maskBits(String mask) {
        byte[] bytes = InetAddressText.parse(mask).orElse(new byte[0]);
        int bits = 0;
        while (bits < 8 * bytes.length && (bytes[bits / 8] & 0x80 >>> bits % 8) != 0) {
            bits++;
        }
        for (int i = bits; i < 8 * bytes.length; i++) {
            if ((bytes[i / 8] & 0x80 >>> i % 8) != 0) {
                return -1;
            }
        }
        return bytes.length == 0 ? -1 : bits;
    }
}
