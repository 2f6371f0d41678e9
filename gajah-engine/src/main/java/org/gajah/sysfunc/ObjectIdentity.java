package org.gajah.sysfunc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.AnalyzeContext;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.OperatorRow;
import org.gajah.catalog.ProcRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.RoleRow;
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
                case 2606 -> catalog.row("pg_constraint", 2667, oid).map(this::constraint);
                case 2604 -> catalog.row("pg_attrdef", 2657, oid).flatMap(this::columnDefault);
                case 2618 -> catalog.row("pg_rewrite", 2692, oid).flatMap(r -> on(r.number("ev_class"), "rule", r.text("rulename")))
                        .map(i -> new ObjectIdentity(i.type, i.schema, Optional.empty(), i.name, i.identity, i.names, i.arguments));
                case 2620 -> catalog.row("pg_trigger", 2702, oid).flatMap(r -> on(r.number("tgrelid"), "trigger", r.text("tgname")));
                case 3256 -> catalog.row("pg_policy", 3257, oid).flatMap(r -> on(r.number("polrelid"), "policy", r.text("polname")));
                case 2617 -> catalog.operator(oid).map(this::operator);
                case 1418 -> catalog.row("pg_user_mapping", 174, oid).map(this::userMapping);
                case 826 -> catalog.row("pg_default_acl", 828, oid).map(this::defaults);
                case 2605 -> catalog.row("pg_cast", 2660, oid).map(this::cast);
                case 2616 -> catalog.row("pg_opclass", 2687, oid).map(r -> ofMethod("operator class", r, "opc"));
                case 2753 -> catalog.row("pg_opfamily", 2755, oid).map(r -> ofMethod("operator family", r, "opf"));
                case 2602 -> catalog.row("pg_amop", 2756, oid).map(r -> member("operator", r, r.number("amopstrategy"), "amop"));
                case 2603 -> catalog.row("pg_amproc", 2757, oid).map(r -> member("function", r, r.number("amprocnum"), "amproc"));
                default -> NamedKind.of(catalogOid).flatMap(k -> k.row(catalog, oid).map(r -> named(k, r)));
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

        private ObjectIdentity named(NamedKind kind, CatalogRow row) {
            String name = row.text(kind.name());
            if (!kind.hasSchema()) {
                return new ObjectIdentity(kind.word(), Optional.empty(), Optional.empty(), Optional.of(name), Identifiers.quote(name), List.of(name), List.of());
            }
            String schema = schema(row.number(kind.schema()));
            return new ObjectIdentity(kind.word(), Optional.of(schema), Optional.empty(), Optional.of(name), qualified(row.number(kind.schema()), name),
                    List.of(schema, name), List.of());
        }

        private ObjectIdentity operator(OperatorRow o) {
            String left = o.left() == 0 ? "NONE" : typeText(o.left());
            String schema = schema(o.namespace());
            List<String> types = o.left() == 0 ? List.of(typeText(o.right())) : List.of(left, typeText(o.right()));
            return new ObjectIdentity("operator", Optional.of(schema), Optional.empty(), Optional.empty(), Identifiers.quote(schema) + "." + o.name() + "(" + left
                    + "," + typeText(o.right()) + ")", List.of(schema, o.name()), types);
        }

        /** An object that its names and arguments identify. */
        private static ObjectIdentity plain(String type, String identity, List<String> names, List<String> arguments) {
            return new ObjectIdentity(type, Optional.empty(), Optional.empty(), Optional.empty(), identity, names, arguments);
        }

        private ObjectIdentity userMapping(CatalogRow r) {
            String user = r.number("umuser") == 0 ? "public" : catalog.role(r.number("umuser")).map(RoleRow::name).orElse("");
            String server = of(1417, r.number("umserver"), 0).flatMap(ObjectIdentity::name).orElse("");
            return plain("user mapping", Identifiers.quote(user) + " on server " + server, List.of(user), List.of(server));
        }

        private ObjectIdentity defaults(CatalogRow r) {
            String kind = switch (r.letter("defaclobjtype")) {
                case 'r' -> "tables";
                case 'S' -> "sequences";
                case 'f' -> "functions";
                case 'T' -> "types";
                case 'n' -> "schemas";
                default -> "large objects";
            };
            String role = catalog.role(r.number("defaclrole")).map(RoleRow::name).orElse("");
            Optional<String> schema = Optional.of(r.number("defaclnamespace")).filter(n -> n != 0).map(this::schema);
            return plain("default acl", "for role " + Identifiers.quote(role) + schema.map(s -> " in schema " + Identifiers.quote(s)).orElse("") + " on " + kind,
                    schema.map(s -> List.of(role, s)).orElse(List.of(role)), List.of(Character.toString(r.letter("defaclobjtype"))));
        }

        private ObjectIdentity cast(CatalogRow r) {
            String from = typeText(r.number("castsource"));
            String to = typeText(r.number("casttarget"));
            return plain("cast", "(" + from + " AS " + to + ")", List.of(from), List.of(to));
        }

        private String method(int oid) {
            return catalog.row("pg_am", 2652, oid).map(r -> r.text("amname")).orElse("");
        }

        /** An operator class or family; {@code prefix} is that of its catalog's columns. */
        private ObjectIdentity ofMethod(String type, CatalogRow r, String prefix) {
            String method = method(r.number(prefix + "method"));
            String schema = schema(r.number(prefix + "namespace"));
            String name = r.text(prefix + "name");
            return new ObjectIdentity(type, Optional.of(schema), Optional.empty(), Optional.of(name), qualified(r.number(prefix + "namespace"), name) + " USING "
                    + Identifiers.quote(method), List.of(method, schema, name), List.of());
        }

        /** An operator or function of a family. */
        private ObjectIdentity member(String type, CatalogRow r, int number, String prefix) {
            ObjectIdentity family = of(2753, r.number(prefix + "family"), 0).orElseThrow();
            List<String> types = List.of(typeText(r.number(prefix + "lefttype")), typeText(r.number(prefix + "righttype")));
            List<String> names = new ArrayList<>(family.names);
            names.add(Integer.toString(number));
            return plain(type + " of access method", type + " " + number + " (" + String.join(", ", types) + ") of " + family.identity, names, types);
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
