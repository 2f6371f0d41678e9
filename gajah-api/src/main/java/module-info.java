/** What users of Gajah compile against. */
@SuppressWarnings("module")
module org.gajah.api {
    requires transitive java.sql;

    exports org.gajah.api;
    exports org.gajah.api.session;
    exports org.gajah.api.foreign;
    exports org.gajah.api.spi;
    exports org.gajah.api.spi.host to org.gajah.engine;

    uses org.gajah.api.GajahProvider;

    provides java.sql.Driver with org.gajah.api.spi.jdbc.DefaultDriver;
}
