package org.gajah.settings;

import java.util.Optional;

/**
 * What a line of a configuration file says.
 *
 * @param error what is wrong with it, so that there is no name and no value
 */
public record FileLine(String file, int line, String name, String value, Optional<String> error) {
    public FileLine(String file, int line, String name, String value) {
        this(file, line, name, value, Optional.empty());
    }

    /** A line that cannot be read. */
    public static FileLine wrong(String file, int line, String error) {
        return new FileLine(file, line, "", "", Optional.of(error));
    }
}
