package org.gajah.client;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/** Checks and quotes what goes into NOTIFY and LISTEN. The limits are those of PostgreSQL, counted in UTF-8. */
final class ChannelNames {
    private static final int MAX_NAME_BYTES = 63;
    private static final int MAX_PAYLOAD_BYTES = 7999;
    private static final String INVALID_PARAMETER_VALUE = "22023";

    private ChannelNames() {
    }

    /** The name itself; 22023 if the server would not take it as it is. */
    static String checked(String channel) throws SQLException {
        if (channel.isEmpty()) {
            throw new SQLException("channel name cannot be empty", INVALID_PARAMETER_VALUE);
        }
        if (channel.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw new SQLException("channel name too long", INVALID_PARAMETER_VALUE);
        }
        return channel;
    }

    /** The payload itself; 22023 if it is too long. */
    static String checkedPayload(String payload) throws SQLException {
        if (payload.length() > MAX_PAYLOAD_BYTES || payload.getBytes(StandardCharsets.UTF_8).length > MAX_PAYLOAD_BYTES) {
            throw new SQLException("payload string too long", INVALID_PARAMETER_VALUE);
        }
        return payload;
    }

    /** The name as an identifier in SQL. */
    static String quoted(String channel) {
        return '"' + channel.replace("\"", "\"\"") + '"';
    }
}
