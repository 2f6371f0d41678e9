package org.gajah.fdw.jdbc;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

import org.gajah.api.foreign.ForeignExpr;
import org.gajah.api.foreign.ForeignQuery;
import org.gajah.api.foreign.ForeignSession;
import org.gajah.api.foreign.ForeignType;
import org.gajah.api.foreign.RemoteSample;

/** What the option analyze_sampling has ANALYZE fetch: a part of the rows as large as is wanted, of the number that the server has counted last. */
enum PostgresSample {
    OFF, AUTO, RANDOM, SYSTEM, BERNOULLI;

    private static final ForeignType TEXT = new ForeignType(25, "text", -1);
    private static final String SIZE = "SELECT relkind::text, reltuples::text FROM pg_catalog.pg_class WHERE oid = ?::pg_catalog.regclass";

    static PostgresSample of(String option) {
        return valueOf(option.toUpperCase(Locale.ROOT));
    }

    /** A query of one whole table for about so many rows; nothing if all are to be fetched. */
    Optional<RemoteSample> of(ForeignQuery query, String table, int most, int fetchSize, ForeignSession session) {
        RemoteSql size = new RemoteSql("", "", SIZE, List.of(new RemoteSql.Bound(0, TEXT)), List.of(TEXT, TEXT), 1);
        List<String[]> found = PostgresImport.rows(session, size, table);
        double all = found.isEmpty() ? -1 : Double.parseDouble(found.getFirst()[1]);
        if (all <= most) {
            return Optional.empty();
        }
        PostgresSample how = this != AUTO ? this : "rmp".contains(found.getFirst()[0]) ? BERNOULLI : RANDOM;
        String part = String.format(Locale.ROOT, "%.9f", most / all);
        String percent = String.format(Locale.ROOT, "%.9f", 100 * most / all);
        PostgresWriter w = new PostgresWriter(List.of());
        w.query(query).text(switch (how) {
            case RANDOM -> " WHERE pg_catalog.random() < " + part;
            case SYSTEM, BERNOULLI -> " TABLESAMPLE " + how + "(" + percent + ")";
            case OFF, AUTO -> throw new IllegalStateException(how.name());
        });
        return Optional.of(new RemoteSample(w.statement("Remote SQL", query.output().stream().map(ForeignExpr::type).toList(), fetchSize), most / all,
                OptionalDouble.of(all)));
    }
}
