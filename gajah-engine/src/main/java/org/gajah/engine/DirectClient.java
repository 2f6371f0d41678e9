package org.gajah.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

import org.gajah.api.SqlError;
import org.gajah.api.session.Session.Notification;
import org.gajah.base.Slice;

/** The program's end of a {@link DirectSession}. */
final class DirectClient implements Client {
    private BiConsumer<String, SqlError> listener = (severity, message) -> { };
    private List<Notification> notifications = new ArrayList<>();
    private volatile Optional<SqlError> goodbye = Optional.empty();

    void tell(BiConsumer<String, SqlError> of) {
        listener = of;
    }

    List<Notification> takeNotifications() {
        List<Notification> taken = notifications;
        notifications = new ArrayList<>();
        return taken;
    }

    /** Raises what has ended the session. */
    void requireAlive() {
        if (goodbye.isPresent()) {
            throw goodbye.get();
        }
    }

    @Override
    public void message(String severity, SqlError message) {
        listener.accept(severity, message);
    }

    @Override
    public void parameterStatus(String name, String value) {
        // Who has changed it knows.
    }

    @Override
    public void notification(int processId, String channel, Slice payload) {
        notifications.add(new Notification(processId, channel, payload.toString()));
    }

    @Override
    public void wake() {
        // The program asks when it wants to know.
    }

    @Override
    public void terminate(SqlError reason) {
        goodbye = Optional.of(reason);
    }
}
