package org.gajah.sysfunc;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.AnalyzeContext;
import org.gajah.analyze.Names;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.OperatorRow;
import org.gajah.catalog.ProcRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.RoleRow;
import org.gajah.catalog.SchemaRow;
import org.gajah.parse.Parser;

/** Finds objects by the names and arguments that pg_identify_object_as_address gives: the other way round of {@link ObjectIdentity}. */
final class ObjectAddresses {
    private static final int CLASS = 1259;
    private static final int TYPE = 1247;

    /** An object: its catalog, its oid there, and a column or 0. */
    record Address(int catalog, int oid, int column) {
    }

    private final CatalogView catalog;
    private final AnalyzeContext analysis;

    ObjectAddresses(SystemContext context) {
        this.catalog = context.catalog();
        this.analysis = VisibilityFunctions.analysis(context);
    }

    Address find(String type, List<String> names, List<String> arguments) {
        return switch (type) {
            case "table", "index", "sequence", "view", "materialized view", "foreign table" -> relation(type, some(names));
            case "table column", "foreign table column" -> column(type, some(names));
            case "type" -> new Address(TYPE, type(exactly(1, names).getFirst()), 0);
            case "function", "procedure", "aggregate" -> new Address(1255, routine(type, some(names), arguments), 0);
            case "operator" -> operator(some(names), arguments);
            case "domain constraint" -> domainConstraint(exactly(1, names).getFirst(), argument(arguments));
            case "table constraint" -> new Address(2606, part(type, names, "pg_constraint", 2665, List.of(0)), 0);
            case "trigger" -> new Address(2620, part(type, names, "pg_trigger", 2701, List.of()), 0);
            case "policy" -> new Address(3256, part(type, names, "pg_policy", 3258, List.of()), 0);
            case "rule" -> new Address(2618, part(type, names, "pg_rewrite", 2693, List.of()), 0);
            case "default value" -> columnDefault(some(names));
            case "cast" -> cast(exactly(1, names).getFirst(), argument(arguments));
            case "user mapping" -> userMapping(exactly(1, names).getFirst(), argument(arguments));
            case "default acl" -> defaults(some(names), argument(arguments));
            case "operator class" -> ofMethod(2616, type, names, "pg_opclass", 2686);
            case "operator family" -> ofMethod(2753, type, names, "pg_opfamily", 2754);
            case "operator of access method" -> new Address(2602, member(type, names, arguments, "pg_amop", 2653), 0);
            case "function of access method" -> new Address(2603, member(type, names, arguments, "pg_amproc", 2655), 0);
            default -> named(NamedKind.of(type).orElseThrow(() -> unknown(type)), names);
        };
    }

    private static SqlError invalid(String message) {
        return new SqlError(SqlState.INVALID_PARAMETER_VALUE, message);
    }

    private static SqlError undefined(String message) {
        return new SqlError(SqlState.UNDEFINED_OBJECT, message);
    }

    private static SqlError unknown(String type) {
        return switch (type) {
            case "large object", "publication", "publication namespace", "publication relation", "subscription", "statistics object", "transform",
                 "parameter ACL" -> SqlError.notSupported("addresses of type \"" + type + "\" are not supported");
            case "toast table", "composite type", "index column", "sequence column", "toast table column", "view column", "materialized view column",
                 "composite type column", "role membership" -> invalid("unsupported object type \"" + type + "\"");
            default -> invalid("unrecognized object type \"" + type + "\"");
        };
    }

    private static List<String> some(List<String> names) {
        if (names.isEmpty()) {
            throw invalid("name list length must be at least 1");
        }
        return names;
    }

    private static List<String> exactly(int count, List<String> names) {
        if (names.size() != count) {
            throw invalid("name list length must be exactly " + count);
        }
        return names;
    }

    private static String argument(List<String> arguments) {
        if (arguments.size() != 1) {
            throw invalid("argument list length must be exactly 1");
        }
        return arguments.getFirst();
    }

    private int schema(String name) {
        return catalog.schema(name).map(SchemaRow::oid).orElseThrow(() -> new SqlError(SqlState.INVALID_SCHEMA_NAME, "schema \"" + name + "\" does not exist"));
    }

    /** Where a name is looked for. */
    private List<Integer> places(List<String> names) {
        return names.size() == 1 ? analysis.searchPath() : List.of(schema(names.get(names.size() - 2)));
    }

