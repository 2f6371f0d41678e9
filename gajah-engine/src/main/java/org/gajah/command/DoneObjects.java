package org.gajah.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.gajah.analyze.Names;
import org.gajah.api.SqlError;
import org.gajah.ast.ExtensionStatement;
import org.gajah.ast.ForeignStatement;
import org.gajah.ast.FunctionStatement;
import org.gajah.ast.GrantStatement;
import org.gajah.ast.IndexStatement;
import org.gajah.ast.ObjectKind;
import org.gajah.ast.ObjectRef;
import org.gajah.ast.ObjectStatement;
import org.gajah.ast.PolicyStatement;
import org.gajah.ast.RangeVar;
import org.gajah.ast.SchemaStatement;
import org.gajah.ast.SequenceStatement;
import org.gajah.ast.Statement;
import org.gajah.ast.TableStatement;
import org.gajah.ast.TriggerStatement;
import org.gajah.ast.TypeName;
import org.gajah.ast.TypeStatement;
import org.gajah.ast.ViewStatement;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.OperatorRow;
import org.gajah.catalog.ProcRow;
import org.gajah.catalog.Relation;
import org.gajah.command.Dependencies.Ref;
import org.gajah.sysfunc.EventState;

/** Which objects a command has made or changed, for event triggers: found by the names in the statement, when it is done. */
public final class DoneObjects {
    private final CommandContext context;
    private final Statement statement;
    private final String tag;
    private final EventState state;
    private final boolean skipped;

    /** To be made before the command runs: what IF NOT EXISTS finds there is not its work. */
    public DoneObjects(CommandContext context, Statement statement, String tag, EventState state) {
        this.context = context;
        this.statement = statement;
        this.tag = tag;
        this.state = state;
        this.skipped = isThere();
    }

    private boolean isThere() {
        return switch (statement) {
            case TableStatement.CreateTable c -> c.ifNotExists() && relation(c.relation()).isPresent();
            case TableStatement.CreateTableAs c -> c.ifNotExists() && relation(c.into().relation()).isPresent();
            case SequenceStatement.CreateSequence c -> c.ifNotExists() && relation(c.sequence()).isPresent();
            case IndexStatement.CreateIndex c -> c.ifNotExists() && c.name().isPresent() && relation(c.relation())
                    .flatMap(t -> context.catalog().relation(c.name().get(), t.namespace())).isPresent();
            case SchemaStatement.CreateSchema c -> c.ifNotExists() && c.name().flatMap(context.catalog()::schema).isPresent();
            case ExtensionStatement.CreateExtension c -> c.ifNotExists() && found(ObjectKind.EXTENSION, named(List.of(c.name()))).isPresent();
            case ForeignStatement.CreateServer c -> c.ifNotExists() && found(ObjectKind.SERVER, named(List.of(c.name()))).isPresent();
            default -> false;
        };
    }

