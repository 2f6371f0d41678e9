package org.gajah.plpgsql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Names;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.TypeName;
import org.gajah.base.Slice;
import org.gajah.base.StackGuard;
import org.gajah.catalog.Relation;
import org.gajah.catalog.TypeRow;
import org.gajah.parse.CodeTokens;
import org.gajah.parse.Parser;
import org.gajah.spi.RoutineDefinition;
import org.gajah.spi.SpiParameters;
import org.gajah.spi.SpiSession;
import org.gajah.sysfunc.RegNames;
import org.gajah.type.Oids;

/** A text being read: where the reading is, and the variables so far. The grammars share one. */
final class Reading {
    final CodeTokens tokens;
    final RoutineDefinition function;
    final SpiSession session;
    final StackGuard stack = new StackGuard();
    final List<Variable> variables = new ArrayList<>();
    Scope scope = new Scope(Optional.empty(), "");
    Variable found;
    private final boolean validates;

    /** {@code validates} is for a function that is being made, or a DO: the syntax of all SQL in it is checked. */
    Reading(RoutineDefinition function, SpiSession session, boolean validates) {
        this.function = function;
        this.validates = validates;
        this.session = session;
        this.tokens = new CodeTokens(function.proc().source());
    }

    /** A variable's type and the like. */
    record Type(int oid, int typmod, int collation) {
    }

    Type type(int oid, int typmod) {
        return new Type(oid, typmod, session.catalog().type(oid).map(TypeRow::collation).orElse(0));
    }

