package org.gajah.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignExpr;
import org.gajah.api.foreign.ForeignPlanner;
import org.gajah.api.foreign.ForeignRows;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.ForeignType;
import org.gajah.api.foreign.ForeignWrapper;
import org.gajah.api.foreign.RemoteStatement;
import org.gajah.api.foreign.RoutineMapping;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.catalog.AclKind;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.PlainContext;
import org.gajah.catalog.ProcRow;
import org.gajah.catalog.Rights;
import org.gajah.foreign.ForeignCatalog;
import org.gajah.parse.Parser;
import org.gajah.spi.SpiParameters;
import org.gajah.spi.SpiSession;
import org.gajah.spi.SpiView;
import org.gajah.sysfunc.Identifiers;
import org.gajah.type.Oids;
import org.gajah.type.Privilege;
import org.gajah.vector.Batch;
import org.gajah.vector.Vector;

/**
 * gajah.check_routine_mapping: calls a mapped function here and its mapped form on the server with the same arguments, and tells where
 * they give something else. What either call does is taken back.
 */
final class MappingCheck {
    private static final String FIND = "SELECT rmproc::oid, rmserver, rmoptions FROM oracle_fdw.pg_routine_mapping"
            + " WHERE oracle_fdw.routine_mapping_name(rmproc, rmserver, rmoptions) = $1";

    private final SessionImpl session;
    private final SpiSession spi;

    MappingCheck(SessionImpl session, SpiSession spi) {
        this.session = session;
        this.spi = spi;
    }

    private CatalogView catalog() {
        return session.transactions().catalog();
    }

    /** What to call: the mapping's function, on which server, with what types of arguments. */
    private record Checked(RoutineMapping mapping, ProcRow function, List<Integer> types, ForeignServer server, ForeignPlanner planner) {
        boolean exact() {
            return !mapping.options().getOrDefault("exact", "true").matches("(?i)f|false|off|no|0");
        }
    }

    /**
     * The differences, as rows of arguments, the value here, the value there, and whether only a condition that is checked again can meet it.
     *
     * @param arguments the mapping's name, further values to try as arguments, and the server if not the mapping's own
     */
    Iterator<Object> rows(Object[] arguments) {
        Checked c = find(String.valueOf(arguments[0]), Optional.ofNullable(arguments[2]).map(String::valueOf));
        List<Object> rows = new ArrayList<>();
        for (List<Optional<String>> sample : SampleValues.tuples(c.types.stream().map(t -> type(t).name()).toList(), RoutineMappings.texts(arguments[1]))) {
            spi.checkCancelled();
            Object[] values = new Object[sample.size()];
            try {
                for (int i = 0; i < values.length; i++) {
                    values[i] = sample.get(i).isEmpty() ? null : value(c.types.get(i), sample.get(i).get());
                }
            } catch (SqlError notOfTheType) {
                continue;
            }
            String here = here(c, values);
            String there = there(c, sample);
            if (!here.equals(there)) {
                rows.add(new Object[] {Slice.of(String.join(", ", sample.stream().map(v -> v.map(t -> "'" + t.replace("'", "''") + "'").orElse("NULL")).toList())),
                    Slice.of(here), Slice.of(there), !c.exact() && (here.equals("NULL") || there.equals("NULL"))});
            }
        }
        return rows.iterator();
    }

