package org.gajah.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gajah.ast.CopyStatement;
import org.gajah.ast.CopyStatement.Endpoint;
import org.gajah.ast.CopyStatement.Subject;
import org.gajah.ast.DefElem;
import org.gajah.ast.DefElem.Value;
import org.gajah.ast.Expression;
import org.gajah.ast.PreparableStatement;
import org.gajah.ast.RangeVar;
import org.gajah.ast.Statement;

/** COPY, in its spelling of today and in the two older ones. */
final class CopyGrammar {
    private final Grammar g;
    private final TokenStream t;

    CopyGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    Statement copy() {
        int location = t.location();
        t.expect(Keyword.COPY);
        List<DefElem> options = new ArrayList<>(2);
        if (t.accept('(')) {
            PreparableStatement query = g.with.preparable();
            t.expect(')');
            t.expect(Keyword.TO);
            Endpoint endpoint = endpoint();
            options(options);
            return new CopyStatement(new Subject.Query(query), false, endpoint, List.copyOf(options),
                    Optional.empty(), location);
        }
        int binaryAt = t.location();
        if (t.accept(Keyword.BINARY)) {
            options.add(DefElem.of("format", new Value.Text("binary"), binaryAt));
        }
        RangeVar relation = g.names.qualifiedName();
        List<String> columns = t.optionalParenthesized(t::colId);
        boolean from = t.accept(Keyword.FROM);
        if (!from) {
            t.expect(Keyword.TO);
        }
        Endpoint endpoint = endpoint();
        oldDelimiter(options);
        options(options);
        int whereAt = t.location();
        Optional<Expression> where = t.after(Keyword.WHERE, g.expressions::expression);
        if (where.isPresent() && !from) {
            throw TokenStream.error("WHERE clause not allowed with COPY TO", whereAt);
        }
        return new CopyStatement(new Subject.Table(relation, columns), from, endpoint, List.copyOf(options), where,
                location);
    }

    private Endpoint endpoint() {
        boolean program = t.accept(Keyword.PROGRAM);
        if (t.accept(Keyword.STDIN) || t.accept(Keyword.STDOUT)) {
            if (program) {
                throw TokenStream.error("STDIN/STDOUT not allowed with PROGRAM", 0);
            }
            return new Endpoint.Client();
        }
        String name = t.string();
        return program ? new Endpoint.Program(name) : new Endpoint.File(name);
    }

    private void oldDelimiter(List<DefElem> options) {
        int location = t.location();
        boolean using = t.accept(Keyword.USING);
        if (using && !t.at(Keyword.DELIMITERS)) {
            throw t.syntaxError();
        }
        if (t.accept(Keyword.DELIMITERS)) {
            options.add(DefElem.of("delimiter", new Value.Text(t.string()), location));
        }
    }

    private void options(List<DefElem> options) {
        t.accept(Keyword.WITH);
        if (t.at('(')) {
            options.addAll(g.options.copyOptions());
            return;
        }
        while (oldOption(options)) {
            continue;
        }
    }

    private boolean oldOption(List<DefElem> options) {
        int location = t.location();
        Keyword word = t.keyword();
        switch (word) {
            case BINARY, CSV -> {
                t.skip();
                options.add(DefElem.of("format", new Value.Text(word.word()), location));
            }
            case FREEZE, HEADER -> {
                t.skip();
                options.add(DefElem.flag(word.word(), true, location));
            }
            case DELIMITER, NULL, QUOTE, ESCAPE -> {
                t.skip();
                t.accept(Keyword.AS);
                options.add(DefElem.of(word.word(), new Value.Text(t.string()), location));
            }
            case ENCODING -> {
                t.skip();
                options.add(DefElem.of("encoding", new Value.Text(t.string()), location));
            }
            case FORCE -> {
                t.skip();
                options.add(DefElem.of(forced(), columns(), location));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private String forced() {
        if (t.accept(Keyword.QUOTE)) {
            return "force_quote";
        } else if (t.accept(Keyword.NOT)) {
            t.expect(Keyword.NULL);
            return "force_not_null";
        }
        t.expect(Keyword.NULL);
        return "force_null";
    }

    private Value columns() {
        return t.accept('*') ? new Value.Star() : new Value.Texts(t.nameList());
    }
}
