package org.gajah.sysfunc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.AnalyzeContext;
import org.gajah.analyze.Names;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.OperatorRow;
import org.gajah.catalog.ProcRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.RoleRow;
import org.gajah.catalog.SchemaRow;
import org.gajah.catalog.TypeRow;
import org.gajah.parse.Parser;
import org.gajah.type.Oids;

/** The names that regclass, regtype and their kin read and write. PostgreSQL manual, section 8.19. */
public final class RegNames {
    private RegNames() {
    }

    /** The oid that a name stands for; {@code kind} is the reg type. Numbers stand for themselves, a dash for 0. */
    public static int resolve(int kind, Slice text, AnalyzeContext context) {
        String name = text.toString();
        if (name.equals("-")) {
            return 0;
        }
        if (!name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return (int) Long.parseLong(name);
        }
        Catalog catalog = context.catalog();
        return switch (kind) {
            case Oids.REGCLASS -> relation(Identifiers.split(name), context);
            case Oids.REGTYPE -> type(text, context);
            case Oids.REGNAMESPACE -> catalog.schema(Identifiers.single(name)).map(SchemaRow::oid).orElseThrow(
                    () -> new SqlError(SqlState.INVALID_SCHEMA_NAME, "schema \"" + name + "\" does not exist"));
            case Oids.REGROLE -> catalog.role(Identifiers.single(name)).map(RoleRow::oid).orElseThrow(
                    () -> new SqlError(SqlState.UNDEFINED_OBJECT, "role \"" + Identifiers.single(name) + "\" does not exist"));
            case Oids.REGPROC -> function(name, context);
            case Oids.REGPROCEDURE -> procedure(name, context);
            case Oids.REGCOLLATION -> collation(name, context);
            case Oids.REGOPER -> operator(name, context);
            case Oids.REGOPERATOR -> operatorOfTypes(name, context);
            case Oids.REGCONFIG -> textSearch("configuration", "pg_ts_config", 3608, name, context);
            case Oids.REGDICTIONARY -> textSearch("dictionary", "pg_ts_dict", 3604, name, context);
            default -> throw SqlError.notSupported("input of type with OID " + kind + " by name is not supported");
        };
    }

