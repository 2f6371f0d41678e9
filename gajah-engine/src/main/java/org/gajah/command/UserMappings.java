package org.gajah.command;

import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.OptionTarget;
import org.gajah.ast.DropBehavior;
import org.gajah.ast.ForeignStatement.AlterUserMapping;
import org.gajah.ast.ForeignStatement.CreateUserMapping;
import org.gajah.ast.ForeignStatement.DropUserMapping;
import org.gajah.ast.RoleSpec;
import org.gajah.catalog.AclKind;
import org.gajah.catalog.CatalogRow;
import org.gajah.command.Dependencies.Ref;
import org.gajah.type.ArrayValue;

/** CREATE, ALTER and DROP USER MAPPING: the server's owner may, and everybody who may use the server for himself. */
final class UserMappings {
    private final CommandContext context;
    private final ForeignObjects objects;

    UserMappings(CommandContext context) {
        this.context = context;
        objects = new ForeignObjects(context);
    }

    private int user(RoleSpec spec) {
        return spec.kind() == RoleSpec.Kind.PUBLIC ? 0 : RoleNames.resolve(spec, context).oid();
    }

    private void requireMay(int user, CatalogRow server) {
        if (context.rights().has(context.currentRole().oid(), server.number("srvowner"))) {
            return;
        }
        if (user == context.currentRole().oid()) {
            objects.requireUsage(AclKind.FOREIGN_SERVER, server);
        } else {
            context.requireOwner(server.number("srvowner"), "foreign server", server.text("srvname"));
        }
    }

    void create(CreateUserMapping c) {
        int user = user(c.user());
        CatalogRow server = objects.requireServer(c.server());
        requireMay(user, server);
        if (objects.mapping(user, server.number("oid")).isPresent()) {
            String taken = "user mapping for \"" + objects.userName(user) + "\" already exists for server \"" + c.server() + "\"";
            if (!c.ifNotExists()) {
                throw new SqlError(SqlState.DUPLICATE_OBJECT, taken);
            }
            context.message("NOTICE", new SqlError(SqlState.DUPLICATE_OBJECT, taken + ", skipping"));
            return;
        }
        ForeignOptions options = new ForeignOptions(context);
        ArrayValue value = options.changed(List.of(), c.options(), OptionTarget.USER_MAPPING, options.validatorOf(server));
        int oid = context.newOid();
        context.writer().insert("pg_user_mapping", new CatalogValues("pg_user_mapping").set("oid", oid).set("umuser", user)
                .set("umserver", server.number("oid")).set("umoptions", value).row());
        new Dependencies(context).normal(new Ref(Dependencies.USER_MAPPING, oid, 0), new Ref(Dependencies.SERVER, server.number("oid"), 0));
    }

    void alter(AlterUserMapping a) {
        int user = user(a.user());
        CatalogRow server = objects.requireServer(a.server());
        CatalogRow row = objects.mapping(user, server.number("oid")).orElseThrow(() -> missing(user, a.server(), ""));
        requireMay(user, server);
        ForeignOptions options = new ForeignOptions(context);
        context.writer().update(row, row.with("umoptions", options.changed(row.texts("umoptions"), a.options(), OptionTarget.USER_MAPPING,
                options.validatorOf(server))));
    }

    private SqlError missing(int user, String server, String skipping) {
        return new SqlError(SqlState.UNDEFINED_OBJECT, "user mapping for \"" + objects.userName(user) + "\" does not exist for server \"" + server
                + "\"" + skipping);
    }

    void drop(DropUserMapping d) {
        int user;
        try {
            user = user(d.user());
        } catch (SqlError e) {
            skip(d, e, e.getMessage());
            return;
        }
        Optional<CatalogRow> server = objects.server(d.server());
        if (server.isEmpty()) {
            String message = "server \"" + d.server() + "\" does not exist";
            skip(d, new SqlError(SqlState.UNDEFINED_OBJECT, message), message);
            return;
        }
        Optional<CatalogRow> row = objects.mapping(user, server.get().number("oid"));
        if (row.isEmpty()) {
            SqlError missing = missing(user, d.server(), "");
            skip(d, missing, missing.getMessage());
            return;
        }
        requireMay(user, server.get());
        DropPlan plan = new DropPlan(context);
        plan.add(new Ref(Dependencies.USER_MAPPING, row.get().number("oid"), 0));
        plan.run(DropBehavior.CASCADE);
    }

    private void skip(DropUserMapping d, SqlError error, String message) {
        if (!d.missingOk()) {
            throw error;
        }
        context.message("NOTICE", new SqlError(SqlState.SUCCESSFUL_COMPLETION, message + ", skipping"));
    }
}
