package org.gajah.server.auth;

import java.util.Optional;

/** How a matching connection is authenticated. */
public enum HbaMethod {
    /** Let in without question. */
    TRUST,
    /** Turned away. */
    REJECT,
    /** The password as it is, fit for TLS only. */
    PASSWORD,
    /** SCRAM-SHA-256; also what {@code md5} means for a role whose password is stored as a SCRAM verifier. */
    SCRAM_SHA_256;

    static Optional<HbaMethod> named(String name) {
        return switch (name) {
            case "trust" -> Optional.of(TRUST);
            case "reject" -> Optional.of(REJECT);
            case "password" -> Optional.of(PASSWORD);
            case "scram-sha-256", "md5" -> Optional.of(SCRAM_SHA_256);
            default -> Optional.empty();
        };
    }
}
