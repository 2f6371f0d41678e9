package org.gajah.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gajah.ast.DefElem;
import org.gajah.ast.DefElem.Value;
import org.gajah.ast.ForeignStatement;
import org.gajah.ast.ForeignStatement.ImportScope;
import org.gajah.ast.ObjectKind;
import org.gajah.ast.ObjectRef;
import org.gajah.ast.Persistence;
import org.gajah.ast.RangeVar;
import org.gajah.ast.RoleSpec;
import org.gajah.ast.Statement;
import org.gajah.ast.TableStatement.CreateTable;

/** SQL/MED: wrappers, servers, user mappings, foreign tables. */
final class ForeignGrammar {
    private final Grammar g;
    private final TokenStream t;

    ForeignGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** FOREIGN and what follows, behind CREATE. */
    Statement create() {
        if (t.at(Keyword.FOREIGN, Keyword.TABLE)) {
            t.skip();
            CreateTable table = g.tables.createForeign(Persistence.PERMANENT);
            t.expect(Keyword.SERVER);
            String server = t.colId();
            return new ForeignStatement.CreateForeignTable(table, server, g.options.genericOptions());
        }
        t.expect(Keyword.FOREIGN, Keyword.DATA, Keyword.WRAPPER);
        String name = t.colId();
        List<DefElem> functions = functions();
        return new ForeignStatement.CreateWrapper(name, functions, g.options.genericOptions());
    }

    private List<DefElem> functions() {
        List<DefElem> functions = new ArrayList<>(2);
        while (true) {
            int location = t.location();
            boolean no = t.at(Keyword.NO);
            Keyword word = t.keyword(no ? 1 : 0);
            if (word != Keyword.HANDLER && word != Keyword.VALIDATOR) {
                if (no) {
                    throw t.syntaxError(1);
                }
                return List.copyOf(functions);
            }
            t.skip();
            if (no) {
                t.skip();
                functions.add(DefElem.of(word.word(), location));
            } else {
                functions.add(DefElem.of(word.word(), new Value.Names(t.anyName()), location));
            }
        }
    }

    /** SERVER and what follows, behind CREATE. */
    Statement createServer() {
        t.expect(Keyword.SERVER);
        boolean ifNotExists = t.ifNotExists();
        String name = t.colId();
        Optional<String> type = t.after(Keyword.TYPE, t::string);
        Optional<String> version = Optional.empty();
        if (t.accept(Keyword.VERSION)) {
            version = t.accept(Keyword.NULL) ? Optional.empty() : Optional.of(t.string());
        }
        t.expect(Keyword.FOREIGN, Keyword.DATA, Keyword.WRAPPER);
        String wrapper = t.colId();
        return new ForeignStatement.CreateServer(name, ifNotExists, type, version, wrapper,
                g.options.genericOptions());
    }

    /** The user of a mapping: a role, or USER. */
    RoleSpec mappedUser() {
        int location = t.location();
        return t.accept(Keyword.USER) ? new RoleSpec(RoleSpec.Kind.CURRENT_USER, "", location) : g.names.role();
    }

    /** USER MAPPING and what follows, behind CREATE. */
    Statement createUserMapping() {
        t.expect(Keyword.USER, Keyword.MAPPING);
        boolean ifNotExists = t.accept(Keyword.IF);
        if (ifNotExists) {
            t.expect(Keyword.NOT, Keyword.EXISTS);
        }
        t.expect(Keyword.FOR);
        RoleSpec user = mappedUser();
        t.expect(Keyword.SERVER);
        String server = t.colId();
        return new ForeignStatement.CreateUserMapping(user, server, ifNotExists, g.options.genericOptions());
    }

    /** USER MAPPING and what follows, behind ALTER. */
    Statement alterUserMapping() {
        t.expect(Keyword.USER, Keyword.MAPPING, Keyword.FOR);
        RoleSpec user = mappedUser();
        t.expect(Keyword.SERVER);
        String server = t.colId();
        return new ForeignStatement.AlterUserMapping(user, server, g.options.alterGenericOptions());
    }

