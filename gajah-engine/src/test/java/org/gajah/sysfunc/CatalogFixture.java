package org.gajah.sysfunc;

import java.util.List;
import org.gajah.analyze.AnalyzeContext;
import org.gajah.analyze.Analyzer;
import org.gajah.analyze.ParameterTypes;
import org.gajah.analyze.Query;
import org.gajah.base.Slice;
import org.gajah.base.SystemEnv;
import org.gajah.btree.BTreeMethod;
import org.gajah.catalog.Bootstrap;
import org.gajah.catalog.CatalogReader;
import org.gajah.catalog.CatalogVersion;
import org.gajah.catalog.CatalogView;
import org.gajah.parse.Parser;
import org.gajah.store.ClusterStorage;
import org.gajah.table.Storage;
import org.gajah.table.StorageOptions;
import org.gajah.txn.Transaction;
import org.gajah.txn.TransactionListener;
import org.gajah.type.TextStyle;
import org.gajah.type.TimeZoneRules;
import org.gajah.type.TypeCodec;
import org.gajah.type.TypeContext;

/** A fresh cluster in memory whose catalogs can be asked about, with the default search path. */
final class CatalogFixture implements AutoCloseable {
    private static final int PUBLIC = 2200;

    private final Storage storage =
            ClusterStorage.open(SystemEnv.inMemory(), StorageOptions.DEFAULT, new BTreeMethod(), TransactionListener.NONE);
    private final Transaction transaction;
    final CatalogView catalog;
    final AnalyzeContext context;

    CatalogFixture() {
        Bootstrap.run(storage);
        transaction = storage.begin();
        catalog = new CatalogView(new CatalogReader(storage, Bootstrap.POSTGRES), new CatalogVersion().current(), transaction,
                Bootstrap.POSTGRES);
        context = new AnalyzeContext(catalog, List.of(PUBLIC), 0, "postgres", ParameterTypes.none(), new Types());
    }

    Query analyze(String sql, List<Integer> path) {
        return Analyzer.analyze(Parser.parse(Slice.of(sql)).getFirst().statement(), context.with(path)).query();
    }

    @Override
    public void close() {
        storage.rollback(transaction);
        storage.close();
    }

    private final class Types implements TypeContext {
        @Override
        public TextStyle style() {
            return TextStyle.DEFAULT;
        }

        @Override
        public TimeZoneRules timeZone() {
            return TimeZoneRules.UTC;
        }

        @Override
        public long transactionMicros() {
            return 0;
        }

        @Override
        public TypeCodec codec(int typeOid) {
            return catalog.codec(typeOid);
        }

        @Override
        public Names names() {
            return new Names() {
                @Override
                public int resolve(int kind, Slice name) {
                    return RegNames.resolve(kind, name, context);
                }

                @Override
                public String name(int kind, int oid) {
                    return RegNames.name(kind, oid, context);
                }

                @Override
                public String typeName(int typeOid, int typmod) {
                    return RegNames.typeName(typeOid, typmod, context);
                }
            };
        }
    }
}
