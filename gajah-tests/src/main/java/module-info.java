/** Tools and tests that cross artifacts: the oracle, the SQL corpus and its runner. */
open module org.gajah.tests {
    requires transitive org.gajah.api;
    requires org.gajah.client;
    requires org.gajah.engine;
    requires org.gajah.server;
    requires org.gajah.wire;
    requires java.compiler;
    requires jdk.jdi;
    requires jdk.management;
    requires transitive java.sql;
    requires org.postgresql.jdbc;
    requires org.tukaani.xz;

    exports org.gajah.tests.corpus;
    exports org.gajah.tests.bench;
    exports org.gajah.tests.ignite;
    exports org.gajah.tests.isolation;
    exports org.gajah.tests.kill;
    exports org.gajah.tests.large;
    exports org.gajah.tests.oracle;
    exports org.gajah.tests.process;
    exports org.gajah.tests.routine;

    provides org.gajah.api.foreign.ForeignWrapper with org.gajah.tests.example.PropertiesWrapper;
}
