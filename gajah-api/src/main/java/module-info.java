/** What users of Gajah compile against. */
module org.gajah.api {
    requires transitive java.sql;

    exports org.gajah.api;
    exports org.gajah.api.foreign;

    uses org.gajah.api.GajahProvider;
}
