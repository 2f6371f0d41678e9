/** What users of Gajah compile against. */
module org.gajah.api {
    requires transitive java.sql;

    exports org.gajah.api;

    uses org.gajah.api.GajahProvider;
}
