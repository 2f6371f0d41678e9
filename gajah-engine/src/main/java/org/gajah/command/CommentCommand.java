package org.gajah.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.gajah.analyze.Names;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.ObjectKind;
import org.gajah.ast.ObjectRef;
import org.gajah.ast.ObjectStatement.Comment;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Relation;
import org.gajah.command.Dependencies.Ref;

/** COMMENT ON: a row in pg_description, or in pg_shdescription for what all databases share. */
final class CommentCommand {
    private static final int DATABASE = 1262;
    private static final int ROLE = 1260;

    private final CommandContext context;

    CommentCommand(CommandContext context) {
        this.context = context;
    }

    String run(Comment c) {
        context.requireWritable("COMMENT");
        Ref ref = find(c.kind(), c.object());
        Optional<String> text = c.text().filter(t -> !t.isEmpty());
        boolean shared = ref.catalog() == DATABASE || ref.catalog() == ROLE;
        Optional<CatalogRow> old = shared ? context.catalog().row("pg_shdescription", 2397, ref.oid(), ref.catalog())
                : context.catalog().row("pg_description", 2675, ref.oid(), ref.catalog(), ref.column());
        if (old.isPresent() && text.isPresent()) {
            context.writer().update(old.get(), old.get().with("description", Slice.of(text.get())));
        } else if (old.isPresent()) {
            context.writer().delete(old.get());
        } else if (text.isPresent()) {
            CatalogValues row = new CatalogValues(shared ? "pg_shdescription" : "pg_description").set("objoid", ref.oid())
                    .set("classoid", ref.catalog()).set("description", text.get());
            context.writer().insert(shared ? "pg_shdescription" : "pg_description", (shared ? row : row.set("objsubid", ref.column())).row());
        }
        context.changed();
        return "COMMENT";
    }

    private Ref find(ObjectKind kind, ObjectRef object) {
        return switch (kind) {
            case TABLE, VIEW, INDEX, SEQUENCE, MATERIALIZED_VIEW -> relation(kind, ((ObjectRef.Named) object).name());
            case COLUMN -> column(columnOf(object));
            case TABLE_CONSTRAINT -> constraint((ObjectRef.OnRelation) object);
            case SCHEMA -> schema(((ObjectRef.Named) object).name().getLast());
            case DATABASE -> database(((ObjectRef.Named) object).name().getLast());
            case ROLE -> role(object);
            case TYPE, DOMAIN -> new Ref(Dependencies.TYPE, Names.type(((ObjectRef.OfType) object).type(), context.analysis()).type(), 0);
            default -> throw SqlError.notSupported("COMMENT ON " + kind.words() + " is not supported");
        };
    }

    private Ref relation(ObjectKind kind, List<String> name) {
        Relation relation = Names.relation(name, context.analysis());
        boolean fits = switch (kind) {
            case TABLE -> relation.kind() == 'r' || relation.kind() == 'p';
            case VIEW -> relation.kind() == 'v';
            case INDEX -> relation.kind() == 'i';
            case SEQUENCE -> relation.kind() == 'S';
            default -> relation.kind() == 'm';
        };
        if (!fits) {
            String word = kind.words().toLowerCase(Locale.ROOT);
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "\"" + relation.name() + "\" is not " + (word.startsWith("i") ? "an " : "a ") + word);
        }
        context.requireOwner(relation.owner(), ObjectNames.kind(relation.kind()), relation.name());
        return Ref.relation(relation.oid());
    }

    private Ref column(ObjectRef.OnRelation on) {
        Relation relation = Names.relation(on.relation(), context.analysis());
        context.requireOwner(relation.owner(), ObjectNames.kind(relation.kind()), relation.name());
        return Ref.column(relation.oid(), AlterTableCommands.column(relation, on.name()).number());
    }

    private Ref constraint(ObjectRef.OnRelation on) {
        Relation relation = Names.relation(on.relation(), context.analysis());
        CatalogRow row = context.catalog().rows("pg_constraint", 2665, relation.oid(), 0, Slice.of(on.name())).stream().findFirst()
                .orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT,
                        "constraint \"" + on.name() + "\" for table \"" + relation.name() + "\" does not exist"));
        return new Ref(Dependencies.CONSTRAINT, row.number("oid"), 0);
    }

    private Ref schema(String name) {
        return new Ref(Dependencies.NAMESPACE, context.catalog().schema(name).orElseThrow(() -> new SqlError(SqlState.INVALID_SCHEMA_NAME,
                "schema \"" + name + "\" does not exist")).oid(), 0);
    }

    private Ref database(String name) {
        return new Ref(DATABASE, context.catalog().row("pg_database", 2671, Slice.of(name)).orElseThrow(() -> new SqlError(
                SqlState.INVALID_CATALOG_NAME, "database \"" + name + "\" does not exist")).number("oid"), 0);
    }

    private Ref role(ObjectRef object) {
        String name = object instanceof ObjectRef.OfRole r ? r.role().name() : ((ObjectRef.Named) object).name().getLast();
        return new Ref(ROLE, context.catalog().role(name).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT,
                "role \"" + name + "\" does not exist")).oid(), 0);
    }

    /** The parser knows only the whole dotted name: its last part is the column. */
    private static ObjectRef.OnRelation columnOf(ObjectRef object) {
        if (object instanceof ObjectRef.Named(java.util.List<String> name, int location)) {
            if (name.size() < 2) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "column name must be qualified");
            }
            return new ObjectRef.OnRelation(name.subList(0, name.size() - 1), name.getLast(), location);
        }
        return (ObjectRef.OnRelation) object;
    }
}
