package org.gajah.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignCall;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.ForeignSession;
import org.gajah.api.foreign.ForeignType;
import org.gajah.api.foreign.ForeignWrapper;
import org.gajah.api.foreign.UserMapping;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.catalog.AclKind;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.PlainContext;
import org.gajah.catalog.Rights;
import org.gajah.foreign.ForeignCatalog;
import org.gajah.func.CallContext;
import org.gajah.type.Privilege;
import org.gajah.vector.Vector;

/** A call of a wrapper's function by this session. */
final class WrapperCall implements ForeignCall {
    private final SessionImpl session;
    private final ForeignWrapper wrapper;
    private final List<CallContext.Column> columns;
    private final List<Optional<String>> arguments = new ArrayList<>();

    WrapperCall(SessionImpl session, ForeignWrapper wrapper, List<Integer> types, List<CallContext.Column> columns, Object[] values) {
        this.session = session;
        this.wrapper = wrapper;
        this.columns = columns;
        for (int i = 0; i < values.length; i++) {
            arguments.add(text(types.get(i), values[i]));
        }
    }

    private Optional<String> text(int type, Object value) {
        if (value == null) {
            return Optional.empty();
        }
        Vector one = Vector.of(catalog().codec(type).carrier(), 1);
        one.set(0, value);
        ByteSink out = new ByteSink();
        catalog().codec(type).format(one, 0, PlainContext.INSTANCE, out);
        return Optional.of(out.view().toString());
    }

    private CatalogView catalog() {
        return session.context().catalog();
    }

    @Override
    public List<Optional<String>> arguments() {
        return arguments;
    }

    @Override
    public List<ForeignType> columns() {
        return columns.stream().map(c -> ForeignCatalog.type(catalog(), c.type(), c.typmod())).toList();
    }

    @Override
    public ForeignServer server(String name) {
        CatalogRow row = catalog().row("pg_foreign_server", 549, Slice.of(name)).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT,
                "server \"" + name + "\" does not exist"));
        boolean may = (new Rights(catalog()).held(session.context().currentRole().oid(), AclKind.FOREIGN_SERVER, row) & Privilege.USAGE.bit()) != 0;
        if (!may) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for foreign server " + name);
        }
        ForeignServer server = ForeignCatalog.server(catalog(), row.number("oid"));
        if (ForeignCatalog.wrapper(catalog(), server) != wrapper) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "server \"" + name + "\" is not one of foreign-data wrapper \"" + wrapper.name() + "\"");
        }
        return server;
    }

    @Override
    public List<ForeignServer> servers() {
        List<ForeignServer> servers = new ArrayList<>();
        for (CatalogRow row : catalog().rows("pg_foreign_server", 549)) {
            ForeignServer server = ForeignCatalog.server(catalog(), row.number("oid"));
            if (ForeignCatalog.wrapperIfAny(catalog(), server).filter(w -> w == wrapper).isPresent()) {
                servers.add(server);
            }
        }
        return servers;
    }

    @Override
    public boolean mayAs(String predefinedRole) {
        return catalog().hasRightsOf(session.context().currentRole().oid(), predefinedRole);
    }

    @Override
    public Optional<UserMapping> mapping(ForeignServer server) {
        return ForeignCatalog.mapping(catalog(), server.oid(), session.context().currentRole().oid());
    }

    @Override
    public ForeignSession session(ForeignServer server) {
        return session.foreign().at(server.oid());
    }

    @Override
    public boolean isInUse(ForeignServer server) {
        return session.foreign().has(server.oid());
    }

    @Override
    public void warn(SqlError message) {
        session.message("WARNING", message);
    }
}
