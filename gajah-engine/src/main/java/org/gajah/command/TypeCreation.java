package org.gajah.command;

import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.TypeRow;
import org.gajah.command.Dependencies.Ref;

/** Makes the pg_type rows of a user's type and of its array type, and keeps their names apart. */
final class TypeCreation {
    private final CommandContext context;

    TypeCreation(CommandContext context) {
        this.context = context;
    }

    /** The row of a type whose array type has this oid. */
    interface Maker {
        NewType make(int arrayType);
    }

    /** The schema of a type's name, where CREATE puts it. */
    int namespace(List<String> name) {
        return name.size() == 1 ? context.creationNamespace() : new Namespaces(context).named(name.get(name.size() - 2));
    }

    /** Makes a type that stands for itself, with its array type; gives its oid. */
    int create(String name, int namespace, char align, Maker maker) {
        requireFreeName(name, namespace);
        int array = context.newOid();
        int type = context.newOid();
        write(name, namespace, type, array, align, maker);
        new Dependencies(context).normal(typeRef(type), new Ref(Dependencies.NAMESPACE, namespace, 0));
        context.changed();
        return type;
    }

    /** Writes a type's row and its array type's under oids that the caller has chosen. */
    void write(String name, int namespace, int type, int array, char align, Maker maker) {
        maker.make(array).write(type, context);
        NewType.array(arrayName(name, namespace), namespace, context.currentRole().oid(), type, align).write(array, context);
        new Dependencies(context).internal(typeRef(array), typeRef(type));
    }

    static Ref typeRef(int type) {
        return new Ref(Dependencies.TYPE, type, 0);
    }

    /** 42710 if a type has the name; an array type that was named by the server makes way. */
    void requireFreeName(String name, int namespace) {
        context.catalog().type(name, namespace).ifPresent(existing -> {
            if (!isServerNamed(existing)) {
                throw new SqlError(SqlState.DUPLICATE_OBJECT, "type \"" + name + "\" already exists");
            }
            rename(existing.oid(), arrayName(name, namespace));
            context.changed();
        });
    }

    private boolean isServerNamed(TypeRow type) {
        return type.trueArray() && context.catalog().type(type.element()).map(e -> e.array() == type.oid()).orElse(false);
    }

    /** Gives a type's row another name. */
    void rename(int type, String name) {
        CatalogRow row = context.catalog().row("pg_type", 2703, type).orElseThrow();
        context.writer().update(row, row.with("typname", Slice.of(name)));
    }

    /** An underscore in front, and a number behind where that is taken; cut to 63 bytes. */
    String arrayName(String base, int namespace) {
        String name = Names63.cut("_" + base);
        for (int i = 1; context.catalog().type(name, namespace).isPresent(); i++) {
            name = Names63.make("", base, Integer.toString(i));
        }
        return name;
    }
}
