package org.gajah.command;

import java.util.List;
import java.util.Locale;

import org.gajah.analyze.Names;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.FunctionParameter;
import org.gajah.ast.ObjectKind;
import org.gajah.ast.ObjectRef;
import org.gajah.catalog.ProcRow;
import org.gajah.catalog.SchemaRow;
import org.gajah.sysfunc.RegNames;

/** Finds the function, procedure or aggregate that a statement names by its signature. */
final class Routines {
    private final CommandContext context;

    Routines(CommandContext context) {
        this.context = context;
    }

    ProcRow find(ObjectRef.OfFunction ref, String word) {
        boolean all = !ref.unspecified() || word.equals("routine");
        List<ProcRow> named = context.catalog().functions(ref.name().getLast()).stream().filter(f -> isVisible(f, ref.name()))
                .filter(f -> all || word(f).equals(word)).toList();
        String name = String.join(".", ref.name());
        if (ref.unspecified()) {
            if (named.isEmpty()) {
                throw new SqlError(SqlState.UNDEFINED_FUNCTION, "could not find a " + word + " named \"" + name + "\"");
            }
            if (named.size() > 1) {
                throw new SqlError(SqlState.AMBIGUOUS_FUNCTION, word + " name \"" + name + "\" is not unique")
                        .hint("Specify the argument list to select the " + word + " unambiguously.");
            }
            return named.getFirst();
        }
        List<Integer> types = ref.arguments().stream().filter(Routines::isInput)
                .map(p -> Names.type(p.type(), context.analysis()).type()).toList();
        return named.stream().filter(f -> f.argTypes().equals(types)).findFirst().orElseThrow(() -> new SqlError(SqlState.UNDEFINED_FUNCTION,
                word + " " + name + "(" + String.join(", ", types.stream().map(t -> RegNames.typeName(t, -1, context.analysis())).toList())
                        + ") does not exist"));
    }

    /** What messages call it. */
    static String word(ProcRow f) {
        return switch (f.kind()) {
            case 'p' -> "procedure";
            case 'a' -> "aggregate";
            default -> "function";
        };
    }

    /** The same for ALTER, DROP and COMMENT, which say what kind of routine they mean. */
    ObjectLookup.Found require(ObjectKind kind, ObjectRef.OfFunction ref, boolean drop) {
        String word = kind.words().toLowerCase(Locale.ROOT);
        ProcRow found = find(ref, word);
        if (drop && kind == ObjectKind.FUNCTION && found.kind() == 'a') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "\"" + found.name() + "\" is an aggregate function")
                    .hint("Use DROP AGGREGATE to drop aggregate functions.");
        }
        boolean fits = switch (kind) {
            case FUNCTION -> found.kind() != 'p';
            case PROCEDURE -> found.kind() == 'p';
            case AGGREGATE -> found.kind() == 'a';
            default -> true;
        };
        if (!fits) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, RegNames.signature(found, context.analysis()) + " is not " + ObjectLookup.article(word));
        }
        return new ObjectLookup.Found(new Dependencies.Ref(Dependencies.PROC, found.oid(), 0), found.owner(), word(found), found.name());
    }

    private static boolean isInput(FunctionParameter p) {
        return p.mode() != FunctionParameter.Mode.OUT && p.mode() != FunctionParameter.Mode.TABLE;
    }

    private boolean isVisible(ProcRow f, List<String> name) {
        int temporary = context.analysis().temporaryNamespace();
        if (name.size() == 1) {
            return f.namespace() != temporary && context.analysis().searchPath().contains(f.namespace());
        }
        return name.get(name.size() - 2).equals("pg_temp") ? f.namespace() == temporary : context.catalog().schema(name.get(name.size() - 2)).map(SchemaRow::oid).filter(s -> s == f.namespace()).isPresent();
    }
}
