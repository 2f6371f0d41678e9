package org.gajah.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.DefElem;
import org.gajah.ast.DefElem.Value;
import org.gajah.ast.Expression;
import org.gajah.ast.FuncCall;
import org.gajah.ast.FunctionParameter;
import org.gajah.ast.FunctionParameter.Mode;
import org.gajah.ast.FunctionStatement;
import org.gajah.ast.FunctionStatement.SqlBody;
import org.gajah.ast.ObjectKind;
import org.gajah.ast.ObjectRef;
import org.gajah.ast.ResTarget;
import org.gajah.ast.Select;
import org.gajah.ast.SelectBody;
import org.gajah.ast.Statement;
import org.gajah.ast.TypeName;

/** CREATE FUNCTION, PROCEDURE and LANGUAGE; DO and CALL. */
final class FunctionGrammar {
    private final Grammar g;
    private final TokenStream t;

    FunctionGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** FUNCTION or PROCEDURE and what follows, behind CREATE [OR REPLACE]. */
    Statement create(boolean replace) {
        int location = t.location();
        boolean procedure = t.at(Keyword.PROCEDURE);
        t.skip();
        List<String> name = t.functionName();
        t.expect('(');
        List<FunctionParameter> parameters = new ArrayList<>(4);
        if (!t.at(')')) {
            parameters.addAll(t.commaList(this::parameterWithDefault));
        }
        t.expect(')');
        Optional<TypeName> returnType = Optional.empty();
        if (!procedure && t.at(Keyword.RETURNS) && t.keyword(1) != Keyword.NULL) {
            t.skip();
            returnType = returns(parameters);
        }
        List<DefElem> options = new ArrayList<>(4);
        Optional<DefElem> option = createOption();
        while (option.isPresent()) {
            options.add(option.get());
            option = createOption();
        }
        return new FunctionStatement.CreateFunction(procedure, replace, name, List.copyOf(parameters), returnType,
                List.copyOf(options), body(), location);
    }

    private Optional<TypeName> returns(List<FunctionParameter> parameters) {
        if (!t.at(Keyword.TABLE)) {
            return Optional.of(g.types.functionType());
        }
        int location = t.location();
        t.skip();
        List<FunctionParameter> columns = t.parenthesized(() -> {
            int at = t.location();
            String column = t.typeFunctionName();
            return new FunctionParameter(Optional.of(column), g.types.functionType(), Mode.TABLE, Optional.empty(), at);
        });
        parameters.addAll(columns);
        TypeName result = columns.size() == 1 ? columns.getFirst().type() : TypeName.system("record", location);
        return Optional.of(new TypeName(result.names(), result.modifiers(), result.arrayBounds(), true,
                result.percentType(), location));
    }

    private FunctionParameter parameterWithDefault() {
        FunctionParameter parameter = parameter();
        if (!t.accept(Keyword.DEFAULT) && !t.accept('=')) {
            return parameter;
        }
        Expression value = g.expressions.expression();
        return new FunctionParameter(parameter.name(), parameter.type(), parameter.mode(), Optional.of(value),
                parameter.location());
    }

    /** [mode] [name] [mode] type. */
    FunctionParameter parameter() {
        int location = t.location();
        Optional<Mode> mode = mode();
        Optional<String> name = Optional.empty();
        if (t.atTypeFunctionName() && namesParameter()) {
            name = Optional.of(t.typeFunctionName());
            if (mode.isEmpty()) {
                mode = mode();
            }
        }
        TypeName type = g.types.functionType();
        return new FunctionParameter(name, type, mode.orElse(Mode.DEFAULT), Optional.empty(), location);
    }

    /** Whether the name here is a parameter's, because a mode or a type follows. */
    private boolean namesParameter() {
        if (t.at(Keyword.DOUBLE, Keyword.PRECISION)) {
            return false;
        }
        int next = t.kind(1);
        if (next == Token.IDENT) {
            return true;
        }
        return next >= Token.KEYWORD && switch (t.keyword(1)) {
            case DEFAULT, ARRAY, ORDER -> false;
            default -> true;
        };
    }

    private Optional<Mode> mode() {
        if (t.accept(Keyword.IN)) {
            return Optional.of(t.accept(Keyword.OUT) ? Mode.INOUT : Mode.IN);
        } else if (t.accept(Keyword.OUT)) {
            return Optional.of(Mode.OUT);
        } else if (t.accept(Keyword.INOUT)) {
            return Optional.of(Mode.INOUT);
        }
        return t.accept(Keyword.VARIADIC) ? Optional.of(Mode.VARIADIC) : Optional.empty();
    }

    private Optional<DefElem> createOption() {
        int location = t.location();
        switch (t.keyword()) {
            case AS -> {
                t.skip();
                List<String> texts = t.commaList(t::string);
                if (texts.size() > 2) {
                    throw t.syntaxError(-2);
                }
                return Optional.of(DefElem.of("as", new Value.Texts(texts), location));
            }
            case LANGUAGE -> {
                t.skip();
                return Optional.of(DefElem.of("language", new Value.Text(t.wordOrString()), location));
            }
            case TRANSFORM -> {
                t.skip();
                List<String> types = t.commaList(() -> {
                    t.expect(Keyword.FOR, Keyword.TYPE);
                    return g.types.typeName().dotted();
                });
                return Optional.of(DefElem.of("transform", new Value.Texts(types), location));
            }
            case WINDOW -> {
                t.skip();
                return Optional.of(DefElem.flag("window", true, location));
            }
            default -> {
                return commonOption();
            }
        }
    }

