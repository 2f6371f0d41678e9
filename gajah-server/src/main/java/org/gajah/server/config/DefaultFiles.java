package org.gajah.server.config;

/** What the files of a new data directory say. */
final class DefaultFiles {
    static final String POSTGRESQL_CONF = """
            # Settings of this server: one "name = value" a line, values with spaces or signs in 'single quotes'.
            # "SELECT name, short_desc FROM pg_settings" lists them all. Most take effect at the next start.

            #listen_addresses = 'localhost'     # what to listen on; '*' for all
            #port = 5432
            #max_connections = 100
            #ssl = off                          # on: needs the two files below
            #ssl_cert_file = 'server.crt'
            #ssl_key_file = 'server.key'
            #shared_buffers = 128MB
            #synchronous_commit = on
            #timezone = 'UTC'
            """;

    static final String PG_HBA_CONF = """
            # Who may connect, from where, and how they prove who they are. The first line that matches decides; if none does,
            # the connection is refused. Read at start.
            #
            # local   DATABASE  USER  METHOD              connections from inside the process
            # host    DATABASE  USER  ADDRESS  METHOD     TCP, with TLS or without (hostssl: with, hostnossl: without)
            #
            # DATABASE and USER: all, a name, or several with commas; +ROLE for its members; sameuser, samerole.
            # ADDRESS: 192.168.0.0/16, samehost, samenet, all. METHOD: scram-sha-256, password, trust, reject.
            #
            # "trust" lets every program on this machine connect as any user without a password.

            # TYPE  DATABASE        USER            ADDRESS                 METHOD
            local   all             all                                     trust
            host    all             all             127.0.0.1/32            trust
            host    all             all             ::1/128                 trust
            """;

    static final String POSTGRESQL_AUTO_CONF = """
            # Written by ALTER SYSTEM. Do not edit: it would be overwritten.
            """;

    private DefaultFiles() {
    }
}
