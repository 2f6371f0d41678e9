package org.gajah.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a server can be reached. */
class ListenerTest {
    private static Listener listening(int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        Listener listener = new Listener(List.of(address), 60_000, 100, (transport, deadline) -> transport.abort());
        listener.start();
        return listener;
    }

    @Test
    void aListenerThatHasClosedLeavesItsPort() throws IOException {
        Listener listener = listening(0);
        int port = listener.addresses().getFirst().getPort();
        for (int i = 0; i < 500; i++) {
            try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), port)) {
                listener.close();
                listener = listening(port);
                assertEquals(port, silent.getPort());
            }
        }
        listener.close();
    }
}
