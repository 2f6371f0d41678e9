package org.gajah.sysfunc;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.AnalyzeContext;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.ProcRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.SchemaRow;
import org.gajah.catalog.TypeRow;

/**
 * An object as event triggers and pg_identify_object tell of it: whatever the search path, its names are qualified.
 *
 * @param type      such as {@code table column}
 * @param schema    where it is, for objects that are in a schema; {@code table} is the schema of the table that it is on
 * @param name      its name where that and the schema are all it takes
 * @param identity  all that identifies it, as text; {@code names} and {@code arguments} the same for pg_get_object_address
 */
public record ObjectIdentity(String type, Optional<String> schema, Optional<String> table, Optional<String> name, String identity, List<String> names,
        List<String> arguments) {
    private static final List<Integer> NO_SCHEMA = List.of();

    private record Finder(CatalogView catalog, AnalyzeContext context) {
        private String schema(int oid) {
            String name = catalog.schema(oid).map(SchemaRow::name).orElse("");
            return name.startsWith("pg_temp_") ? "pg_temp" : name;
        }

        private String qualified(int schema, String name) {
            return Identifiers.quote(schema(schema)) + "." + Identifiers.quote(name);
        }

        Optional<ObjectIdentity> of(int catalogOid, int oid, int column) {
            return switch (catalogOid) {
                case 1259 -> catalog.relation(oid).map(r -> relation(r, column));
                case 1247 -> catalog.type(oid).map(this::type);
                case 1255 -> catalog.function(oid).map(this::routine);
                case 2615 -> catalog.schema(oid).map(s -> global("schema", s.name()));
                case 2606 -> catalog.row("pg_constraint", 2667, oid).map(this::constraint);
                case 2604 -> catalog.row("pg_attrdef", 2657, oid).flatMap(this::columnDefault);
                case 2618 -> catalog.row("pg_rewrite", 2692, oid).flatMap(r -> on(r.number("ev_class"), "rule", r.text("rulename")))
                        .map(i -> new ObjectIdentity(i.type, i.schema, Optional.empty(), i.name, i.identity, i.names, i.arguments));
                case 2620 -> catalog.row("pg_trigger", 2702, oid).flatMap(r -> on(r.number("tgrelid"), "trigger", r.text("tgname")));
                case 3256 -> catalog.row("pg_policy", 3257, oid).flatMap(r -> on(r.number("polrelid"), "policy", r.text("polname")));
                case 3079 -> catalog.row("pg_extension", 3080, oid).map(r -> global("extension", r.text("extname")));
                case 2328 -> catalog.row("pg_foreign_data_wrapper", 112, oid).map(r -> global("foreign-data wrapper", r.text("fdwname")));
                case 1417 -> catalog.row("pg_foreign_server", 113, oid).map(r -> global("server", r.text("srvname")));
                case 3466 -> catalog.row("pg_event_trigger", 3468, oid).map(r -> global("event trigger", r.text("evtname")));
                case 2612 -> catalog.row("pg_language", 2682, oid).map(r -> global("language", r.text("lanname")));
                case 1260 -> catalog.role(oid).map(r -> global("role", r.name()));
                case 1262 -> catalog.row("pg_database", 2672, oid).map(r -> global("database", r.text("datname")));
                default -> Optional.empty();
            };
        }

        private ObjectIdentity relation(Relation r, int column) {
            String schema = schema(r.namespace());
            String word = r.kind() == 't' ? "toast table" : RelationKinds.word(r.kind());
            String identity = qualified(r.namespace(), r.name());
            if (column == 0) {
                return new ObjectIdentity(word, Optional.of(schema), Optional.empty(), Optional.of(r.name()), identity, List.of(schema, r.name()), List.of());
            }
            String name = r.column(column).name();
            return new ObjectIdentity(word + " column", Optional.of(schema), Optional.empty(), Optional.of(r.name()), identity + "." + Identifiers.quote(name),
                    List.of(schema, r.name(), name), List.of());
        }

        private ObjectIdentity type(TypeRow t) {
            String text = typeText(t.oid());
            return new ObjectIdentity("type", Optional.of(schema(t.namespace())), Optional.empty(), Optional.of(t.name()), text, List.of(text), List.of());
        }

        /** A type's name; those of the system are qualified too unless SQL has words for them. */
        private String typeText(int oid) {
            TypeRow t = catalog.type(oid).orElseThrow();
            if (t.trueArray()) {
                return typeText(t.element()) + "[]";
            }
            String shown = RegNames.typeName(oid, -1, context.with(NO_SCHEMA));
            return shown.equals(Identifiers.quote(t.name())) ? qualified(t.namespace(), t.name()) : temporary(shown);
        }

        private static String temporary(String shown) {
            return shown.startsWith("pg_temp_") ? "pg_temp" + shown.substring(shown.indexOf('.')) : shown;
        }

        private ObjectIdentity routine(ProcRow f) {
            String schema = schema(f.namespace());
            List<String> types = f.argTypes().stream().map(this::typeText).toList();
            String word = f.kind() == 'p' ? "procedure" : f.kind() == 'a' ? "aggregate" : "function";
            return new ObjectIdentity(word, Optional.of(schema), Optional.empty(), Optional.empty(), qualified(f.namespace(), f.name()) + "("
                    + String.join(",", types) + ")", List.of(schema, f.name()), types);
        }

        private static ObjectIdentity global(String type, String name) {
            return new ObjectIdentity(type, Optional.empty(), Optional.empty(), Optional.of(name), Identifiers.quote(name), List.of(name), List.of());
        }

        private Optional<ObjectIdentity> on(int relation, String type, String name) {
            return catalog.relation(relation).map(r -> new ObjectIdentity(type, Optional.empty(), Optional.of(schema(r.namespace())), Optional.empty(),
                    Identifiers.quote(name) + " on " + qualified(r.namespace(), r.name()), List.of(schema(r.namespace()), r.name(), name), List.of()));
        }

        private ObjectIdentity constraint(CatalogRow r) {
            String name = r.text("conname");
            Optional<String> schema = Optional.of(schema(r.number("connamespace")));
            if (r.number("conrelid") == 0) {
                String domain = typeText(r.number("contypid"));
                return new ObjectIdentity("domain constraint", schema, Optional.empty(), Optional.empty(), Identifiers.quote(name) + " on " + domain,
                        List.of(domain), List.of(name));
            }
            ObjectIdentity on = on(r.number("conrelid"), "table constraint", name).orElseThrow();
            return new ObjectIdentity(on.type, schema, on.table, Optional.empty(), on.identity, on.names, List.of());
        }

        private Optional<ObjectIdentity> columnDefault(CatalogRow r) {
            return catalog.relation(r.number("adrelid")).map(t -> {
                ObjectIdentity column = relation(t, r.number("adnum"));
                return new ObjectIdentity("default value", Optional.empty(), column.schema, Optional.empty(), "for " + column.identity, column.names,
                        List.of());
            });
        }
    }

    /** The object of a row in a catalog, or a column of it; empty if it is not there or of a kind without identity. */
    public static Optional<ObjectIdentity> of(int catalogOid, int oid, int column, CatalogView catalog, AnalyzeContext context) {
        return new Finder(catalog, context).of(catalogOid, oid, column);
    }

    /** Whether it is a temporary object, or a part of one. */
    public boolean isTemporary() {
        return schema.or(() -> table).filter(s -> s.equals("pg_temp")).isPresent();
    }
}
