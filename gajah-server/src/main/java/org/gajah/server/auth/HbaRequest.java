package org.gajah.server.auth;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * What the rules are asked about.
 *
 * @param address  empty for a connection within the process, which rules call local
 * @param memberOf the roles that the user is a member of, directly or not
 */
public record HbaRequest(Optional<InetAddress> address, boolean encrypted, String database, String user,
        List<String> memberOf) {
}
