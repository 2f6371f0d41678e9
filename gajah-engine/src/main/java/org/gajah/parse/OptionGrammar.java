package org.gajah.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gajah.ast.DefElem;
import org.gajah.ast.DefElem.Action;
import org.gajah.ast.DefElem.Value;

/** Lists of named options in their several spellings. */
final class OptionGrammar {
    private final Grammar g;
    private final TokenStream t;

    OptionGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** {@code (name [= value], ...)}, names maybe with a namespace. */
    List<DefElem> relationOptions() {
        return t.parenthesized(this::relationOption);
    }

    private DefElem relationOption() {
        int location = t.location();
        String name = t.colLabel();
        Optional<String> namespace = Optional.empty();
        if (t.accept('.')) {
            namespace = Optional.of(name);
            name = t.colLabel();
        }
        Optional<Value> value = t.accept('=') ? Optional.of(definitionArgument()) : Optional.empty();
        return new DefElem(namespace, name, value, Action.UNSPECIFIED, location);
    }

    /** WITH (options), if it is there. */
    List<DefElem> withRelationOptions() {
        return t.accept(Keyword.WITH) ? relationOptions() : List.of();
    }

    /** {@code (name [= value], ...)}. */
    List<DefElem> definition() {
        return t.parenthesized(() -> {
            int location = t.location();
            String name = t.colLabel();
            return t.accept('=') ? DefElem.of(name, definitionArgument(), location) : DefElem.of(name, location);
        });
    }

    /** WITH (definition), if it is there. */
    List<DefElem> withDefinition() {
        return t.accept(Keyword.WITH) ? definition() : List.of();
    }

    private Value definitionArgument() {
        int digit = t.at('+') || t.at('-') ? t.kind(1) : t.kind();
        if (digit == Token.INTEGER || digit == Token.FLOAT) {
            return number();
        } else if (t.at(Token.STRING)) {
            return new Value.Text(t.string());
        } else if (t.at(Keyword.OPERATOR) || g.names.atSymbol()) {
            return new Value.Names(g.names.operator());
        } else if (t.at(Keyword.NONE)) {
            t.skip();
            return new Value.Text("none");
        } else if (t.keyword() != Keyword.NOT_A_KEYWORD && t.keyword().category() == Keyword.Category.RESERVED) {
            return new Value.Text(t.colLabel());
        }
        return new Value.OfType(g.types.functionType());
    }

    /** Whether a number starts here: where one may stand, a sign is its first character. */
    boolean atNumber() {
        return switch (t.kind()) {
            case '+', '-', Token.INTEGER, Token.FLOAT -> true;
            default -> false;
        };
    }

    /** A number, maybe with a sign. */
    Value.Number number() {
        boolean minus = t.accept('-');
        if (!minus) {
            t.accept('+');
        }
        if (t.at(Token.INTEGER)) {
            int value = t.integer();
            return new Value.Number(Integer.toString(minus ? -value : value), true);
        } else if (!t.at(Token.FLOAT)) {
            throw t.syntaxError();
        }
        String image = t.image();
        t.skip();
        return new Value.Number(minus ? "-" + image : image, false);
    }

    /** {@code (name [value], ...)}, as EXPLAIN, VACUUM and their like take them. */
    List<DefElem> utilityOptions() {
        return t.parenthesized(() -> {
            int location = t.location();
            boolean analyze = t.accept(Keyword.ANALYZE) || t.accept(Keyword.ANALYSE);
            String name = analyze ? "analyze" : t.nonReservedWord();
            if (t.at(',') || t.at(')')) {
                return DefElem.of(name, location);
            }
            return DefElem.of(name, utilityValue(), location);
        });
    }

    private Value utilityValue() {
        return atNumber() ? number() : new Value.Text(booleanOrString());
    }

    /** TRUE, FALSE, ON, a word or a string. */
    String booleanOrString() {
        return switch (t.keyword()) {
            case TRUE, FALSE, ON -> t.colLabel();
            default -> t.wordOrString();
        };
    }

    /** COPY's {@code (name [value], ...)}. */
    List<DefElem> copyOptions() {
        return t.parenthesized(() -> {
            int location = t.location();
            String name = t.colLabel();
            if (t.at(',') || t.at(')')) {
                return DefElem.of(name, location);
            } else if (t.accept('*')) {
                return DefElem.of(name, new Value.Star(), location);
            } else if (t.at('(')) {
                return DefElem.of(name, new Value.Texts(t.parenthesized(this::booleanOrString)), location);
            } else if (t.at(Keyword.DEFAULT)) {
                t.skip();
                return DefElem.of(name, new Value.Text("default"), location);
            }
            return DefElem.of(name, utilityValue(), location);
        });
    }

