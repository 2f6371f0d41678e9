package org.gajah.func;

import java.util.ArrayList;
import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.StackGuard;

/** Parses PostgreSQL's advanced regular expressions (manual, section 9.7.3), and the extended ones inside them. */
final class RegexParser {
    private static final int MAX_REPEAT = 255;

    private final int[] p;
    private int at;
    private boolean ignoreCase;
    private boolean dotExcludesNewline;
    private boolean linesAnchored;
    private boolean expanded;
    private boolean advanced = true;
    private boolean literal;
    private int groups;
    private final List<RegexNode.Group> known = new ArrayList<>();
    private final StackGuard guard = new StackGuard();

    RegexParser(int[] pattern, RegexFlags flags) {
        p = pattern;
        ignoreCase = flags.ignoreCase();
        dotExcludesNewline = flags.newlineStops();
        linesAnchored = flags.lineAnchors();
        expanded = flags.expanded();
        literal = flags.literal();
        advanced = flags.advanced();
    }

    static SqlError error(String what) {
        return new SqlError(SqlState.INVALID_REGULAR_EXPRESSION, "invalid regular expression: " + what);
    }

    int groups() {
        return groups;
    }

    RegexNode parse() {
        if (!literal && advanced) {
            prefixes();
        }
        if (literal) {
            RegexNode all = new RegexNode.Empty();
            for (; at < p.length; at++) {
                all = sequence(all, character(p[at]));
            }
            return all;
        }
        RegexNode all = choice(true);
        if (at < p.length) {
            throw error("parentheses () not balanced");
        }
        return all;
    }

