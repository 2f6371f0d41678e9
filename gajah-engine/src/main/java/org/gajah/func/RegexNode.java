package org.gajah.func;

import java.util.List;

/** A parsed regular expression. Nodes are compared by identity. */
abstract sealed class RegexNode {
    /** Which of several matches from the same place a part prefers. */
    enum Preference { NONE, LONG, SHORT }

    private final boolean groups;
    private final boolean references;
    private final Preference preference;

    private RegexNode(boolean groups, boolean references, Preference preference) {
        this.groups = groups;
        this.references = references;
        this.preference = preference;
    }

    /** Whether a group or a back reference lies inside: then the match must be taken apart. */
    final boolean hasGroups() {
        return groups;
    }

    final boolean hasReferences() {
        return references;
    }

    final Preference preference() {
        return preference;
    }

    /** Matches nothing, and always. */
    static final class Empty extends RegexNode {
        Empty() {
            super(false, false, Preference.NONE);
        }
    }

    /** Matches one character. */
    static final class Chars extends RegexNode {
        final RegexSet set;

        Chars(RegexSet set) {
            super(false, false, Preference.NONE);
            this.set = set;
        }
    }

    /** One part after the other. */
    static final class Sequence extends RegexNode {
        final RegexNode first;
        final RegexNode second;

        Sequence(RegexNode first, RegexNode second) {
            super(first.hasGroups() || second.hasGroups(), first.hasReferences() || second.hasReferences(),
                    first.preference() != Preference.NONE ? first.preference() : second.preference());
            this.first = first;
            this.second = second;
        }
    }

    /** One of several branches; prefers the longest match whatever they prefer. */
    static final class Choice extends RegexNode {
        final List<RegexNode> branches;

        Choice(List<RegexNode> branches) {
            super(branches.stream().anyMatch(RegexNode::hasGroups), branches.stream().anyMatch(RegexNode::hasReferences),
                    Preference.LONG);
            this.branches = branches;
        }
    }

    /** A part repeated; {@code max} is -1 where there is no limit. */
    static final class Repeat extends RegexNode {
        final RegexNode body;
        final int min;
        final int max;
        final boolean greedy;

        Repeat(RegexNode body, int min, int max, boolean greedy) {
            super(body.hasGroups(), body.hasReferences(),
                    min == max ? body.preference() : greedy ? Preference.LONG : Preference.SHORT);
            this.body = body;
            this.min = min;
            this.max = max;
            this.greedy = greedy;
        }
    }

    /** A capturing group. */
    static final class Group extends RegexNode {
        final int index;
        final RegexNode body;

        Group(int index, RegexNode body) {
            super(true, body.hasReferences(), body.preference());
            this.index = index;
            this.body = body;
        }
    }

    /** What a group matched, again. */
    static final class Reference extends RegexNode {
        final int index;
        final RegexNode body;

        Reference(int index, RegexNode body) {
            super(true, true, Preference.NONE);
            this.index = index;
            this.body = body;
        }
    }

    /** A condition on the place. */
    static final class Condition extends RegexNode {
        enum Kind { LINE_START, LINE_END, TEXT_START, TEXT_END, WORD_START, WORD_END, WORD_EDGE, NO_WORD_EDGE }

        final Kind kind;

        Condition(Kind kind) {
            super(false, false, Preference.NONE);
            this.kind = kind;
        }
    }

    /** What follows or precedes must, or must not, match. */
    static final class Look extends RegexNode {
        final RegexNode body;
        final boolean behind;
        final boolean negated;

        Look(RegexNode body, boolean behind, boolean negated) {
            super(false, false, Preference.NONE);
            this.body = body;
            this.behind = behind;
            this.negated = negated;
        }
    }
}