    /** The type with the collation that COLLATE gives it. */
    Type collated(Type type) {
        int at = tokens.location();
        tokens.skip();
        List<String> name = new ArrayList<>();
        do {
            name.add(tokens.name());
        } while (tokens.accept("."));
        int collation = Names.collation(name, 0, session.analysis(SpiParameters.NONE));
        if (type.collation == 0) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "collations are not supported by type "
                    + RegNames.typeName(type.oid, -1, session.analysis(SpiParameters.NONE))).at(at);
        }
        return new Type(type.oid, type.typmod, collation);
    }

    /** Whether values of the type are rows. */
    boolean isRow(int type) {
        return type == Oids.RECORD || session.catalog().type(type).map(t -> t.kind() == 'c').orElse(false);
    }

    /** Declares a plain variable in the present block. */
    Variable declare(String name, Type type) {
        return declare(name, type, false, false, Optional.empty());
    }

    Variable declare(String name, Type type, boolean constant, boolean notNull, Optional<Code> initial) {
        Variable made = new Variable(variables.size(), name, type.oid, type.typmod, type.collation, constant, notNull, initial, Optional.empty(),
                List.of(), Optional.empty(), tokens.line());
        add(made);
        return made;
    }

    void add(Variable made) {
        variables.add(made);
        if (!made.name().isEmpty()) {
            scope.declare(made.name(), made.number());
        }
    }

    /** When a function is made: shadowed_variables of plpgsql.extra_errors and extra_warnings. */
    void warnOfShadow(String name, int at) {
        Optional<String> level = validates && find(name).isPresent() ? ExtraChecks.level(session.settings(), "shadowed_variables") : Optional.empty();
        level.ifPresent(l -> {
            SqlError error = new SqlError(SqlState.DUPLICATE_ALIAS, "variable \"" + name + "\" shadows a previously defined variable").at(at);
            if (l.equals("ERROR")) {
                throw error;
            }
            session.message(l, error);
        });
    }

    /** The name here, which is left standing. */
    String wordHere() {
        int start = tokens.mark();
        String name = tokens.name();
        tokens.reset(start);
        return name;
    }

    Optional<Variable> find(String name) {
        return scope.find(name).map(variables::get);
    }

    /** SQL up to one of these words or symbols, which is left standing; 42601 if there is none or nothing before it. */
    Code code(String... ends) {
        int start = tokens.mark();
        passTo(ends);
        if (tokens.mark() == start) {
            throw tokens.near("missing expression");
        }
        return checked(new Code(tokens.textFrom(start), scope), "SELECT ", start);
    }

    /** A code whose syntax, if that is looked at now, is right behind this prefix. */
    Code checked(Code code, String prefix, int start) {
        if (!validates) {
            return code;
        }
        try {
            Parser.parse(Slice.of(prefix + code.text()));
            return code;
        } catch (SqlError e) {
            int at = e.position() - prefix.length();
            if (at <= 0) {
                throw e;
            }
            int now = tokens.mark();
            tokens.reset(start);
            SqlError placed = e.at(tokens.location() + at - 1);
            tokens.reset(now);
            throw placed;
        }
    }

    /** A whole statement of SQL up to one of these. */
    Code statement(String... ends) {
        int start = tokens.mark();
        passTo(ends);
        if (tokens.mark() == start) {
            throw tokens.near("missing SQL statement");
        }
        return checked(new Code(tokens.textFrom(start), scope), "", start);
    }

    /** Goes on to one of these, outside of parentheses. */
    void passTo(String... ends) {
        int depth = 0;
        while (depth > 0 || !isAt(ends)) {
            if (tokens.atEnd() || tokens.at(";")) {
                throw depth > 0 ? tokens.near("mismatched parentheses") : tokens.atEnd() ? tokens.syntaxError()
                        : new SqlError(SqlState.SYNTAX_ERROR, "missing \"" + (ends[0].equals("from") ? "FROM or IN"
                                : ends[ends.length - 1].toUpperCase(java.util.Locale.ROOT)) + "\" at end of SQL expression").at(tokens.location());
            }
            depth += tokens.at("(") || tokens.at("[") ? 1 : tokens.at(")") || tokens.at("]") ? -1 : 0;
            if (depth < 0) {
                throw tokens.near("mismatched parentheses");
            }
            tokens.skip();
        }
    }

    private boolean isAt(String[] ends) {
        for (String end : ends) {
            boolean word = Character.isLetter(end.charAt(0));
            if (word ? tokens.atWord(end) : tokens.at(end)) {
                return true;
            }
        }
        return false;
    }

    /** A type as a declaration writes it, with %TYPE and %ROWTYPE. */
    Type dataType() {
        int start = tokens.mark();
        if (tokens.atWord("record")) {
            tokens.skip();
            return type(Oids.RECORD, -1);
        }
        Optional<Type> referred = referredType();
        if (referred.isPresent()) {
            return referred.get();
        }
        tokens.reset(start);
        int depth = 0;
        while (depth > 0 || !isAt(new String[] {":=", "=", ";", ",", ")", "default", "not", "collate"})) {
            if (tokens.atEnd()) {
                throw tokens.syntaxError();
            }
            depth += tokens.at("(") || tokens.at("[") ? 1 : tokens.at(")") || tokens.at("]") ? -1 : 0;
            tokens.skip();
        }
        String text = tokens.textFrom(start);
        if (text.isEmpty()) {
            throw tokens.near("missing data type declaration");
        }
        TypeName written = Parser.parseTypeName(Slice.of(text));
        TypeName unplaced = new TypeName(written.names(), written.modifiers(), written.arrayBounds(), false, false, 0);
        try {
            Names.Typed type = Names.type(unplaced, session.analysis(SpiParameters.NONE));
            return type(type.type(), type.typmod());
        } catch (SqlError e) {
            throw e.at(tokens.location(start));
        }
    }

    /** name%TYPE or name%ROWTYPE, maybe an array of it. */
    private Optional<Type> referredType() {
        List<String> name = new ArrayList<>();
        if (tokens.image().startsWith("$")) {
            name.add(tokens.image());
            tokens.skip();
        } else if (!tokens.atName()) {
            return Optional.empty();
        } else {
            do {
                name.add(tokens.name());
            } while (tokens.accept(".") && tokens.atName());
        }
        if (!tokens.at("%") || !(tokens.atWord(1, "type") || tokens.atWord(1, "rowtype"))) {
            return Optional.empty();
        }
        tokens.skip();
        boolean row = tokens.atWord("rowtype");
        tokens.skip();
        Type type = row ? rowType(name) : typeOf(name);
        if (tokens.acceptWord("array") || tokens.at("[")) {
            while (tokens.accept("[")) {
                if (!tokens.at("]")) {
                    tokens.skip();
                }
                tokens.expect("]");
            }
            type = type(session.catalog().type(type.oid).map(TypeRow::array).orElse(0), type.typmod);
        }
        return Optional.of(type);
    }

    private Type rowType(List<String> name) {
        Relation relation = Names.relation(name, session.analysis(SpiParameters.NONE));
        return type(relation.rowType(), -1);
    }

    private Type typeOf(List<String> name) {
        Optional<Variable> variable = name.size() == 1 ? find(name.getFirst())
                : name.size() == 2 ? scope.find(name.getFirst(), name.getLast()).map(variables::get) : Optional.empty();
        if (variable.isPresent()) {
            return new Type(variable.get().type(), variable.get().typmod(), variable.get().collation());
        }
        if (name.size() == 1) {
            throw new SqlError(SqlState.UNDEFINED_OBJECT, "variable \"" + name.getFirst() + "\" does not exist");
        }
        Relation relation = Names.relation(name.subList(0, name.size() - 1), session.analysis(SpiParameters.NONE));
        Relation.Column column = relation.columns().stream().filter(c -> !c.dropped() && c.name().equals(name.getLast())).findFirst()
                .orElseThrow(() -> new SqlError(SqlState.UNDEFINED_COLUMN, "column \"" + name.getLast() + "\" of relation \"" + relation.name()
                        + "\" does not exist"));
        return new Type(column.type(), column.typmod(), column.collation());
    }

    /** A variable that can be assigned to, a field of one, or a place in an array; 42601 if the name is no variable's. */
    Target target() {
        int start = tokens.mark();
        Target target = targetIfAny().orElseThrow(() -> {
            tokens.reset(start);
            return unknown();
        });
        requireVariable(target, tokens.location(start));
        return target;
    }

    /** That the dotted name here is no variable's. */
    SqlError unknown() {
        int at = tokens.location();
        int start = tokens.mark();
        tokens.skip();
        while (tokens.at(".") && tokens.atName(1)) {
            tokens.skip();
            tokens.skip();
        }
        return new SqlError(SqlState.SYNTAX_ERROR, "\"" + tokens.textFrom(start) + "\" is not a known variable").at(at);
    }

    static void requireVariable(Target target, int at) {
        Variable variable = switch (target) {
            case Target.Whole w -> w.variable();
            case Target.Part p -> p.variable();
            case Target.Several s -> throw new IllegalStateException();
        };
        if (variable.constant()) {
            throw new SqlError(SqlState.ERROR_IN_ASSIGNMENT, "variable \"" + variable.name() + "\" is declared CONSTANT").at(at);
        }
    }

    /** The same, or nothing passed over if no variable is here. */
    Optional<Target> targetIfAny() {
        int start = tokens.mark();
        boolean positional = tokens.image().startsWith("$");
        if (!tokens.atName() && !positional) {
            return Optional.empty();
        }
        String name = positional ? tokens.image() : tokens.name();
        if (positional) {
            tokens.skip();
        }
        Optional<Variable> variable = find(name);
        String path = name;
        if (tokens.at(".") && tokens.atName(1)) {
            int dot = tokens.mark();
            tokens.skip();
            String second = tokens.name();
            Optional<Variable> labelled = scope.find(name, second).map(variables::get);
            if (labelled.isPresent()) {
                variable = labelled;
                path = name + "." + second;
            } else {
                tokens.reset(dot);
            }
        }
        if (variable.isEmpty()) {
            tokens.reset(start);
            return Optional.empty();
        }
        if (tokens.at(".") && tokens.atName(1) && !isRow(variable.get().type())) {
            tokens.reset(start);
            return Optional.empty();
        }
        List<Target.Into> steps = steps();
        return Optional.of(steps.isEmpty() ? new Target.Whole(variable.get()) : new Target.Part(variable.get(), path, steps));
    }

    private List<Target.Into> steps() {
        List<Target.Into> steps = new ArrayList<>();
        while (tokens.at("[") || tokens.at(".") && tokens.atName(1)) {
            if (tokens.accept("[")) {
                steps.add(subscript());
            } else {
                tokens.skip();
                steps.add(new Target.Field(tokens.name()));
            }
        }
        return steps;
    }

    private Target.Subscript subscript() {
        Optional<Code> lower = tokens.at(":") ? Optional.empty() : Optional.of(code("]", ":"));
        boolean slice = tokens.accept(":");
        Optional<Code> upper = slice && tokens.at("]") ? Optional.empty() : slice ? Optional.of(code("]")) : lower;
        tokens.expect("]");
        return new Target.Subscript(lower, upper, slice);
    }

    /** One target, or several behind each other. */
    Target targets() {
        List<Target> all = new ArrayList<>();
        do {
            int at = tokens.location();
            String written = tokens.image();
            all.add(target());
            boolean isRow = all.getLast() instanceof Target.Whole w && isRow(w.variable().type());
            if (isRow && tokens.at(",") && all.size() == 1) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "record variable cannot be part of multiple-item INTO list").at(tokens.location());
            }
            if (isRow && all.size() > 1) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "\"" + written + "\" is not a scalar variable").at(at);
            }
        } while (tokens.accept(","));
        return all.size() == 1 ? all.getFirst() : new Target.Several(all);
    }
}
