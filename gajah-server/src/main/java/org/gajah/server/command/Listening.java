package org.gajah.server.command;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.gajah.client.ConnectionSource;
import org.gajah.client.Event;
import org.gajah.client.ListenerOptions;
import org.gajah.client.NotificationListener;
import org.gajah.client.Subscription;

/** {@code gajah listen}: prints notifications as they come, one a line, and reconnects until it is stopped. */
final class Listening implements AutoCloseable {
    private static final Duration TO_SAY_SO = Duration.ofSeconds(5);

    private final ListenArguments arguments;
    private final PrintStream out;
    private final PrintStream err;
    private final NotificationListener listener;
    private volatile String lastError = "";

    Listening(ListenArguments arguments, PrintStream out, PrintStream err) {
        this.arguments = arguments;
        this.out = out;
        this.err = err;
        this.listener = NotificationListener.open(ConnectionSource.of("jdbc:postgresql:", () -> arguments.server().properties("gajah listen")),
                ListenerOptions.DEFAULTS.withOnError(this::report));
    }

    /** Runs it for the command line until a signal comes or nobody reads what it prints. */
    static void run(ListenArguments arguments) throws SQLException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Listening listening = new Listening(arguments, out, System.err);
        Signals.onFirst(listening::close);
        listening.print();
    }

    /** Prints until it is closed. */
    void print() throws SQLException {
        try (Subscription subscription = subscribe()) {
            Thread.ofVirtual().start(() -> sayWhenReady(subscription));
            for (Event event : subscription) {
                print(event);
                if (out.checkError()) {
                    listener.close();
                }
            }
        }
    }

    private Subscription subscribe() throws SQLException {
        String first = arguments.channels().getFirst();
        return arguments.after().isPresent() ? listener.resume(first, arguments.after())
                : listener.subscribe(first, arguments.channels().subList(1, arguments.channels().size()).toArray(String[]::new));
    }

    private void sayWhenReady(Subscription subscription) {
        boolean told = false;
        while (!told && !subscription.isOver()) {
            try {
                subscription.awaitReady(TO_SAY_SO);
                err.println("gajah: listening on " + String.join(", ", arguments.channels()) + " at " + arguments.server().host() + ":" + arguments.server().port());
                told = true;
            } catch (TimeoutException notYet) {
                report(listener.metrics().lastError().orElse(notYet));
            } catch (InterruptedException | RuntimeException closed) {
                told = true;
            }
        }
    }

    /** The same error again and again is said once. */
    private void report(Exception error) {
        String text = Optional.ofNullable(error.getMessage()).orElseGet(error::toString);
        if (!text.equals(lastError)) {
            lastError = text;
            err.println("gajah: " + text);
        }
    }

    private void print(Event event) {
        switch (event) {
            case Event.Message m -> out.println(arguments.json() ? json(m) : m.received() + " " + m.processId() + " " + m.channel() + " " + m.payload());
            case Event.Gap g -> {
                lastError = "";
                if (arguments.json()) {
                    out.println("{\"time\":" + quoted(g.until().toString()) + ",\"gap\":" + quoted(g.cause().toString()) + ",\"since\":"
                            + quoted(g.since().toString()) + "}");
                } else {
                    err.println("gajah: messages since " + g.since() + " may be missing (" + g.cause() + ")");
                }
            }
        }
    }

    private static String json(Event.Message message) {
        return "{\"time\":" + quoted(message.received().toString()) + ",\"pid\":" + message.processId() + ",\"channel\":" + quoted(message.channel())
                + ",\"payload\":" + quoted(message.payload()) + (message.number().isPresent() ? ",\"number\":" + message.number().getAsLong() : "") + "}";
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    @Override
    public void close() {
        listener.close();
    }
}
