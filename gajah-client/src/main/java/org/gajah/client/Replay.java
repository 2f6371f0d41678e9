package org.gajah.client;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Feeds subscriptions of durable channels from what the server keeps, by number: a notification only says that there is more. So what
 * comes is in order, without holes and each once, whatever happened to connections in between.
 */
final class Replay {
    private static final int PIECE = 1000;

    private final Connection connection;

    Replay(Connection connection) {
        this.connection = connection;
    }

    /** Gives a subscription what there is and it has room for; false if it has no more room. */
    boolean feed(Subscription subscription, Instant lastSeen) throws SQLException {
        String channel = subscription.channels().iterator().next();
        if (subscription.position().isEmpty()) {
            subscription.moveTo(last(channel));
        }
        int got = PIECE;
        while (got == PIECE) {
            int piece = Math.min(PIECE, subscription.room());
            if (piece == 0) {
                return false;
            }
            got = piece(subscription, channel, piece, lastSeen);
            if (got < piece) {
                return true;
            }
        }
        return false;
    }

    private long last(String channel) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT gajah.last_notification(?)")) {
            query.setString(1, channel);
            try (ResultSet result = query.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    private int piece(Subscription subscription, String channel, int limit, Instant lastSeen) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT number, process_id, payload FROM gajah.notifications_since(?, ?, ?)")) {
            query.setString(1, channel);
            query.setLong(2, subscription.position().orElseThrow());
            query.setInt(3, limit);
            int got = 0;
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    give(subscription, new Event.Message(channel, result.getString(3), result.getInt(2), OptionalLong.of(result.getLong(1)),
                            Instant.now()), lastSeen);
                    got++;
                }
            }
            return got;
        }
    }

    private static void give(Subscription subscription, Event.Message message, Instant lastSeen) {
        long number = message.number().orElseThrow();
        long missing = number - subscription.position().orElseThrow() - 1;
        if (missing > 0) {
            subscription.offer(new Event.Gap(Event.Cause.EXPIRED, lastSeen, Instant.now(), OptionalLong.of(missing)));
        }
        subscription.offer(message);
        subscription.moveTo(number);
    }
}