    /** Notes what has been done. */
    public void note() {
        if (skipped) {
            return;
        }
        switch (statement) {
            case TableStatement.CreateTable c -> relation(c.relation()).ifPresent(c.bound().isPresent() ? this::done : this::table);
            case ForeignStatement.CreateForeignTable c -> relation(c.table().relation()).ifPresent(this::done);
            case TableStatement.CreateTableAs c -> relation(c.into().relation()).ifPresent(this::done);
            case TableStatement.AlterTable a -> relation(a.relation()).ifPresent(this::done);
            case IndexStatement.CreateIndex c -> relation(c.relation()).flatMap(t -> t.indexes().stream()
                    .max(Comparator.comparingLong(i -> Integer.toUnsignedLong(i.oid())))).ifPresent(i -> done(Ref.relation(i.oid())));
            case SequenceStatement.CreateSequence c -> relation(c.sequence()).ifPresent(this::done);
            case SequenceStatement.AlterSequence c -> relation(c.sequence()).ifPresent(this::done);
            case ViewStatement.CreateView v -> relation(v.view()).ifPresent(this::done);
            case ViewStatement.RefreshMaterializedView v -> relation(v.relation()).ifPresent(this::done);
            case SchemaStatement.CreateSchema c -> schema(c);
            case FunctionStatement.CreateFunction c -> found(c.procedure() ? ObjectKind.PROCEDURE : ObjectKind.FUNCTION,
                    new ObjectRef.OfFunction(c.name(), false, c.parameters(), Optional.empty(), 0)).ifPresent(this::done);
            case FunctionStatement.AlterFunction a -> found(a.kind(), a.function()).ifPresent(this::done);
            case TypeStatement t -> type(t);
            case TriggerStatement.CreateTrigger c -> relation(c.relation()).ifPresent(t -> done(new TriggerCommands(context).found(t, c.name()).ref()));
            case PolicyStatement.CreatePolicy c -> relation(c.table()).ifPresent(t -> done(new PolicyCommands(context).found(t, c.name()).ref()));
            case PolicyStatement.AlterPolicy c -> relation(c.table()).ifPresent(t -> done(new PolicyCommands(context).found(t, c.name()).ref()));
            case ObjectStatement.Comment c -> found(c.kind(), c.object()).ifPresent(this::done);
            case ObjectStatement.AlterOwner a -> found(a.kind(), a.object()).ifPresent(this::done);
            case ObjectStatement.AlterObjectSchema a -> found(a.kind(), moved(a.object(), a.newSchema())).ifPresent(this::done);
            case ObjectStatement.Rename r -> found(r.kind() == ObjectKind.ATTRIBUTE ? ObjectKind.COLUMN : r.kind(), renamed(r.object(), r.newName()))
                    .ifPresent(this::done);
            case GrantStatement.Grant g -> state.add(EventState.Done.grant(tag, g.kind().words()));
            case GrantStatement.AlterDefaultPrivileges a -> state.add(EventState.Done.grant(tag, a.action().kind().words() + "S"));
            case ForeignStatement.CreateWrapper w -> found(ObjectKind.FOREIGN_DATA_WRAPPER, named(List.of(w.name()))).ifPresent(this::done);
            case ForeignStatement.AlterWrapper w -> found(ObjectKind.FOREIGN_DATA_WRAPPER, named(List.of(w.name()))).ifPresent(this::done);
            case ForeignStatement.CreateServer s -> found(ObjectKind.SERVER, named(List.of(s.name()))).ifPresent(this::done);
            case ForeignStatement.AlterServer s -> found(ObjectKind.SERVER, named(List.of(s.name()))).ifPresent(this::done);
            case ExtensionStatement.CreateExtension e -> found(ObjectKind.EXTENSION, named(List.of(e.name()))).ifPresent(this::done);
            default -> { }
        }
    }

    private void done(Ref ref) {
        state.add(new EventState.Done(ref.catalog(), ref.oid(), ref.column(), tag));
    }

    private void done(Relation relation) {
        done(Ref.relation(relation.oid()));
    }

    private void done(int relation, String as) {
        state.add(new EventState.Done(Dependencies.CLASS, relation, 0, as));
    }

