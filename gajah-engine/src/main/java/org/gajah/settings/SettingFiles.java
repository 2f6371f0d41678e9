package org.gajah.settings;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The files that a server's settings come from. */
public interface SettingFiles {
    /** Changes what ALTER SYSTEM has kept: names in lower case with their values. It counts from the next {@link #reload} on. */
    void alter(UnaryOperator<Map<String, String>> change);

    /** Reads all files again and hands what they say to {@link ServerSettings#reload}. */
    void reload();

    /** What the configuration files say now, in the order in which they are read. */
    List<FileLine> lines();

    /** What {@code pg_hba.conf} says now. */
    List<AccessLine> accessLines();
}
