package org.gajah.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gajah.server.auth.HbaFile;
import org.gajah.server.net.ServerCertificate;

/**
 * What a server is started with.
 *
 * @param hosts where to listen: names, addresses, or * for all; none for no TCP at all
 * @param threadsForIdle how many connections keep their threads while they idle
 * @param certificate what TLS is offered with; empty if it is not
 */
public record ServerConfig(List<String> hosts, int port, Places places, long authenticationTimeoutMillis, HbaFile rules,
        Optional<ServerCertificate> certificate, int threadsForIdle) {
    /** How many sessions there may be, and how many of the last are for superusers and before them for the favoured. */
    public record Places(int most, int forSuperusers, int reserved) {
    }

    /** Connections that keep their threads while they idle; those beyond answer some tens of microseconds later. */
    public static final int DEFAULT_THREADS_FOR_IDLE = 256;

    public ServerConfig {
        hosts = List.copyOf(hosts);
    }

    /** Reads {@code listen_addresses}. */
    public static List<String> hosts(String listenAddresses) {
        List<String> hosts = new ArrayList<>();
        for (String host : listenAddresses.split(",")) {
            if (!host.isBlank()) {
                hosts.add(host.strip());
            }
        }
        return hosts;
    }
}
