/** The engine: from the parser to storage. */
module org.gajah.engine {
    requires java.compiler;
    requires transitive org.gajah.api;

    exports org.gajah.ast;
    exports org.gajah.base;
    exports org.gajah.catalog.data;
    exports org.gajah.parse;
    exports org.gajah.vector;
    exports org.gajah.type;
    exports org.gajah.settings;
    exports org.gajah.engine;
    exports org.gajah.page;
    exports org.gajah.txn;
    exports org.gajah.table;
    exports org.gajah.txn.lock;
    exports org.gajah.store;
    exports org.gajah.btree;

    uses org.gajah.api.foreign.ForeignWrapper;

    provides org.gajah.api.foreign.ForeignWrapper with org.gajah.command.FileWrapper;
}
