/** LISTEN and COPY for Java programs, with PostgreSQL and Gajah alike. */
module org.gajah.client {
    requires transitive java.sql;
    requires org.postgresql.jdbc;

    exports org.gajah.client;
    exports org.gajah.client.copy;
}