    /** An option that ALTER FUNCTION has too, if one is here. */
    private Optional<DefElem> commonOption() {
        int location = t.location();
        Keyword word = t.keyword();
        switch (word) {
            case CALLED, RETURNS -> {
                t.skip();
                if (word == Keyword.RETURNS) {
                    t.expect(Keyword.NULL);
                }
                t.expect(Keyword.ON, Keyword.NULL, Keyword.INPUT);
                return Optional.of(DefElem.flag("strict", word == Keyword.RETURNS, location));
            }
            case STRICT -> {
                t.skip();
                return Optional.of(DefElem.flag("strict", true, location));
            }
            case IMMUTABLE, STABLE, VOLATILE -> {
                t.skip();
                return Optional.of(DefElem.of("volatility", new Value.Text(word.word()), location));
            }
            case EXTERNAL, SECURITY -> {
                t.skip();
                return Optional.of(security(word, location));
            }
            case LEAKPROOF -> {
                t.skip();
                return Optional.of(DefElem.flag("leakproof", true, location));
            }
            case NOT -> {
                t.skip();
                t.expect(Keyword.LEAKPROOF);
                return Optional.of(DefElem.flag("leakproof", false, location));
            }
            case COST, ROWS -> {
                t.skip();
                return Optional.of(DefElem.of(word.word(), g.options.number(), location));
            }
            case SUPPORT -> {
                t.skip();
                return Optional.of(DefElem.of("support", new Value.Names(t.anyName()), location));
            }
            case PARALLEL -> {
                t.skip();
                return Optional.of(DefElem.of("parallel", new Value.Text(t.colId()), location));
            }
            case SET, RESET -> {
                return Optional.of(DefElem.of("set", new Value.Setting(g.settings.functionSetting()), location));
            }
            default -> {
                return Optional.empty();
            }
        }
    }

    private DefElem security(Keyword word, int location) {
        if (word == Keyword.EXTERNAL) {
            t.expect(Keyword.SECURITY);
        }
        boolean definer = t.accept(Keyword.DEFINER);
        if (!definer) {
            t.expect(Keyword.INVOKER);
        }
        return DefElem.flag("security", definer, location);
    }

    private Optional<SqlBody> body() {
        int location = t.location();
        if (t.accept(Keyword.RETURN)) {
            return Optional.of(new SqlBody.Return(g.expressions.expression(), location));
        } else if (!t.at(Keyword.BEGIN)) {
            return Optional.empty();
        }
        t.expect(Keyword.BEGIN, Keyword.ATOMIC);
        List<Statement> statements = new ArrayList<>(2);
        while (!t.accept(Keyword.END)) {
            if (t.at(Keyword.RETURN)) {
                statements.add(returned());
            } else if (!t.at(';')) {
                statements.add(g.statements.statement());
            }
            t.expect(';');
        }
        return Optional.of(new SqlBody.Atomic(List.copyOf(statements)));
    }

    /** RETURN expression among statements, which is the same as SELECT expression. */
    private Statement returned() {
        int location = t.location();
        t.expect(Keyword.RETURN);
        ResTarget target = new ResTarget(Optional.empty(), g.expressions.expression(), location);
        return Select.of(new SelectBody.Simple(new SelectBody.Distinct.None(), List.of(target), Optional.empty(),
                List.of(), Optional.empty(), SelectBody.GroupBy.NONE, Optional.empty(), List.of(), location));
    }

    /** FUNCTION, PROCEDURE or ROUTINE and what follows, behind ALTER. */
    Statement alter() {
        ObjectKind kind = g.objects.functionKind();
        ObjectRef.OfFunction function = g.objects.function();
        Optional<Statement> common = g.alters.common(kind, function, false);
        if (common.isPresent()) {
            return common.get();
        }
        List<DefElem> options = new ArrayList<>(2);
        Optional<DefElem> option = commonOption();
        if (option.isEmpty()) {
            throw t.syntaxError();
        }
        while (option.isPresent()) {
            options.add(option.get());
            option = commonOption();
        }
        t.accept(Keyword.RESTRICT);
        return new FunctionStatement.AlterFunction(kind, function, List.copyOf(options));
    }

    Statement doBlock() {
        t.expect(Keyword.DO);
        List<DefElem> options = new ArrayList<>(2);
        do {
            int location = t.location();
            String option = t.at(Keyword.LANGUAGE) ? "language" : "as";
            if (options.stream().anyMatch(o -> o.name().equals(option))) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "conflicting or redundant options").at(location);
            }
            if (t.accept(Keyword.LANGUAGE)) {
                options.add(DefElem.of("language", new Value.Text(t.wordOrString()), location));
            } else {
                options.add(DefElem.of("as", new Value.Text(t.string()), location));
            }
        } while (!t.atEnd());
        return new FunctionStatement.Do(List.copyOf(options));
    }

    Statement call() {
        t.expect(Keyword.CALL);
        int location = t.location();
        FuncCall call = g.calls.application(t.functionName(), location);
        return new FunctionStatement.Call(call);
    }

    /** [TRUSTED] [PROCEDURAL] LANGUAGE and what follows, behind CREATE [OR REPLACE]. */
    Statement createLanguage(boolean replace) {
        boolean trusted = t.accept(Keyword.TRUSTED);
        t.accept(Keyword.PROCEDURAL);
        t.expect(Keyword.LANGUAGE);
        String name = t.colId();
        Optional<List<String>> handler = t.after(Keyword.HANDLER, t::anyName);
        Optional<List<String>> inline = Optional.empty();
        Optional<List<String>> validator = Optional.empty();
        if (handler.isPresent()) {
            inline = t.after(Keyword.INLINE, t::anyName);
            if (t.accept(Keyword.NO)) {
                t.expect(Keyword.VALIDATOR);
            } else {
                validator = t.after(Keyword.VALIDATOR, t::anyName);
            }
        }
        return new FunctionStatement.CreateLanguage(replace, trusted, name, handler, inline, validator);
    }
}
