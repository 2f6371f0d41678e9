package org.gajah.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

import org.gajah.analyze.Names;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.ObjectKind;
import org.gajah.ast.ObjectRef;
import org.gajah.ast.RangeVar;
import org.gajah.ast.TypeName;
import org.gajah.base.Slice;
import org.gajah.catalog.AclKind;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.SchemaRow;
import org.gajah.catalog.TypeRow;
import org.gajah.command.Dependencies.Ref;
import org.gajah.sysfunc.RegNames;

/**
 * Finds the objects that DROP, ALTER and COMMENT name: the one place that knows how a kind is looked up, what a missing one is
 * called, and what it means that it is of another kind.
 */
final class ObjectLookup {
    /** An object that is there; {@code word} is what messages call its kind. */
    record Found(Ref ref, int owner, String word, String name) {
    }

    private final CommandContext context;

    ObjectLookup(CommandContext context) {
        this.context = context;
    }

    /** The object, or an error that says it is not there. */
    Found require(ObjectKind kind, ObjectRef object) {
        return find(kind, object, false);
    }

    /** The same, with the words of DROP; with {@code missingOk} a missing one is a notice. */
    Optional<Found> forDrop(ObjectKind kind, ObjectRef object, boolean missingOk) {
        return maybe(() -> find(kind, object, true), missingOk, object);
    }

    /** A relation of whatever kind for ALTER; with {@code missingOk} a missing one is a notice. */
    Optional<Relation> relation(List<String> name, boolean missingOk) {
        return maybe(() -> Names.relation(name, context.analysis()), missingOk, new ObjectRef.Named(name, 0));
    }

    /** A relation that a statement names where PostgreSQL's errors show no place. */
    Relation relation(RangeVar name) {
        try {
            return Names.relation(name, context.analysis());
        } catch (SqlError e) {
            throw e.at(0);
        }
    }

    private <T> Optional<T> maybe(Supplier<T> search, boolean missingOk, ObjectRef object) {
        try {
            return Optional.of(search.get());
        } catch (SqlError e) {
            boolean missing = switch (e.state()) {
                case UNDEFINED_TABLE, UNDEFINED_OBJECT, UNDEFINED_FUNCTION, INVALID_SCHEMA_NAME -> true;
                default -> false;
            };
            if (!missing || !missingOk) {
                throw e;
            }
            context.message("NOTICE", new SqlError(SqlState.SUCCESSFUL_COMPLETION, missing(object, e) + ", skipping"));
            return Optional.empty();
        }
    }

    /** Routines are shown as they were written. */
    private static String missing(ObjectRef object, SqlError e) {
        if (object instanceof ObjectRef.OfFunction f && e.state() == SqlState.UNDEFINED_FUNCTION) {
            String word = e.getMessage().startsWith("could not find a ") ? e.getMessage().split(" ")[4] : e.getMessage().split(" ")[0];
            String types = String.join(",", f.arguments().stream().map(p -> p.type().dotted()).toList());
            return word + " " + String.join(".", f.name()) + "(" + types + ") does not exist";
        }
        if (object instanceof ObjectRef.OfOperator o && e.state() == SqlState.UNDEFINED_FUNCTION) {
            return "operator " + String.join(".", o.name()) + " does not exist";
        }
        return object instanceof ObjectRef.OnRelation ? e.getMessage().replace(" for table ", " for relation ") : e.getMessage();
    }

    private Found find(ObjectKind kind, ObjectRef object, boolean drop) {
        return switch (kind) {
            case TABLE, VIEW, INDEX, SEQUENCE, MATERIALIZED_VIEW, FOREIGN_TABLE -> relation(kind, ((ObjectRef.Named) object).name(), drop);
            case COLUMN -> column(columnOf(object));
            case TABLE_CONSTRAINT -> constraint((ObjectRef.OnRelation) object);
            case TRIGGER -> trigger((ObjectRef.OnRelation) object);
            case POLICY -> policy((ObjectRef.OnRelation) object);
            case DOMAIN_CONSTRAINT -> domainConstraint((ObjectRef.OnDomain) object);
            case SCHEMA -> schema(((ObjectRef.Named) object).name().getLast());
            case DATABASE -> database(((ObjectRef.Named) object).name().getLast());
            case ROLE -> role(object);
            case TYPE, DOMAIN -> type(kind, ((ObjectRef.OfType) object).type());
            case FUNCTION, PROCEDURE, ROUTINE, AGGREGATE -> new Routines(context).require(kind, (ObjectRef.OfFunction) object, drop);
            case OPERATOR -> new OperatorCommands(context).find((ObjectRef.OfOperator) object);
            case FOREIGN_DATA_WRAPPER -> global(new ForeignObjects(context).requireWrapper(name(object)), Dependencies.WRAPPER, AclKind.FOREIGN_DATA_WRAPPER);
            case SERVER -> global(new ForeignObjects(context).requireServer(name(object)), Dependencies.SERVER, AclKind.FOREIGN_SERVER);
            case EXTENSION -> extension(name(object));
            case EVENT_TRIGGER -> new EventTriggerCommands(context).found(name(object));
            default -> throw SqlError.notSupported((drop ? "DROP " : "") + kind.words() + " is not supported");
        };
    }

