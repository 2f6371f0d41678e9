package org.gajah.api.foreign;

import java.util.Map;
import java.util.Optional;

/**
 * A foreign server.
 *
 * @param wrapper        the name of its foreign-data wrapper
 * @param wrapperOptions the wrapper's own options
 */
public record ForeignServer(int oid, String name, String wrapper, Optional<String> type, Optional<String> version,
        Map<String, String> wrapperOptions, Map<String, String> options) {
}