    /** What is there; nothing if it is not: then the command has found so too. */
    private static <T> Optional<T> maybe(Supplier<T> search) {
        try {
            return Optional.of(search.get());
        } catch (SqlError e) {
            boolean missing = switch (e.state()) {
                case UNDEFINED_TABLE, UNDEFINED_OBJECT, UNDEFINED_FUNCTION, UNDEFINED_COLUMN, INVALID_SCHEMA_NAME -> true;
                default -> false;
            };
            if (!missing) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private Optional<Relation> relation(RangeVar name) {
        return maybe(() -> Names.relation(name, context.analysis()));
    }

    private Optional<Ref> found(ObjectKind kind, ObjectRef object) {
        return maybe(() -> new ObjectLookup(context).require(kind, object).ref());
    }

    private static ObjectRef named(List<String> name) {
        return new ObjectRef.Named(name, 0);
    }

    /** A table with the sequences and indexes that were made with it. */
    private void table(Relation table) {
        List<Integer> sequences = sequences(table);
        sequences.forEach(s -> done(s, "CREATE SEQUENCE"));
        done(table.oid(), "CREATE TABLE");
        table.indexes().forEach(i -> done(i.oid(), "CREATE INDEX"));
        if (!table.foreignKeys().isEmpty()) {
            done(table.oid(), "ALTER TABLE");
        }
        sequences.forEach(s -> done(s, "ALTER SEQUENCE"));
    }

    private List<Integer> sequences(Relation table) {
        List<Integer> sequences = new ArrayList<>();
        for (CatalogRow row : context.catalog().rows("pg_depend", 2674, Dependencies.CLASS, table.oid())) {
            boolean owned = row.number("classid") == Dependencies.CLASS && row.number("refobjsubid") != 0 && "ai".indexOf(row.letter("deptype")) >= 0;
            if (owned && context.catalog().relation(row.number("objid")).filter(r -> r.kind() == 'S').isPresent()) {
                sequences.add(row.number("objid"));
            }
        }
        return sequences;
    }

    private void schema(SchemaStatement.CreateSchema c) {
        String name = c.name().orElseGet(() -> RoleNames.resolve(c.owner().orElseThrow(), context).name());
        context.catalog().schema(name).ifPresent(s -> done(new Ref(Dependencies.NAMESPACE, s.oid(), 0)));
    }

    private void type(TypeStatement statement) {
        switch (statement) {
            case TypeStatement.CreateCompositeType t -> type(t.name().schema().map(s -> List.of(s, t.name().relation())).orElse(List.of(t.name().relation())));
            case TypeStatement.CreateEnum t -> type(t.name());
            case TypeStatement.CreateRange t -> type(t.name());
            case TypeStatement.CreateDomain t -> type(t.name());
            case TypeStatement.AlterDomain t -> type(t.name());
            case TypeStatement.AddEnumValue t -> type(t.name());
            case TypeStatement.RenameEnumValue t -> type(t.name());
            case TypeStatement.AlterType t -> type(t.name());
            case TypeStatement.Define d when d.kind() == ObjectKind.AGGREGATE -> context.catalog().functions(d.name().getLast()).stream()
                    .filter(f -> f.kind() == 'a').map(ProcRow::oid).max(Integer::compareUnsigned).ifPresent(f -> done(new Ref(Dependencies.PROC, f, 0)));
            case TypeStatement.Define d when d.kind() == ObjectKind.OPERATOR -> context.catalog().operators(d.name().getLast()).stream()
                    .map(OperatorRow::oid).max(Integer::compareUnsigned).ifPresent(o -> done(new Ref(Dependencies.OPERATOR, o, 0)));
            case TypeStatement.AlterOperator a -> found(ObjectKind.OPERATOR, a.operator()).ifPresent(this::done);
            case TypeStatement.Define d -> { }
            case TypeStatement.CreateCast c -> { }
        }
    }

    private void type(List<String> name) {
        maybe(() -> new ObjectLookup(context).typeRow(name)).ifPresent(t -> done(new Ref(Dependencies.TYPE, t.oid(), 0)));
    }

    private static List<String> last(List<String> name, String other) {
        List<String> made = new ArrayList<>(name);
        made.set(made.size() - 1, other);
        return made;
    }

    /** The object under its new name. */
    private static ObjectRef renamed(ObjectRef object, String name) {
        return switch (object) {
            case ObjectRef.Named n -> named(last(n.name(), name));
            case ObjectRef.OfFunction f -> new ObjectRef.OfFunction(last(f.name(), name), f.unspecified(), f.arguments(), f.directCount(), 0);
            case ObjectRef.OfType t -> new ObjectRef.OfType(type(t.type(), last(t.type().names(), name)), 0);
            case ObjectRef.OnRelation r -> new ObjectRef.OnRelation(r.relation(), name, 0);
            case ObjectRef.OnDomain d -> new ObjectRef.OnDomain(d.domain(), name, 0);
            default -> object;
        };
    }

    /** The object in its new schema. */
    private static ObjectRef moved(ObjectRef object, String schema) {
        return switch (object) {
            case ObjectRef.Named n -> named(List.of(schema, n.name().getLast()));
            case ObjectRef.OfFunction f -> new ObjectRef.OfFunction(List.of(schema, f.name().getLast()), f.unspecified(), f.arguments(), f.directCount(), 0);
            case ObjectRef.OfType t -> new ObjectRef.OfType(type(t.type(), List.of(schema, t.type().names().getLast())), 0);
            default -> object;
        };
    }

    private static TypeName type(TypeName written, List<String> names) {
        return new TypeName(names, written.modifiers(), written.arrayBounds(), written.setOf(), written.percentType(), 0);
    }
}
