/** The server: listener, authentication, connections and the command line. */
module org.gajah.server {
    requires transitive org.gajah.api;
    requires transitive org.gajah.engine;
    requires transitive org.gajah.wire;
    requires org.gajah.client;
    requires java.naming;
    requires jdk.unsupported;
    requires org.postgresql.jdbc;

    exports org.gajah.server;
    exports org.gajah.server.auth;
    exports org.gajah.server.embed;
    exports org.gajah.server.net;

    provides org.gajah.api.GajahProvider with org.gajah.server.embed.EmbeddedProvider;
}
