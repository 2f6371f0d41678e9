package org.gajah.tests.corpus;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** A server that files run against. */
public interface Target extends AutoCloseable {
    /** Where it listens on the loopback interface. */
    int port();

    /** A connection on which the server awaits a startup message. */
    default Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port());
    }

    /** Stops and starts it; what was committed is there afterwards. */
    void restart() throws IOException;

    /** Starts anew with nothing in it, for want of CREATE DATABASE. */
    default void renew() throws IOException {
        throw new IOException("cannot start anew");
    }

    @Override
    void close();
}