    private Checked find(String name, Optional<String> elsewhere) {
        List<Object[]> found = new ArrayList<>();
        Slice sql = Slice.of(FIND);
        spi.statement(sql, Parser.parse(sql).getFirst(), new SpiParameters(List.of(Oids.TEXT), SpiParameters.NONE.names()))
                .run(new Object[] {Slice.of(name)}, SpiView.Fresh.FRESH, 0, batch -> {
                    for (int i = 0; i < batch.count(); i++) {
                        int row = batch.selection().row(i);
                        found.add(new Object[] {batch.column(0).get(row), batch.column(1).get(row), batch.column(2).get(row)});
                    }
                });
        if (found.isEmpty()) {
            throw new SqlError(SqlState.UNDEFINED_OBJECT, "routine mapping \"" + name + "\" does not exist");
        }
        RoutineMapping mapping = new RoutineMappings(session).mapping((Integer) found.getFirst()[0], RoutineMappings.texts(found.getFirst()[2]));
        ProcRow function = catalog().function(mapping.function()).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_FUNCTION, "the function of routine mapping \""
                + name + "\" does not exist"));
        CatalogRow server = elsewhere.map(e -> catalog().row("pg_foreign_server", 549, Slice.of(e)).orElseThrow(() -> new SqlError(
                SqlState.UNDEFINED_OBJECT, "server \"" + e + "\" does not exist"))).or(() -> catalog().row("pg_foreign_server", 113, found.getFirst()[1]))
                .orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT, "the server of routine mapping \"" + name + "\" does not exist"));
        boolean may = (new Rights(catalog()).held(session.context().currentRole().oid(), AclKind.FOREIGN_SERVER, server) & Privilege.USAGE.bit()) != 0;
        if (!may) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for foreign server " + server.text("srvname"));
        }
        ForeignServer where = ForeignCatalog.server(catalog(), server.number("oid"));
        ForeignWrapper wrapper = ForeignCatalog.wrapper(catalog(), where);
        return new Checked(mapping, function, types(function, mapping), where, wrapper.planner(where, List.of(mapping)));
    }

    /** The types of the arguments of a call; where any will do, text. */
    private static List<Integer> types(ProcRow function, RoutineMapping mapping) {
        List<Integer> types = new ArrayList<>(function.argTypes());
        if (function.variadic() != 0) {
            types.removeLast();
            int count = Integer.parseInt(mapping.options().getOrDefault("nargs", "1").strip());
            while (types.size() < count) {
                types.add(function.variadic());
            }
        }
        types.replaceAll(t -> t == Oids.ANY || t == Oids.ANYELEMENT || t == ANY_COMPATIBLE ? Oids.TEXT : t);
        return types;
    }

    private static final int ANY_COMPATIBLE = 5077;

    private ForeignType type(int oid) {
        return ForeignCatalog.type(catalog(), oid, -1);
    }

    private Object value(int type, String text) {
        Vector one = Vector.of(catalog().codec(type).carrier(), 1);
        catalog().inputCodec(type).parse(Slice.of(text), -1, PlainContext.INSTANCE, one, 0);
        return one.get(0);
    }

    private String text(int type, Object value) {
        Vector one = Vector.of(catalog().codec(type).carrier(), 1);
        one.set(0, value);
        ByteSink out = new ByteSink();
        catalog().codec(type).format(one, 0, PlainContext.INSTANCE, out);
        return out.view().toString();
    }

    /** A value of the function's result type as it is shown. */
    private String shown(Checked c, Object value) {
        return value == null ? "NULL" : "'" + text(c.function.returnType(), value).replace("'", "''") + "'";
    }

    /** Runs a call and takes back what it did; what it fails with stands for its value. */
    private String taken(java.util.function.Supplier<String> call) {
        SpiSession.Subtransaction part = spi.subtransaction();
        String value;
        try {
            value = call.get();
        } catch (SqlError e) {
            if (e.code().equals(CANCELLED)) {
                part.rollback();
                throw e;
            }
            value = "error " + e.code() + ": " + e.getMessage().lines().findFirst().orElse("");
        }
        part.rollback();
        return value;
    }

    private static final String CANCELLED = "57014";

    private String here(Checked c, Object[] values) {
        String schema = catalog().schema(c.function.namespace()).orElseThrow().name();
        List<String> places = new ArrayList<>();
        for (int i = 1; i <= values.length; i++) {
            places.add("$" + i);
        }
        Slice sql = Slice.of("SELECT " + Identifiers.quote(schema) + "." + Identifiers.quote(c.function.name()) + "(" + String.join(", ", places) + ")");
        return taken(() -> {
            Object[] result = new Object[1];
            spi.statement(sql, Parser.parse(sql).getFirst(), new SpiParameters(c.types, SpiParameters.NONE.names())).run(values, SpiView.Fresh.FRESH, 0,
                    (Batch batch) -> result[0] = batch.count() == 0 ? null : batch.column(0).get(batch.selection().row(0)));
            return shown(c, result[0]);
        });
    }

    private String there(Checked c, List<Optional<String>> sample) {
        List<ForeignExpr> arguments = new ArrayList<>();
        for (int i = 0; i < sample.size(); i++) {
            arguments.add(new ForeignExpr.Constant(sample.get(i), type(c.types.get(i))));
        }
        ForeignExpr call = new ForeignExpr.Call(c.function.name(), c.function.oid(), true, arguments, false, Optional.empty(), false, type(c.function.returnType()));
        RemoteStatement statement = c.planner.values(List.of(call)).orElseThrow(() -> SqlError.notSupported(
                "routine mappings of foreign-data wrapper \"" + c.server.wrapper() + "\" cannot be checked"));
        return taken(() -> {
            OneText target = new OneText();
            try (ForeignRows rows = session.foreign().at(c.server.oid()).query(statement, List.of())) {
                rows.fetch(target, 1);
            }
            return shown(c, target.text().map(t -> value(c.function.returnType(), t)).orElse(null));
        });
    }
}
