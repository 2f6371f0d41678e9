package org.gajah.server.command;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import org.gajah.wire.Frame;
import org.gajah.wire.FrameLimits;
import org.gajah.wire.FrameReader;
import org.gajah.wire.FrontendMessage;
import org.gajah.wire.Query;
import org.gajah.wire.StartupMessage;
import org.gajah.wire.Terminate;
import org.gajah.wire.WireBuffer;

/** A client that a server is trained with: it says what it is told and reads the answers without looking at them. */
final class TrainingClient implements AutoCloseable {
    private final Socket socket;
    private final FrameReader reader;

    TrainingClient(InetSocketAddress server) throws IOException {
        socket = new Socket(server.getAddress(), server.getPort());
        socket.setTcpNoDelay(true);
        reader = new FrameReader(socket.getInputStream()::read);
        WireBuffer out = new WireBuffer();
        new StartupMessage(StartupMessage.V3_0, Map.of("user", "postgres")).encode(out);
        socket.getOutputStream().write(out.toBytes());
        untilReady();
    }

    /** Has a text run by the simple protocol. */
    void query(String text) throws IOException {
        answer(new Query(text));
    }

    /** Says these messages and reads their answer to its end; gives the data of a COPY in it. */
    byte[] answer(FrontendMessage... messages) throws IOException {
        say(messages);
        return untilReady();
    }

    private void say(FrontendMessage... messages) throws IOException {
        WireBuffer out = new WireBuffer();
        for (FrontendMessage message : messages) {
            message.encode(out);
        }
        socket.getOutputStream().write(out.toBytes());
    }

    private byte[] untilReady() throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        Frame frame;
        do {
            frame = reader.next(FrameLimits.BACKEND).orElseThrow(EOFException::new);
            if (frame.type() == 'd') {
                data.write(frame.array(), frame.offset(), frame.length());
            }
        } while (frame.type() != 'Z');
        return data.toByteArray();
    }

    @Override
    public void close() throws IOException {
        say(new Terminate());
        socket.close();
    }
}
