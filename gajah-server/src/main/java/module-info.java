/** The server: listener, authentication, connections and the command line. */
module org.gajah.server {
    requires org.gajah.api;
    requires org.gajah.engine;
    requires org.gajah.wire;
}
