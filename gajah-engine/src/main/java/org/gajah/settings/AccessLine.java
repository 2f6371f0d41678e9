package org.gajah.settings;

import java.util.List;
import java.util.Optional;

/**
 * What a line of {@code pg_hba.conf} says: a row of pg_hba_file_rules.
 *
 * @param number  counts the rules; 0 for a line that is none because of an error
 * @param address empty for a rule about connections from within the process; {@code netmask} also for names
 * @param error   what is wrong with the line, so that only file and line mean anything
 */
public record AccessLine(int number, String file, int line, String type, List<String> databases, List<String> users, String address,
        String netmask, String method, Optional<String> error) {
    /** A line that cannot be used. */
    public static AccessLine wrong(String file, int line, String error) {
        return new AccessLine(0, file, line, "", List.of(), List.of(), "", "", "", Optional.of(error));
    }
}