    private static String name(ObjectRef object) {
        return ((ObjectRef.Named) object).name().getLast();
    }

    private static Found global(CatalogRow row, int catalog, AclKind kind) {
        return new Found(new Ref(catalog, row.number("oid"), 0), kind.owner(row), kind.word(), row.text(kind.nameColumn()));
    }

    private Found extension(String name) {
        CatalogRow row = context.catalog().row("pg_extension", 3081, Slice.of(name)).orElseThrow(() -> new SqlError(
                SqlState.UNDEFINED_OBJECT, "extension \"" + name + "\" does not exist"));
        return new Found(new Ref(Dependencies.EXTENSION, row.number("oid"), 0), row.number("extowner"), "extension", name);
    }

    private Found relation(ObjectKind kind, List<String> name, boolean drop) {
        String word = kind.words().toLowerCase(Locale.ROOT);
        Relation relation = new Search(name).relation(drop ? Optional.of(word) : Optional.empty());
        boolean fits = switch (kind) {
            case TABLE -> relation.kind() == 'r' || relation.kind() == 'p';
            case VIEW -> relation.kind() == 'v';
            case INDEX -> relation.kind() == 'i' || relation.kind() == 'I';
            case SEQUENCE -> relation.kind() == 'S';
            case FOREIGN_TABLE -> relation.kind() == 'f';
            default -> relation.kind() == 'm';
        };
        if (!fits) {
            SqlError error = new SqlError(SqlState.WRONG_OBJECT_TYPE, "\"" + relation.name() + "\" is not " + article(word));
            String own = ObjectNames.kind(relation.kind());
            throw !drop ? error : error.hint(relation.kind() == 'c' ? "Use DROP TYPE to remove a type."
                    : "Use DROP " + own.toUpperCase(Locale.ROOT) + " to remove " + article(own) + ".");
        }
        return new Found(Ref.relation(relation.oid()), relation.owner(), ObjectNames.kind(relation.kind()), relation.name());
    }

    /** A name with its schema looked at first, since a missing one is an error of its own for DROP. */
    private final class Search {
        private final List<String> name;

        Search(List<String> name) {
            this.name = name;
        }

        Relation relation(Optional<String> dropped) {
            if (dropped.isPresent() && name.size() > 1) {
                String schema = name.get(name.size() - 2);
                boolean there = schema.equals("pg_temp") || context.catalog().schema(schema).isPresent();
                if (!there) {
                    throw new SqlError(SqlState.INVALID_SCHEMA_NAME, "schema \"" + schema + "\" does not exist");
                }
            }
            try {
                return Names.relation(name, context.analysis());
            } catch (SqlError e) {
                boolean reword = dropped.isPresent() && e.state() == SqlState.UNDEFINED_TABLE;
                throw !reword ? e : new SqlError(List.of("index", "type", "foreign table").contains(dropped.get()) ? SqlState.UNDEFINED_OBJECT
                        : SqlState.UNDEFINED_TABLE, dropped.get() + " \"" + name.getLast() + "\" does not exist");
            }
        }
    }

    static String article(String word) {
        return ("aeiou".indexOf(word.charAt(0)) >= 0 ? "an " : "a ") + word;
    }

    private Found column(ObjectRef.OnRelation on) {
        Relation relation = Names.relation(on.relation(), context.analysis());
        return new Found(Ref.column(relation.oid(), AlterTableCommands.column(relation, on.name()).number()), relation.owner(),
                ObjectNames.kind(relation.kind()), relation.name());
    }

