package org.gajah.wire;

/**
 * Which message types are expected and how long the contents of each may be, in bytes. These are PostgreSQL's own limits:
 * 10,000 bytes for messages that only ever are short, 1 GB for those that carry statements and data.
 */
@FunctionalInterface
public interface FrameLimits {
    /** What PostgreSQL calls a small message. */
    int SMALL = 10_000;
    /** Just under 1 GB. */
    int LARGE = 0x3fff_fffe;
    /** A packet that opens a connection. */
    int STARTUP = 10_000;
    /** A SASL message. */
    int SASL = 1_024;
    /** A password or another token. */
    int AUTHENTICATION = 65_535;

    /** The most bytes of contents that a message of this type may have, or -1 if the type is unknown here. */
    int limit(int type);

    /** Everything a client may send once it is in. */
    FrameLimits FRONTEND = type -> switch (type) {
        case 'Q', 'P', 'B', 'F', 'd' -> LARGE;
        case 'C', 'D', 'E', 'H', 'S', 'X', 'c', 'f' -> SMALL;
        default -> -1;
    };
    /** While the server waits for a password. */
    FrameLimits PASSWORD_ONLY = type -> type == 'p' ? AUTHENTICATION : -1;
    /** While the server waits for a SASL message. */
    FrameLimits SASL_ONLY = type -> type == 'p' ? SASL : -1;
    /** Whatever a server may send. */
    FrameLimits BACKEND = type -> BackendMessage.isKnown(type) ? LARGE : -1;
}
