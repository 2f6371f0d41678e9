package org.gajah.tests.oracle;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Ports for servers that are told theirs, and may be started again on it. They are none of those that Linux gives to connections, one of
 * which might have it while the server is down.
 */
public final class FreePort {
    private static final int FIRST = 20_000;
    private static final int END = 32_000;
    private static final int TRIES = 1_000;
    private static final RandomGenerator RANDOM = new Random();

    private FreePort() {}

    /** A port on which nobody listens. */
    public static int find() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            int port = RANDOM.nextInt(FIRST, END);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // Somebody listens there: another is tried.
            }
        }
        throw new IOException("no port is free");
    }
}