    /** ROUTINE MAPPING and what follows, behind CREATE. */
    Statement createRoutineMapping() {
        if (!t.at(Keyword.ROUTINE, Keyword.MAPPING)) {
            throw t.syntaxError();
        }
        t.expect(Keyword.ROUTINE, Keyword.MAPPING);
        String name = t.colId();
        t.expect(Keyword.FOR);
        boolean known = t.at(Keyword.FUNCTION) || t.at(Keyword.ROUTINE);
        if (!known) {
            throw t.syntaxError();
        }
        ObjectRef function = g.objects.reference(g.objects.functionKind());
        t.expect(Keyword.SERVER);
        String server = t.colId();
        return new ForeignStatement.CreateRoutineMapping(name, (ObjectRef.OfFunction) function, server, g.options.genericOptions());
    }

    /** Whether a routine mapping is meant behind ALTER, and not a routine of that name. */
    boolean atAlterRoutineMapping() {
        return t.at(Keyword.ROUTINE, Keyword.MAPPING) && t.keyword(3) == Keyword.OPTIONS;
    }

    /** ROUTINE MAPPING and what follows, behind ALTER. */
    Statement alterRoutineMapping() {
        t.expect(Keyword.ROUTINE, Keyword.MAPPING);
        String name = t.colId();
        return new ForeignStatement.AlterRoutineMapping(name, g.options.alterGenericOptions());
    }

    /** Whether a routine mapping is meant behind DROP, and not a routine of that name. */
    boolean atDropRoutineMapping() {
        boolean end = t.keyword(2) == Keyword.CASCADE || t.keyword(2) == Keyword.RESTRICT;
        return t.at(Keyword.ROUTINE, Keyword.MAPPING) && t.atColId(2) && !end;
    }

    /** ROUTINE MAPPING and what follows, behind DROP. */
    Statement dropRoutineMapping() {
        t.expect(Keyword.ROUTINE, Keyword.MAPPING);
        boolean missingOk = t.ifExists();
        return new ForeignStatement.DropRoutineMapping(t.colId(), missingOk);
    }

    /** FOREIGN DATA WRAPPER and what follows, behind ALTER. */
    Statement alterWrapper() {
        t.expect(Keyword.FOREIGN, Keyword.DATA, Keyword.WRAPPER);
        int location = t.location();
        String name = t.colId();
        Optional<Statement> common = g.alters.common(ObjectKind.FOREIGN_DATA_WRAPPER,
                new ObjectRef.Named(List.of(name), location), false);
        if (common.isPresent()) {
            return common.get();
        }
        List<DefElem> functions = functions();
        List<DefElem> options = functions.isEmpty() || t.at(Keyword.OPTIONS)
                ? g.options.alterGenericOptions() : List.of();
        return new ForeignStatement.AlterWrapper(name, functions, options);
    }

    /** SERVER and what follows, behind ALTER. */
    Statement alterServer() {
        t.expect(Keyword.SERVER);
        int location = t.location();
        String name = t.colId();
        Optional<Statement> common = g.alters.common(ObjectKind.SERVER, new ObjectRef.Named(List.of(name), location),
                false);
        if (common.isPresent()) {
            return common.get();
        }
        boolean hasVersion = t.accept(Keyword.VERSION);
        Optional<String> version = Optional.empty();
        if (hasVersion) {
            version = t.accept(Keyword.NULL) ? Optional.empty() : Optional.of(t.string());
        }
        List<DefElem> options = !hasVersion || t.at(Keyword.OPTIONS) ? g.options.alterGenericOptions() : List.of();
        return new ForeignStatement.AlterServer(name, hasVersion, version, options);
    }

    Statement importSchema() {
        t.expect(Keyword.IMPORT, Keyword.FOREIGN, Keyword.SCHEMA);
        String remote = t.colId();
        ImportScope scope = ImportScope.ALL;
        if (t.accept(Keyword.LIMIT)) {
            t.expect(Keyword.TO);
            scope = ImportScope.LIMIT_TO;
        } else if (t.accept(Keyword.EXCEPT)) {
            scope = ImportScope.EXCEPT;
        }
        List<RangeVar> tables = scope == ImportScope.ALL ? List.of() : t.parenthesized(g.names::relation);
        t.expect(Keyword.FROM, Keyword.SERVER);
        String server = t.colId();
        t.expect(Keyword.INTO);
        String local = t.colId();
        return new ForeignStatement.ImportForeignSchema(remote, scope, tables, server, local,
                g.options.genericOptions());
    }
}