    /** OPTIONS (name 'value', ...), if it is there. */
    List<DefElem> genericOptions() {
        if (!t.accept(Keyword.OPTIONS)) {
            return List.of();
        }
        return t.parenthesized(() -> genericOption(Action.UNSPECIFIED));
    }

    private DefElem genericOption(Action action) {
        int location = t.location();
        String name = t.colLabel();
        return new DefElem(Optional.empty(), name, Optional.of(new Value.Text(t.string())), action, location);
    }

    /** OPTIONS ([ADD|SET|DROP] name ['value'], ...). */
    List<DefElem> alterGenericOptions() {
        t.expect(Keyword.OPTIONS);
        return t.parenthesized(() -> {
            boolean word = t.kind(1) != Token.STRING;
            if (word && t.accept(Keyword.SET)) {
                return genericOption(Action.SET);
            } else if (word && t.accept(Keyword.ADD)) {
                return genericOption(Action.ADD);
            } else if (word && t.accept(Keyword.DROP)) {
                int location = t.location();
                return new DefElem(Optional.empty(), t.colLabel(), Optional.empty(), Action.DROP, location);
            }
            return genericOption(Action.UNSPECIFIED);
        });
    }

    /** Options of a sequence as far as they go, at least one if {@code required}. */
    List<DefElem> sequenceOptions(boolean required) {
        List<DefElem> options = new ArrayList<>(2);
        Optional<DefElem> option = sequenceOption();
        while (option.isPresent()) {
            options.add(option.get());
            option = sequenceOption();
        }
        if (required && options.isEmpty()) {
            throw t.syntaxError();
        }
        return List.copyOf(options);
    }

    /** {@code (sequence options)}, if it is there. */
    List<DefElem> parenthesizedSequenceOptions() {
        if (!t.accept('(')) {
            return List.of();
        }
        List<DefElem> options = sequenceOptions(true);
        t.expect(')');
        return options;
    }

    Optional<DefElem> sequenceOption() {
        int location = t.location();
        Keyword word = t.keyword();
        return switch (word) {
            case AS -> {
                t.skip();
                yield Optional.of(DefElem.of("as", new Value.OfType(g.types.typeName()), location));
            }
            case CACHE, MAXVALUE, MINVALUE -> {
                t.skip();
                yield Optional.of(DefElem.of(word.word(), number(), location));
            }
            case CYCLE -> {
                t.skip();
                yield Optional.of(DefElem.flag("cycle", true, location));
            }
            case LOGGED, UNLOGGED -> {
                t.skip();
                yield Optional.of(DefElem.of(word.word(), location));
            }
            case INCREMENT -> {
                t.skip();
                t.accept(Keyword.BY);
                yield Optional.of(DefElem.of("increment", number(), location));
            }
            case OWNED -> {
                t.skip();
                t.expect(Keyword.BY);
                yield Optional.of(DefElem.of("owned_by", new Value.Names(t.anyName()), location));
            }
            case SEQUENCE -> {
                t.skip();
                t.expect(Keyword.NAME);
                yield Optional.of(DefElem.of("sequence_name", new Value.Names(t.anyName()), location));
            }
            case START -> {
                t.skip();
                t.accept(Keyword.WITH);
                yield Optional.of(DefElem.of("start", number(), location));
            }
            case RESTART -> Optional.of(restart(location));
            case NO -> Optional.of(withoutLimit(location));
            default -> Optional.empty();
        };
    }

    private DefElem restart(int location) {
        t.skip();
        if (t.accept(Keyword.WITH) || atNumber()) {
            return DefElem.of("restart", number(), location);
        }
        return DefElem.of("restart", location);
    }

    private DefElem withoutLimit(int location) {
        t.skip();
        if (t.accept(Keyword.CYCLE)) {
            return DefElem.flag("cycle", false, location);
        } else if (t.accept(Keyword.MAXVALUE)) {
            return DefElem.of("maxvalue", location);
        }
        t.expect(Keyword.MINVALUE);
        return DefElem.of("minvalue", location);
    }
}