    private Address named(NamedKind kind, List<String> names) {
        if (!kind.hasSchema()) {
            String name = exactly(1, names).getFirst();
            return new Address(kind.catalog(), kind.row(catalog, name, 0).orElseThrow(() -> new SqlError(kind.word().equals("schema") ? SqlState.INVALID_SCHEMA_NAME
                    : kind.word().equals("database") ? SqlState.INVALID_CATALOG_NAME : SqlState.UNDEFINED_OBJECT,
                    kind.word() + " \"" + name + "\" does not exist")).number("oid"), 0);
        }
        String name = some(names).getLast();
        return new Address(kind.catalog(), places(names).stream().flatMap(place -> kind.row(catalog, name, place).stream()).findFirst()
                .orElseThrow(() -> undefined(kind.word() + " \"" + String.join(".", names) + "\"" + (kind.word().equals("collation") ? " for encoding \"UTF8\"" : "")
                        + " does not exist")).number("oid"), 0);
    }

    private Relation relation(List<String> names) {
        if (names.size() > 1) {
            schema(names.get(names.size() - 2));
        }
        try {
            return Names.relation(names, analysis);
        } catch (SqlError e) {
            throw e.at(0);
        }
    }

    private Address relation(String type, List<String> names) {
        Relation found = relation(names);
        String kinds = switch (type) {
            case "table" -> "rp";
            case "index" -> "iI";
            case "sequence" -> "S";
            case "view" -> "v";
            case "materialized view" -> "m";
            default -> "f";
        };
        if (kinds.indexOf(found.kind()) < 0) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "\"" + found.name() + "\" is not " + (type.startsWith("i") ? "an " : "a ") + type);
        }
        return new Address(CLASS, found.oid(), 0);
    }

    /** The relation in front of the last name. */
    private Relation owner(List<String> names) {
        if (names.size() < 2) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "must specify relation and object name");
        }
        return relation(names.subList(0, names.size() - 1));
    }

    private static int columnOf(Relation relation, String name) {
        return relation.columns().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow(() -> new SqlError(SqlState.UNDEFINED_COLUMN,
                "column \"" + name + "\" of relation \"" + relation.name() + "\" does not exist")).number();
    }

    private Address column(String type, List<String> names) {
        if (names.size() < 2) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "column name must be qualified");
        }
        Relation relation = owner(names);
        if (type.startsWith("foreign") != (relation.kind() == 'f')) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "\"" + relation.name() + "\" is not a " + (type.startsWith("foreign") ? "foreign table" : "table"));
        }
        return new Address(CLASS, relation.oid(), columnOf(relation, names.getLast()));
    }

    private Address columnDefault(List<String> names) {
        Relation relation = owner(names);
        int column = columnOf(relation, names.getLast());
        return new Address(2604, catalog.rows("pg_attrdef", 2656, relation.oid(), column).stream().findFirst().orElseThrow(() -> new SqlError(
                SqlState.UNDEFINED_COLUMN, "default value for column \"" + names.getLast() + "\" of relation \"" + String.join(".", names.subList(0, names.size() - 1))
                        + "\" does not exist")).number("oid"), 0);
    }

    /** A constraint, trigger, policy or rule of a relation; {@code between} are the key's fields between relation and name. */
    private int part(String type, List<String> names, String table, int index, List<Object> between) {
        Relation relation = owner(some(names));
        Object[] key = new Object[between.size() + 2];
        key[0] = relation.oid();
        for (int i = 0; i < between.size(); i++) {
            key[i + 1] = between.get(i);
        }
        key[key.length - 1] = Slice.of(names.getLast());
        String word = type.startsWith("table ") ? type.substring("table ".length()) : type;
        return catalog.row(table, index, key).orElseThrow(() -> undefined(word + " \"" + names.getLast() + "\" for "
                + (word.equals("rule") ? "relation" : "table") + " \"" + relation.name() + "\" does not exist")).number("oid");
    }

    private int type(String name) {
        try {
            return Names.type(Parser.parseTypeName(Slice.of(name)), analysis).type();
        } catch (SqlError e) {
            throw e.at(0);
        }
    }

    private String typeName(int oid) {
        return RegNames.typeName(oid, -1, analysis);
    }

    private int routine(String kind, List<String> names, List<String> arguments) {
        List<Integer> types = arguments.stream().map(this::type).toList();
        ProcRow found = places(names).stream().flatMap(place -> catalog.functions(names.getLast()).stream()
                .filter(f -> f.namespace() == place && f.argTypes().equals(types))).findFirst()
                .orElseThrow(() -> new SqlError(SqlState.UNDEFINED_FUNCTION, kind + " " + String.join(".", names) + "("
                        + String.join(", ", types.stream().map(this::typeName).toList()) + ") does not exist"));
        String word = found.kind() == 'p' ? "procedure" : found.kind() == 'a' ? "aggregate" : "function";
        if (!word.equals(kind)) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, kind.equals("aggregate") ? "function " + RegNames.signature(found, analysis) + " is not an aggregate"
                    : RegNames.signature(found, analysis) + " is not a " + kind);
        }
        return found.oid();
    }

    private Address operator(List<String> names, List<String> arguments) {
        if (arguments.size() != 2) {
            throw invalid("argument list length must be exactly 2");
        }
        int left = type(arguments.getFirst());
        int right = type(arguments.getLast());
        return new Address(2617, places(names).stream().flatMap(place -> catalog.operators(names.getLast()).stream()
                .filter(o -> o.namespace() == place && o.left() == left && o.right() == right)).findFirst().map(OperatorRow::oid)
                .orElseThrow(() -> new SqlError(SqlState.UNDEFINED_FUNCTION, "operator does not exist: " + typeName(left) + " " + String.join(".", names) + " "
                        + typeName(right))), 0);
    }

    private Address domainConstraint(String domain, String name) {
        int type = type(domain);
        return new Address(2606, catalog.row("pg_constraint", 2665, 0, type, Slice.of(name))
                .orElseThrow(() -> undefined("constraint \"" + name + "\" for domain " + typeName(type) + " does not exist")).number("oid"), 0);
    }

    private Address cast(String from, String to) {
        int source = type(from);
        int target = type(to);
        return new Address(2605, catalog.row("pg_cast", 2661, source, target)
                .orElseThrow(() -> undefined("cast from type " + typeName(source) + " to type " + typeName(target) + " does not exist")).number("oid"), 0);
    }

    private Address userMapping(String user, String server) {
        Optional<Integer> role = user.equals("public") ? Optional.of(0) : catalog.role(user).map(RoleRow::oid);
        Optional<CatalogRow> found = role.flatMap(r -> NamedKind.of("server").orElseThrow().row(catalog, server, 0)
                .flatMap(s -> catalog.row("pg_user_mapping", 175, r, s.number("oid"))));
        return new Address(1418, found.orElseThrow(() -> undefined("user mapping for user \"" + user + "\" on server \"" + server + "\" does not exist"))
                .number("oid"), 0);
    }

    private Address defaults(List<String> names, String kind) {
        int role = catalog.role(names.getFirst()).map(RoleRow::oid).orElseThrow(() -> undefined("role \"" + names.getFirst() + "\" does not exist"));
        int schema = names.size() > 1 ? schema(names.get(1)) : 0;
        return new Address(826, catalog.row("pg_default_acl", 827, role, schema, (int) kind.charAt(0)).orElseThrow(() -> undefined(
                "default ACL for user \"" + names.getFirst() + "\" on " + kind + " does not exist")).number("oid"), 0);
    }

    private Address ofMethod(int kind, String type, List<String> names, String table, int index) {
        if (names.size() < 2) {
            throw invalid("name list length must be at least 2");
        }
        int method = named(NamedKind.of("access method").orElseThrow(), names.subList(0, 1)).oid;
        List<String> name = names.subList(1, names.size());
        return new Address(kind, places(name).stream().flatMap(place -> catalog.row(table, index, method, Slice.of(name.getLast()), place).stream()).findFirst()
                .orElseThrow(() -> undefined(type + " \"" + String.join(".", name) + "\" does not exist for access method \"" + names.getFirst() + "\""))
                .number("oid"), 0);
    }

    private int member(String type, List<String> names, List<String> arguments, String table, int index) {
        if (names.size() < 3) {
            throw invalid("name list length must be at least 3");
        }
        if (arguments.size() != 2) {
            throw invalid("argument list length must be exactly 2");
        }
        int family = ofMethod(2753, "operator family", names.subList(0, names.size() - 1), "pg_opfamily", 2754).oid;
        int left = type(arguments.getFirst());
        int right = type(arguments.getLast());
        int number = Integer.parseInt(names.getLast());
        return catalog.row(table, index, family, left, right, number).orElseThrow(() -> undefined(type.split(" ")[0] + " " + number + " (" + arguments.getFirst()
                + ", " + arguments.getLast() + ") of operator family does not exist")).number("oid");
    }
}
