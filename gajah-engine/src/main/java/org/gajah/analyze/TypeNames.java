package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.AConst;
import org.gajah.ast.ColumnRef;
import org.gajah.ast.Expression;
import org.gajah.ast.TypeName;
import org.gajah.catalog.CollationRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.SchemaRow;
import org.gajah.catalog.TypeRow;

/** Turns names of schemas, types, collations and relations into oids by the search path. */
final class TypeNames {
    private static final String TEMPORARY = "pg_temp";

    private final Analysis a;

    TypeNames(Analysis analysis) {
        a = analysis;
    }

    /**
     * The schemas in which a name is searched: the one it is qualified with, or the path.
     *
     * @param temporary whether pg_temp counts: for relations and types, not for functions and operators
     */
    List<Integer> searchedNamespaces(List<String> name, boolean temporary) {
        if (name.size() == 1) {
            int hidden = temporary ? 0 : a.context.temporaryNamespace();
            return hidden == 0 ? a.context.searchPath() : a.context.searchPath().stream().filter(n -> n != hidden).toList();
        }
        if (name.size() > 3) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "improper qualified name (too many dotted names): " + String.join(".", name));
        }
        if (name.size() == 3 && !name.getFirst().equals(a.context.database())) {
            throw SqlError.notSupported("cross-database references are not implemented: " + String.join(".", name));
        }
        String schema = name.get(name.size() - 2);
        int found = namespace(schema).orElseThrow(
                () -> new SqlError(SqlState.INVALID_SCHEMA_NAME, "schema \"" + schema + "\" does not exist"));
        if (!a.context.usable().test(found)) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for schema " + schema);
        }
        return List.of(found);
    }

    Optional<Integer> namespace(String schema) {
        if (schema.equals(TEMPORARY) && a.context.temporaryNamespace() != 0) {
            return Optional.of(a.context.temporaryNamespace());
        }
        return a.catalog.schema(schema).map(SchemaRow::oid);
    }

    /** The type of a bare name, for casts written as calls; 0 if there is none. */
    int simple(List<String> name) {
        if (name.size() == 2 && namespace(name.getFirst()).isEmpty()) {
            return 0;
        }
        return find(name).filter(TypeRow::defined).map(TypeRow::oid).orElse(0);
    }

    private Optional<TypeRow> find(List<String> name) {
        for (int namespace : searchedNamespaces(name, true)) {
            Optional<TypeRow> found = a.catalog.type(name.getLast(), namespace);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** A type as written, with its modifier. */
    Types.Typed resolve(TypeName written) {
        if (written.percentType()) {
            return columnType(written);
        }
        TypeRow row;
        try {
            row = find(written.names()).orElseThrow(() -> missing(written));
        } catch (SqlError error) {
            throw error.position() == 0 ? error.at(written.location()) : error;
        }
        if (!row.defined()) {
            throw new SqlError(SqlState.UNDEFINED_OBJECT, "type \"" + written.dotted() + "\" is only a shell").at(written.location());
        }
        int typmod = typmod(written, row.oid());
        if (written.arrayBounds().isEmpty()) {
            return new Types.Typed(row.oid(), typmod);
        }
        if (row.array() == 0) {
            throw new SqlError(SqlState.UNDEFINED_OBJECT, "type \"" + written.dotted() + "[]\" does not exist").at(written.location());
        }
        return new Types.Typed(row.array(), typmod);
    }

    private static SqlError missing(TypeName written) {
        String array = written.arrayBounds().isEmpty() ? "" : "[]";
        return new SqlError(SqlState.UNDEFINED_OBJECT, "type \"" + written.dotted() + array + "\" does not exist").at(written.location());
    }

    private Types.Typed columnType(TypeName written) {
        List<String> names = written.names();
        List<String> relationName = names.subList(0, names.size() - 1);
        Relation relation = relation(relationName).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_TABLE,
                "relation \"" + String.join(".", relationName) + "\" does not exist").at(written.location()));
        Relation.Column column = relation.column(names.getLast()).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_COLUMN,
                "column \"" + names.getLast() + "\" of relation \"" + relation.name() + "\" does not exist").at(written.location()));
        a.notices.add(new SqlError(SqlState.SUCCESSFUL_COMPLETION, "type reference " + written.dotted() + "%TYPE converted to "
                + a.types.name(column.type())));
        return new Types.Typed(column.type(), column.typmod());
    }

    private int typmod(TypeName written, int type) {
        if (written.modifiers().isEmpty()) {
            return -1;
        }
        SqlError notAllowed = new SqlError(SqlState.SYNTAX_ERROR, "type modifier is not allowed for type \"" + written.dotted() + "\"")
                .at(written.location());
        List<Integer> values = new ArrayList<>();
        for (Expression modifier : written.modifiers()) {
            values.add(switch (modifier) {
                case AConst.Int i -> i.value();
                case AConst.Float f -> throw tooLarge(f.text(), written.location());
                case AConst.Text ignored -> throw notAllowed;
                case ColumnRef ignored -> throw notAllowed;
                default -> throw new SqlError(SqlState.SYNTAX_ERROR, "type modifiers must be simple constants or identifiers")
                        .at(written.location());
            });
        }
        try {
            List<SqlError> warnings = new ArrayList<>();
            int typmod = TypeModifiers.pack(type, values, warnings).orElseThrow(() -> notAllowed);
            warnings.forEach(w -> a.notices.add(w.at(written.location())));
            return typmod;
        } catch (SqlError error) {
            throw error.position() == 0 ? error.at(written.location()) : error;
        }
    }

    private static SqlError tooLarge(String text, int location) {
        return new SqlError(SqlState.INVALID_TEXT_REPRESENTATION, "invalid input syntax for type integer: \"" + text + "\"").at(location);
    }

    /** The collation of a name, or an error. */
    int collation(List<String> name, int location) {
        try {
            for (int namespace : searchedNamespaces(name, false)) {
                Optional<CollationRow> found = a.catalog.collation(name.getLast(), namespace);
                if (found.isPresent()) {
                    return found.get().oid();
                }
            }
        } catch (SqlError error) {
            throw error.at(location);
        }
        throw new SqlError(SqlState.UNDEFINED_OBJECT, "collation \"" + String.join(".", name) + "\" for encoding \"UTF8\" does not exist")
                .at(location);
    }

    /** A relation by a maybe qualified name. A schema that does not exist is the same as no relation. */
    Optional<Relation> relation(List<String> name) {
        if (name.size() > 1 && namespace(name.get(name.size() - 2)).isEmpty()) {
            return Optional.empty();
        }
        for (int namespace : searchedNamespaces(name, true)) {
            Optional<Relation> found = a.catalog.relation(name.getLast(), namespace);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
