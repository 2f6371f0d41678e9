package org.gajah.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.gajah.catalog.ProcRow;
import org.gajah.catalog.RoleRow;
import org.gajah.settings.Settings;

/** SECURITY DEFINER and SET of a function, in force until this is closed. */
final class RoutineSurroundings implements AutoCloseable {
    private final SessionImpl session;
    private final Optional<RoleRow> definerBefore;
    private final Map<String, String> settingsBefore = new HashMap<>();

    RoutineSurroundings(SessionImpl session, ProcRow proc) {
        this.session = session;
        this.definerBefore = session.context().definer();
        if (proc.securityDefiner()) {
            session.context().setDefiner(session.context().catalog().role(proc.owner()));
        }
        Settings settings = session.settings();
        for (String setting : proc.config()) {
            int at = setting.indexOf('=');
            String name = setting.substring(0, at);
            settingsBefore.put(name, settings.get(name));
            settings.set(name, setting.substring(at + 1), true, true);
        }
    }

    @Override
    public void close() {
        settingsBefore.forEach((name, value) -> session.settings().put(name, value, true));
        session.context().setDefiner(definerBefore);
    }
}