    private static int relation(List<String> parts, AnalyzeContext context) {
        if (parts.size() > 3) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "improper relation name (too many dotted names): " + String.join(".", parts));
        }
        return Names.relation(parts, context).oid();
    }

    /** An error's place in the name is none in the statement. */
    private static int type(Slice text, AnalyzeContext context) {
        try {
            return Names.type(Parser.parseTypeName(text), context).type();
        } catch (SqlError e) {
            throw e.at(0);
        }
    }

    /** The operators of a name that stands for them under the search path, or in its schema. */
    private static List<OperatorRow> operators(String name, AnalyzeContext context) {
        int dot = name.lastIndexOf('.');
        List<OperatorRow> named = context.catalog().operators(name.substring(dot + 1));
        if (dot >= 0) {
            String schema = Identifiers.single(name.substring(0, dot));
            return named.stream().filter(o -> context.catalog().schema(schema).map(s -> s.oid() == o.namespace()).orElse(false)).toList();
        }
        return named.stream().filter(o -> context.searchPath().contains(o.namespace())).toList();
    }

    private static int operator(String name, AnalyzeContext context) {
        List<OperatorRow> found = operators(name.strip(), context);
        if (found.isEmpty()) {
            throw new SqlError(SqlState.UNDEFINED_FUNCTION, "operator does not exist: " + name);
        }
        if (found.size() > 1) {
            throw new SqlError(SqlState.AMBIGUOUS_FUNCTION, "more than one operator named " + name);
        }
        return found.getFirst().oid();
    }

    /** A name with the types of its two operands, of which NONE may be the left one. */
    private static int operatorOfTypes(String text, AnalyzeContext context) {
        List<Integer> wanted = new ArrayList<>();
        for (String operand : arguments(text)) {
            wanted.add(operand.equalsIgnoreCase("none") ? 0 : type(Slice.of(operand), context));
        }
        if (wanted.size() != 2) {
            throw wanted.size() > 2 ? new SqlError(SqlState.TOO_MANY_ARGUMENTS, "too many arguments").hint("Provide two argument types for operator.")
                    : new SqlError(SqlState.UNDEFINED_PARAMETER, "missing argument").hint("Use NONE to denote the missing argument of a unary operator.");
        }
        return operators(text.substring(0, text.indexOf('(')).strip(), context).stream()
                .filter(o -> o.left() == wanted.getFirst() && o.right() == wanted.getLast()).map(OperatorRow::oid).findFirst()
                .orElseThrow(() -> new SqlError(SqlState.UNDEFINED_FUNCTION, "operator does not exist: " + text));
    }

    /** The types between the parentheses behind a name. */
    private static List<String> arguments(String text) {
        int open = text.indexOf('(');
        if (open < 0) {
            throw new SqlError(SqlState.INVALID_TEXT_REPRESENTATION, "expected a left parenthesis");
        }
        String list = text.substring(open + 1).strip();
        if (!list.endsWith(")")) {
            throw new SqlError(SqlState.INVALID_TEXT_REPRESENTATION, "expected a right parenthesis");
        }
        String types = list.substring(0, list.length() - 1).strip();
        return types.isEmpty() ? List.of() : typeList(types);
    }

    private static int function(String name, AnalyzeContext context) {
        List<String> parts = Identifiers.split(name);
        List<ProcRow> found = context.catalog().functions(parts.getLast()).stream()
                .filter(f -> parts.size() == 1 ? isSearched(f, context)
                        : context.catalog().schema(parts.getFirst()).map(s -> s.oid() == f.namespace()).orElse(false)).toList();
        if (found.isEmpty()) {
            throw new SqlError(SqlState.UNDEFINED_FUNCTION, "function \"" + name + "\" does not exist");
        }
        if (found.size() > 1) {
            throw new SqlError(SqlState.AMBIGUOUS_FUNCTION, "more than one function named \"" + name + "\"");
        }
        return found.getFirst().oid();
    }

    /** A name with the types of its arguments. */
    private static int procedure(String text, AnalyzeContext context) {
        List<Integer> wanted = arguments(text).stream().map(t -> type(Slice.of(t), context)).toList();
        List<String> parts = Identifiers.split(text.substring(0, text.indexOf('(')).strip());
        return context.catalog().functions(parts.getLast()).stream().filter(f -> f.argTypes().equals(wanted))
                .filter(f -> parts.size() == 1 ? isSearched(f, context)
                        : context.catalog().schema(parts.getFirst()).map(s -> s.oid() == f.namespace()).orElse(false))
                .map(ProcRow::oid).findFirst().orElseThrow(() -> new SqlError(SqlState.UNDEFINED_FUNCTION, "function \"" + text + "\" does not exist"));
    }

    /** Cuts at the commas that stand in no parentheses. */
    private static List<String> typeList(String text) {
        List<String> types = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ',';
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                types.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        return types;
    }

    private static int collation(String name, AnalyzeContext context) {
        List<String> parts = Identifiers.split(name);
        for (int namespace : context.searchPath()) {
            var found = context.catalog().collation(parts.getLast(), namespace);
            if (found.isPresent()) {
                return found.get().oid();
            }
        }
        throw new SqlError(SqlState.UNDEFINED_OBJECT, "collation \"" + name + "\" for encoding \"UTF8\" does not exist");
    }

    private static int textSearch(String what, String catalog, int index, String name, AnalyzeContext context) {
        List<String> parts = Identifiers.split(name);
        if (parts.size() > 3) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "improper qualified name (too many dotted names): " + name);
        }
        List<Integer> schemas = parts.size() == 1 ? context.searchPath()
                : context.catalog().schema(parts.get(parts.size() - 2)).map(SchemaRow::oid).stream().toList();
        return schemas.stream().flatMap(schema -> context.catalog().row(catalog, index, Slice.of(parts.getLast()), schema).stream())
                .map(row -> row.number("oid")).findFirst()
                .orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT, "text search " + what + " \"" + name + "\" does not exist"));
    }

    private static Optional<String> textSearch(String catalog, int index, int oid, String prefix, AnalyzeContext context) {
        return context.catalog().row(catalog, index, oid).map(row -> {
            String schema = context.searchPath().contains(row.number(prefix + "namespace")) ? ""
                    : context.catalog().schema(row.number(prefix + "namespace")).map(s -> Identifiers.quote(s.name()) + ".").orElse("");
            return schema + Identifiers.quote(row.text(prefix + "name"));
        });
    }

    /** The name that would be typed under the search path, qualified where need be; the number if there is no such object. */
    public static String name(int kind, int oid, AnalyzeContext context) {
        if (oid == 0) {
            return "-";
        }
        Catalog catalog = context.catalog();
        Optional<String> name = switch (kind) {
            case Oids.REGCLASS -> catalog.relation(oid).map(r -> relation(r, context));
            case Oids.REGTYPE -> catalog.type(oid).map(t -> typeName(oid, -1, context));
            case Oids.REGNAMESPACE -> catalog.schema(oid).map(s -> Identifiers.quote(s.name()));
            case Oids.REGROLE -> catalog.role(oid).map(r -> Identifiers.quote(r.name()));
            case Oids.REGPROC -> catalog.function(oid).map(f -> procedure(f, context));
            case Oids.REGPROCEDURE -> catalog.function(oid).map(f -> procedure(f, context) + arguments(f.argTypes(), context));
            case Oids.REGOPER -> catalog.operator(oid).map(o -> operator(o, context));
            case Oids.REGOPERATOR -> catalog.operator(oid).map(o -> operator(o, context) + operands(o, context));
            case Oids.REGCOLLATION -> catalog.collation(oid).map(c -> Identifiers.quote(c.name()));
            case Oids.REGCONFIG -> textSearch("pg_ts_config", 3712, oid, "cfg", context);
            case Oids.REGDICTIONARY -> textSearch("pg_ts_dict", 3605, oid, "dict", context);
            default -> Optional.empty();
        };
        return name.orElse(Integer.toUnsignedString(oid));
    }

    /** A relation's name, qualified unless the search path finds it first. */
    public static String relation(Relation relation, AnalyzeContext context) {
        for (int namespace : context.searchPath()) {
            Optional<Relation> found = context.catalog().relation(relation.name(), namespace);
            if (found.isPresent()) {
                return found.get().oid() == relation.oid() ? Identifiers.quote(relation.name()) : qualified(relation.namespace(), relation.name(), context);
            }
        }
        return qualified(relation.namespace(), relation.name(), context);
    }

    /** A name behind its schema. */
    static String qualified(int namespace, String name, AnalyzeContext context) {
        String schema = context.catalog().schema(namespace).map(SchemaRow::name).orElse("pg_temp");
        return Identifiers.quote(schema) + "." + Identifiers.quote(name);
    }

    private static String procedure(ProcRow f, AnalyzeContext context) {
        boolean alone = isSearched(f, context);
        return alone ? Identifiers.quote(f.name()) : qualified(f.namespace(), f.name(), context);
    }

    /** Whether a function is found without its schema: in pg_temp it never is. */
    private static boolean isSearched(ProcRow f, AnalyzeContext context) {
        return f.namespace() != context.temporaryNamespace() && context.searchPath().contains(f.namespace());
    }

    /** A function's name, with its schema where it needs it, and its input types: as regprocedure shows it. */
    public static String signature(ProcRow f, AnalyzeContext context) {
        return procedure(f, context) + arguments(f.argTypes(), context);
    }

    private static String arguments(List<Integer> types, AnalyzeContext context) {
        return "(" + String.join(",", types.stream().map(t -> typeName(t, -1, context)).toList()) + ")";
    }

    private static String operator(OperatorRow o, AnalyzeContext context) {
        return context.searchPath().contains(o.namespace()) ? o.name()
                : Identifiers.quote(context.catalog().schema(o.namespace()).map(SchemaRow::name).orElse("")) + "." + o.name();
    }

    private static String operands(OperatorRow o, AnalyzeContext context) {
        String left = o.left() == 0 ? "NONE" : typeName(o.left(), -1, context);
        return "(" + left + "," + typeName(o.right(), -1, context) + ")";
    }

    /** format_type: SQL's name where there is one, else the name under the search path; with the modifier. */
    public static String typeName(int oid, int typmod, AnalyzeContext context) {
        Optional<TypeRow> row = context.catalog().type(oid);
        if (row.isEmpty()) {
            return oid == 0 ? "-" : "???";
        }
        TypeRow type = row.get();
        // the two vectors of the catalogs have elements but names of their own
        if (type.trueArray() && oid != Oids.INT2VECTOR && oid != Oids.OIDVECTOR) {
            return typeName(type.element(), typmod, context) + "[]";
        }
        return FormatType.standard(oid, typmod).orElseGet(() -> {
            boolean visible = visible(type, context);
            String name = visible ? Identifiers.quote(type.name()) : qualified(type.namespace(), type.name(), context);
            return typmod >= 0 ? name + "(" + typmod + ")" : name;
        });
    }

    private static boolean visible(TypeRow type, AnalyzeContext context) {
        for (int namespace : context.searchPath()) {
            Optional<TypeRow> found = context.catalog().type(type.name(), namespace);
            if (found.isPresent()) {
                return found.get().oid() == type.oid();
            }
        }
        return false;
    }
}
