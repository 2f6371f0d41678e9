package org.gajah.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.gajah.analyze.Names;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.ObjectKind;
import org.gajah.ast.ObjectRef;
import org.gajah.ast.ObjectStatement.Drop;
import org.gajah.catalog.Relation;
import org.gajah.catalog.SchemaRow;
import org.gajah.catalog.TypeRow;
import org.gajah.command.Dependencies.Ref;
import org.gajah.txn.lock.LockMode;

/** DROP of relations, types, domains and schemas. */
final class DropCommands {
    private final CommandContext context;

    DropCommands(CommandContext context) {
        this.context = context;
    }

    String run(Drop drop) {
        String tag = "DROP " + drop.kind().words();
        context.requireWritable(tag);
        DropPlan plan = new DropPlan(context);
        boolean any = false;
        for (ObjectRef object : drop.objects()) {
            Optional<Ref> found = find(drop.kind(), object, drop.missingOk());
            found.ifPresent(plan::add);
            any |= found.isPresent();
        }
        if (any) {
            plan.run(drop.behavior());
        }
        return tag;
    }

    private Optional<Ref> find(ObjectKind kind, ObjectRef object, boolean missingOk) {
        return switch (kind) {
            case TABLE -> relation(object, 'r', "table", missingOk);
            case VIEW -> relation(object, 'v', "view", missingOk);
            case INDEX -> relation(object, 'i', "index", missingOk);
            case SEQUENCE -> relation(object, 'S', "sequence", missingOk);
            case MATERIALIZED_VIEW -> relation(object, 'm', "materialized view", missingOk);
            case SCHEMA -> schema(((ObjectRef.Named) object).name().getLast(), missingOk);
            case TYPE, DOMAIN -> type(object, kind, missingOk);
            default -> throw SqlError.notSupported("DROP " + kind.words() + " is not supported");
        };
    }

    private Optional<Ref> relation(ObjectRef object, char kind, String word, boolean missingOk) {
        List<String> name = ((ObjectRef.Named) object).name();
        Relation relation;
        try {
            relation = Names.relation(name, context.analysis());
        } catch (SqlError e) {
            boolean missing = e.state() == SqlState.UNDEFINED_TABLE || e.state() == SqlState.INVALID_SCHEMA_NAME;
            if (!missing) {
                throw e;
            }
            return missing(missingOk, SqlState.UNDEFINED_TABLE, word, String.join(".", name));
        }
        boolean fits = relation.kind() == kind || kind == 'r' && relation.kind() == 'p';
        if (!fits) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "\"" + relation.name() + "\" is not " + article(word))
                    .hint("Use DROP " + ObjectNames.kind(relation.kind()).toUpperCase(Locale.ROOT) + " to remove "
                            + article(ObjectNames.kind(relation.kind())) + ".");
        }
        requireOwner(relation.owner(), word, relation.name());
        if (Integer.compareUnsigned(relation.oid(), 16384) < 0) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied: \"" + relation.name() + "\" is a system catalog");
        }
        context.lockRelation(relation.oid(), LockMode.ACCESS_EXCLUSIVE);
        return Optional.of(Ref.relation(relation.oid()));
    }

    private static String article(String word) {
        return ("aeiou".indexOf(word.charAt(0)) >= 0 ? "an " : "a ") + word;
    }

    private void requireOwner(int owner, String word, String name) {
        context.requireOwner(owner, word, name);
    }

    private Optional<Ref> missing(boolean ok, SqlState state, String word, String name) {
        if (!ok) {
            throw new SqlError(state, word + " \"" + name + "\" does not exist");
        }
        context.message("NOTICE", new SqlError(SqlState.SUCCESSFUL_COMPLETION, word + " \"" + name + "\" does not exist, skipping"));
        return Optional.empty();
    }

    private Optional<Ref> schema(String name, boolean missingOk) {
        Optional<SchemaRow> schema = context.catalog().schema(name);
        if (schema.isEmpty()) {
            return missing(missingOk, SqlState.INVALID_SCHEMA_NAME, "schema", name);
        }
        if (Integer.compareUnsigned(schema.get().oid(), 16384) < 0 && schema.get().oid() != 2200) {
            throw new SqlError(SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
                    "cannot drop schema " + name + " because it is required by the database system");
        }
        requireOwner(schema.get().owner(), "schema", name);
        return Optional.of(new Ref(Dependencies.NAMESPACE, schema.get().oid(), 0));
    }

    private Optional<Ref> type(ObjectRef object, ObjectKind kind, boolean missingOk) {
        ObjectRef.OfType written = (ObjectRef.OfType) object;
        TypeRow type;
        try {
            type = context.catalog().type(Names.type(written.type(), context.analysis()).type()).orElseThrow();
        } catch (SqlError e) {
            if (e.state() != SqlState.UNDEFINED_OBJECT) {
                throw e;
            }
            return missing(missingOk, SqlState.UNDEFINED_OBJECT, "type", written.type().dotted());
        }
        if (kind == ObjectKind.DOMAIN && type.kind() != 'd') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "\"" + type.name() + "\" is not a domain");
        }
        requireOwner(type.owner(), "type", type.name());
        return Optional.of(new Ref(Dependencies.TYPE, type.oid(), 0));
    }
}
