/** The server: listener, authentication, connections and the command line. */
module org.gajah.server {
    requires transitive org.gajah.api;
    requires transitive org.gajah.engine;
    requires transitive org.gajah.wire;
    requires jdk.unsupported;

    exports org.gajah.server;
    exports org.gajah.server.auth;
    exports org.gajah.server.net;
}