    /** The parser knows only the whole dotted name: its last part is the column. */
    private static ObjectRef.OnRelation columnOf(ObjectRef object) {
        if (object instanceof ObjectRef.Named(List<String> name, int location)) {
            if (name.size() < 2) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "column name must be qualified");
            }
            return new ObjectRef.OnRelation(name.subList(0, name.size() - 1), name.getLast(), location);
        }
        return (ObjectRef.OnRelation) object;
    }

    private Found constraint(ObjectRef.OnRelation on) {
        Relation relation = Names.relation(on.relation(), context.analysis());
        CatalogRow row = context.catalog().rows("pg_constraint", 2665, relation.oid(), 0, Slice.of(on.name())).stream().findFirst()
                .orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT,
                        "constraint \"" + on.name() + "\" for table \"" + relation.name() + "\" does not exist"));
        return new Found(new Ref(Dependencies.CONSTRAINT, row.number("oid"), 0), relation.owner(), ObjectNames.kind(relation.kind()),
                relation.name());
    }

    private Found trigger(ObjectRef.OnRelation on) {
        Relation relation = new Search(on.relation()).relation(Optional.of("relation"));
        return new TriggerCommands(context).found(relation, on.name());
    }

    private Found policy(ObjectRef.OnRelation on) {
        Relation relation = new Search(on.relation()).relation(Optional.of("relation"));
        return new PolicyCommands(context).found(relation, on.name());
    }

    private Found domainConstraint(ObjectRef.OnDomain on) {
        TypeRow type = typeRow(on.domain());
        CatalogRow row = context.catalog().rows("pg_constraint", 2665, 0, type.oid(), Slice.of(on.name())).stream().findFirst()
                .orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT,
                        "constraint \"" + on.name() + "\" for domain " + typeName(type) + " does not exist"));
        return new Found(new Ref(Dependencies.CONSTRAINT, row.number("oid"), 0), type.owner(), "type", type.name());
    }

    private Found schema(String name) {
        SchemaRow schema = context.catalog().schema(name).orElseThrow(() -> new SqlError(SqlState.INVALID_SCHEMA_NAME,
                "schema \"" + name + "\" does not exist"));
        return new Found(new Ref(Dependencies.NAMESPACE, schema.oid(), 0), schema.owner(), "schema", name);
    }

    private Found database(String name) {
        CatalogRow row = context.catalog().row("pg_database", 2671, Slice.of(name)).orElseThrow(() -> new SqlError(
                SqlState.INVALID_CATALOG_NAME, "database \"" + name + "\" does not exist"));
        return new Found(new Ref(Dependencies.DATABASE, row.number("oid"), 0), row.number("datdba"), "database", name);
    }

    private Found role(ObjectRef object) {
        String name = object instanceof ObjectRef.OfRole r ? r.role().name() : ((ObjectRef.Named) object).name().getLast();
        int oid = context.catalog().role(name).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT,
                "role \"" + name + "\" does not exist")).oid();
        return new Found(new Ref(Dependencies.ROLE, oid, 0), 0, "role", name);
    }

    private Found type(ObjectKind kind, TypeName written) {
        TypeRow type = typeRow(written);
        if (kind == ObjectKind.DOMAIN && type.kind() != 'd') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "\"" + type.name() + "\" is not a domain");
        }
        return new Found(new Ref(Dependencies.TYPE, type.oid(), 0), type.owner(), "type", type.name());
    }

    /** A type by its name; the errors have no position, as PostgreSQL's in statements about types. */
    TypeRow typeRow(TypeName written) {
        TypeName plain = new TypeName(written.names(), written.modifiers(), written.arrayBounds(), written.setOf(), written.percentType(), 0);
        return context.catalog().type(Names.type(plain, context.analysis()).type()).orElseThrow();
    }

    TypeRow typeRow(List<String> name) {
        return typeRow(new TypeName(name, List.of(), List.of(), false, false, 0));
    }

    /** 42809 for the types that ALTER TYPE must leave alone: array types and the row types of relations. */
    void requireChangeable(TypeRow type) {
        if (type.trueArray()) {
            TypeRow element = context.catalog().type(type.element()).orElseThrow();
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "cannot alter array type " + typeName(type))
                    .hint("You can alter type " + typeName(element) + ", which will alter the array type as well.");
        }
        boolean rowType = type.kind() == 'c' && context.catalog().relation(type.relation()).map(r -> r.kind() != 'c').orElse(false);
        if (rowType) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, typeName(type) + " is a table's row type").hint("Use ALTER TABLE instead.");
        }
    }

    String typeName(TypeRow type) {
        return RegNames.typeName(type.oid(), -1, context.analysis());
    }
}