    private boolean looking(String s) {
        if (at + s.length() > p.length) {
            return false;
        }
        for (int i = 0; i < s.length(); i++) {
            if (p[at + i] != s.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void prefixes() {
        if (looking("***=")) {
            at += 4;
            literal = true;
            return;
        }
        if (looking("***:")) {
            at += 4;
        } else if (looking("***")) {
            throw error("quantifier operand invalid");
        }
        if (looking("(?") && at + 2 < p.length && Character.isLetter(p[at + 2])) {
            at += 2;
            for (; at < p.length && p[at] != ')'; at++) {
                option(p[at]);
            }
            if (at >= p.length) {
                throw error("invalid embedded option");
            }
            at++;
        }
    }

    private void option(int c) {
        switch (c) {
            case 'b', 'e' -> advanced = false;
            case 'c' -> ignoreCase = false;
            case 'i' -> ignoreCase = true;
            case 'm', 'n' -> {
                dotExcludesNewline = true;
                linesAnchored = true;
            }
            case 'p' -> {
                dotExcludesNewline = true;
                linesAnchored = false;
            }
            case 'q' -> literal = true;
            case 's' -> {
                dotExcludesNewline = false;
                linesAnchored = false;
            }
            case 't' -> expanded = false;
            case 'w' -> {
                dotExcludesNewline = false;
                linesAnchored = true;
            }
            case 'x' -> expanded = true;
            default -> throw error("invalid embedded option");
        }
    }

    private static RegexNode sequence(RegexNode a, RegexNode b) {
        return a instanceof RegexNode.Empty ? b : b instanceof RegexNode.Empty ? a : new RegexNode.Sequence(a, b);
    }

    private RegexNode choice(boolean outer) {
        guard.enter();
        List<RegexNode> branches = new ArrayList<>();
        branches.add(branch());
        while (at < p.length && p[at] == '|') {
            at++;
            branches.add(branch());
        }
        if (!outer && (at >= p.length || p[at] != ')')) {
            throw error("parentheses () not balanced");
        }
        guard.leave();
        return branches.size() == 1 ? branches.getFirst() : new RegexNode.Choice(branches);
    }

    private RegexNode branch() {
        List<RegexNode> parts = new ArrayList<>();
        skip();
        while (at < p.length && p[at] != '|' && p[at] != ')') {
            parts.add(quantified());
            skip();
        }
        RegexNode all = new RegexNode.Empty();
        for (int i = parts.size() - 1; i >= 0; i--) {
            all = sequence(parts.get(i), all);
        }
        return all;
    }

    /** Passes white space and comments where they do not count. */
    private void skip() {
        while (at < p.length) {
            if (advanced && looking("(?#")) {
                while (at < p.length && p[at] != ')') {
                    at++;
                }
                if (at < p.length) {
                    at++;
                }
            } else if (expanded && (p[at] == ' ' || p[at] >= '\t' && p[at] <= '\r')) {
                at++;
            } else if (expanded && p[at] == '#') {
                while (at < p.length && p[at] != '\n') {
                    at++;
                }
            } else {
                return;
            }
        }
    }

    private RegexNode quantified() {
        RegexNode atom = atom();
        skip();
        if (at >= p.length) {
            return atom;
        }
        int min;
        int max;
        switch (p[at]) {
            case '*' -> {
                min = 0;
                max = -1;
                at++;
            }
            case '+' -> {
                min = 1;
                max = -1;
                at++;
            }
            case '?' -> {
                min = 0;
                max = 1;
                at++;
            }
            case '{' -> {
                if (at + 1 >= p.length || p[at + 1] < '0' || p[at + 1] > '9') {
                    return atom;
                }
                at++;
                min = number();
                max = min;
                if (at < p.length && p[at] == ',') {
                    at++;
                    max = at < p.length && p[at] >= '0' && p[at] <= '9' ? number() : -1;
                }
                if (at >= p.length || p[at] != '}') {
                    throw error(at >= p.length ? "braces {} not balanced" : "invalid repetition count(s)");
                }
                at++;
                if (max >= 0 && min > max) {
                    throw error("invalid repetition count(s)");
                }
            }
            default -> {
                return atom;
            }
        }
        if (atom instanceof RegexNode.Condition || atom instanceof RegexNode.Look) {
            throw error("quantifier operand invalid");
        }
        boolean greedy = true;
        if (advanced && at < p.length && p[at] == '?') {
            greedy = false;
            at++;
        }
        skip();
        if (at < p.length && (p[at] == '*' || p[at] == '+' || p[at] == '?')) {
            throw error("quantifier operand invalid");
        }
        return repeated(atom, min, max, greedy);
    }

    /** Where groups are repeated at least once, only the last time captures: x{m,n} is x{m-1,n-1} without groups, then x. */
    private static RegexNode repeated(RegexNode atom, int min, int max, boolean greedy) {
        if (min == 0 || !atom.hasGroups() || atom.hasReferences()) {
            return new RegexNode.Repeat(atom, min, max, greedy);
        }
        if (max == 1) {
            return atom;
        }
        return new RegexNode.Sequence(new RegexNode.Repeat(withoutGroups(atom), min - 1, max < 0 ? -1 : max - 1, greedy), atom);
    }

    private static RegexNode withoutGroups(RegexNode node) {
        return switch (node) {
            case RegexNode.Group g -> withoutGroups(g.body);
            case RegexNode.Sequence s -> new RegexNode.Sequence(withoutGroups(s.first), withoutGroups(s.second));
            case RegexNode.Choice c -> new RegexNode.Choice(c.branches.stream().map(RegexParser::withoutGroups).toList());
            case RegexNode.Repeat r -> new RegexNode.Repeat(withoutGroups(r.body), r.min, r.max, r.greedy);
            case RegexNode.Empty e -> e;
            case RegexNode.Chars c -> c;
            case RegexNode.Condition c -> c;
            case RegexNode.Look l -> l;
            case RegexNode.Reference r -> r;
        };
    }

    private int number() {
        int n = 0;
        while (at < p.length && p[at] >= '0' && p[at] <= '9') {
            n = n * 10 + p[at++] - '0';
            if (n > MAX_REPEAT) {
                throw error("invalid repetition count(s)");
            }
        }
        return n;
    }

    private RegexNode character(int c) {
        RegexSet set = new RegexSet().add(c, c);
        return new RegexNode.Chars(ignoreCase ? set.foldCase() : set);
    }

    private RegexNode atom() {
        int c = p[at++];
        return switch (c) {
            case '(' -> group();
            case '[' -> {
                if (looking("[:<:]]") || looking("[:>:]]")) {
                    boolean start = p[at + 2] == '<';
                    at += 6;
                    yield new RegexNode.Condition(
                            start ? RegexNode.Condition.Kind.WORD_START : RegexNode.Condition.Kind.WORD_END);
                }
                yield new RegexNode.Chars(bracket());
            }
            case '.' -> {
                RegexSet any = new RegexSet();
                if (dotExcludesNewline) {
                    any.add('\n', '\n');
                }
                yield new RegexNode.Chars(any.negate());
            }
            case '^' -> new RegexNode.Condition(
                    linesAnchored ? RegexNode.Condition.Kind.LINE_START : RegexNode.Condition.Kind.TEXT_START);
            case '$' -> new RegexNode.Condition(
                    linesAnchored ? RegexNode.Condition.Kind.LINE_END : RegexNode.Condition.Kind.TEXT_END);
            case '*', '+', '?' -> throw error("quantifier operand invalid");
            case '{' -> {
                if (at < p.length && p[at] >= '0' && p[at] <= '9') {
                    throw error("quantifier operand invalid");
                }
                yield character(c);
            }
            case '\\' -> new RegexEscape(this).atom();
            default -> character(c);
        };
    }

    private RegexNode group() {
        if (advanced && at < p.length && p[at] == '?') {
            at++;
            boolean behind = at < p.length && p[at] == '<';
            at += behind ? 1 : 0;
            int kind = at < p.length ? p[at++] : 0;
            RegexNode body = switch (kind) {
                case ':', '=', '!' -> {
                    if (behind && kind == ':') {
                        throw error("quantifier operand invalid");
                    }
                    yield choice(false);
                }
                default -> throw error("quantifier operand invalid");
            };
            at++;
            return kind == ':' ? body : new RegexNode.Look(body, behind, kind == '!');
        }
        int index = ++groups;
        RegexNode body = choice(false);
        at++;
        RegexNode.Group group = new RegexNode.Group(index, body);
        known.add(group);
        return group;
    }

    /** A back reference to a group that is already closed. */
    RegexNode reference(int index) {
        for (RegexNode.Group group : known) {
            if (group.index == index) {
                return new RegexNode.Reference(index, group.body);
            }
        }
        throw error("invalid backreference number");
    }

    boolean more() {
        return at < p.length;
    }

    int next() {
        return p[at++];
    }

    int peek() {
        return at < p.length ? p[at] : -1;
    }

    boolean isAdvanced() {
        return advanced;
    }

    RegexNode literal(int c) {
        return character(c);
    }

    RegexNode set(RegexSet set) {
        return new RegexNode.Chars(set);
    }

    int groupsClosed() {
        return known.size();
    }

    private RegexSet bracket() {
        RegexSet set = new RegexSet();
        boolean negated = at < p.length && p[at] == '^';
        at += negated ? 1 : 0;
        boolean first = true;
        while (true) {
            if (at >= p.length) {
                throw error("brackets [] not balanced");
            }
            if (p[at] == ']' && !first) {
                at++;
                break;
            }
            first = false;
            item(set);
        }
        if (ignoreCase) {
            set.foldCase();
        }
        if (negated && dotExcludesNewline) {
            set.add('\n', '\n');
        }
        return negated ? set.negate() : set;
    }

    private void item(RegexSet set) {
        if (looking("[:")) {
            String name = named(':');
            RegexSet named = RegexSet.named(name);
            if (named == null) {
                throw error("invalid character class");
            }
            set.add(named);
            return;
        }
        if (advanced && p[at] == '\\' && at + 1 < p.length) {
            RegexSet escaped = new RegexEscape(this).inBracket(p[at + 1]);
            if (escaped != null) {
                set.add(escaped);
                return;
            }
        }
        int from = element();
        int to = from;
        if (at + 1 < p.length && p[at] == '-' && p[at + 1] != ']') {
            at++;
            to = element();
            if (to < from) {
                throw error("invalid character range");
            }
        }
        set.add(from, to);
    }

    private String named(char mark) {
        at += 2;
        int from = at;
        while (at + 1 < p.length && !(p[at] == mark && p[at + 1] == ']')) {
            at++;
        }
        if (at + 1 >= p.length) {
            throw error("brackets [] not balanced");
        }
        String name = new String(p, from, at - from);
        at += 2;
        return name;
    }

    private int element() {
        if (looking("[=") || looking("[.")) {
            String name = named((char) p[at + 1]);
            if (name.codePointCount(0, name.length()) != 1) {
                throw error("invalid collating element");
            }
            return name.codePointAt(0);
        }
        if (advanced && p[at] == '\\') {
            return new RegexEscape(this).character();
        }
        return p[at++];
    }
}
