/** PostgreSQL's frontend/backend protocol: messages and their codec. */
module org.gajah.wire {
    exports org.gajah.wire;
}
