package org.gajah.server.connection;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.gajah.api.SqlError;
import org.gajah.base.Slice;
import org.gajah.engine.Client;
import org.gajah.wire.NotificationResponse;
import org.gajah.wire.ParameterStatus;

/** What a session tells its client besides results, as messages. */
abstract class SessionClient implements Client {
    private final Output out;
    private final Map<String, String> changedSettings = new LinkedHashMap<>();
    private final Map<String, String> toldSettings = new HashMap<>();

    SessionClient(Output out) {
        this.out = out;
    }

    @Override
    public void message(String severity, SqlError message) {
        Reports.notice(severity, message).encode(out);
        out.flush();
    }

    @Override
    public void parameterStatus(String name, String value) {
        changedSettings.put(name, value);
    }

    /** Sends the settings that are no longer what the client was told last. */
    void sendSettings() {
        if (!changedSettings.isEmpty()) {
            changedSettings.forEach((name, value) -> {
                if (!value.equals(toldSettings.put(name, value))) {
                    new ParameterStatus(name, value).encode(out);
                }
            });
            changedSettings.clear();
        }
    }

    @Override
    public void notification(int processId, String channel, Slice payload) {
        if (out.text().isUtf8()) {
            NotificationResponse.encode(out, processId, channel, payload.array(), payload.offset(), payload.length());
        } else {
            new NotificationResponse(processId, channel, payload.toString()).encode(out);
        }
    }
}
