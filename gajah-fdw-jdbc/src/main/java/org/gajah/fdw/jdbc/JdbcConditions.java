package org.gajah.fdw.jdbc;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.gajah.api.foreign.ForeignColumn;
import org.gajah.api.foreign.ForeignExpr;
import org.gajah.api.foreign.ForeignQuery;
import org.gajah.api.foreign.ForeignType;
import org.gajah.api.foreign.Judgement;
import org.gajah.api.foreign.RoutineMapping;

/**
 * What a database that is not PostgreSQL can do with a condition. What is pushed keeps every row that the condition keeps, here and there;
 * where it may keep more, the condition is checked again here.
 */
final class JdbcConditions {
    private static final Set<String> COMPARISONS = Set.of("=", "<>", "<", "<=", ">", ">=");
    static final Set<String> STRINGS = Set.of("text", "varchar");
    private static final Set<String> INTEGERS = Set.of("int2", "int4", "int8");
    private static final Set<String> MOMENTS = Set.of("date", "timestamp");
    static final Set<String> ARITHMETIC = Set.of("+", "-", "*");
    /** Functions whose results may differ in more than an empty string. */
    private static final Set<String> PICTURES = Set.of("to_number", "to_date", "to_timestamp", "to_char", "octet_length", "bit_length");
    private static final Set<String> CASES = Set.of("upper", "lower");
    /** Of a list, each value is compared with a call that is written twice. */
    private static final int MOST_COMPARED = 50;
    private static final String OTHER_TYPE = "the column is of another type there";
    private static final String EMPTY_OBJECT = "a large object may be empty there, which is NULL here";
    private static final String OTHER_PATTERNS = "patterns may match otherwise there";
    private static final String TWICE = "a call that is not deterministic cannot stand there twice";
    private static final String UNKNOWN = "not known to mean the same there";

    private final Dialect dialect;
    private final Routines routines;

    JdbcConditions(Routines routines) {
        this.routines = routines;
        this.dialect = routines.dialect();
    }

    /** What goes there of a condition, and whether that is all of it. */
    private record Part(Optional<ForeignExpr> pushed, boolean exact, String reason) {
        static Part none(String reason) {
            return new Part(Optional.empty(), false, reason);
        }

        static Part exact(ForeignExpr pushed) {
            return new Part(Optional.of(pushed), true, "");
        }

        static Part wider(ForeignExpr pushed, String reason) {
            return new Part(Optional.of(pushed), false, reason);
        }
    }

    Judgement judge(ForeignExpr condition) {
        Part part = part(condition);
        if (part.pushed.isEmpty()) {
            return new Judgement.Local(part.reason);
        }
        return part.exact ? new Judgement.Exact(part.pushed) : new Judgement.Wider(part.pushed.get(), part.reason);
    }

    /** Whether a column that UPDATE changes becomes there what it does if the value is computed here; {@code changed} are all such columns. */
    boolean assigns(ForeignColumn column, ForeignExpr value, List<ForeignColumn> changed) {
        ForeignExpr plain = plain(value);
        String type = column.type().name();
        boolean same = plain.type().name().equals(type) || STRINGS.contains(plain.type().name()) && STRINGS.contains(type);
        return same && RemoteColumn.agrees(column, dialect) && switch (plain) {
            case ForeignExpr.Constant c -> c.text().isEmpty() || Writable.asLiteral(type, c.text().get());
            case ForeignExpr.Parameter p -> JdbcAnyValues.binds(p.type());
            case ForeignExpr.Column c -> changed.stream().noneMatch(other -> other.number() == c.column().number()) && (isExact(c) || isExactText(c));
            default -> false;
        };
    }

    /** Whether a column becomes there what it does if the value is sent from here; of a query only what has a type of its own. */
    boolean inserts(ForeignColumn column, ForeignExpr value) {
        return switch (plain(value)) {
            case ForeignExpr.Column c -> assigns(column, c, List.of());
            case ForeignExpr.Constant c -> assigns(column, c, List.of()) && (c.text().isPresent() || dialect.nothing().equals("NULL"));
            default -> false;
        };
    }

    /** Whether it keeps the very rows there. */
    boolean isExact(ForeignExpr condition) {
        return part(condition).exact;
    }

    private Part part(ForeignExpr e) {
        return switch (e) {
            case ForeignExpr.Logic l when l.connective() == ForeignExpr.Connective.AND -> conjunction(l);
            case ForeignExpr.Logic l when l.connective() == ForeignExpr.Connective.OR -> {
                List<Part> parts = l.arguments().stream().map(this::part).toList();
                Optional<Part> missing = parts.stream().filter(p -> p.pushed.isEmpty()).findFirst();
                yield missing.orElseGet(() -> new Part(Optional.of(new ForeignExpr.Logic(l.connective(), parts.stream().map(p -> p.pushed.get()).toList(),
                        l.type())), parts.stream().allMatch(Part::exact), reason(parts)));
            }
            case ForeignExpr.Logic l -> {
                Part inner = part(l.arguments().getFirst());
                yield inner.exact && !hasListParameter(inner.pushed.get()) ? Part.exact(new ForeignExpr.Logic(l.connective(), List.of(inner.pushed.get()), l.type())) : Part.none(inner.exact ? "a list that comes with the run may have NULL in it" : inner.reason);
            }
            case ForeignExpr.NullTest n when isValue(n.argument()) && !isRanged(n.argument()) -> !dialect.emptyIsNull() || !isLarge(n.argument()) ? Part.exact(e)
                    : n.isNull() ? Part.none(EMPTY_OBJECT) : Part.wider(e, EMPTY_OBJECT);
            case ForeignExpr.Operator o when o.arguments().size() == 2 && COMPARISONS.contains(o.name()) -> comparison(o);
            case ForeignExpr.Column c when c.type().name().equals("bool") -> isExact(c) ? Part.exact(c) : Part.none(OTHER_TYPE);
            case ForeignExpr.Operator o when o.name().equals("~~") || o.name().equals("!~~") -> like(o);
            case ForeignExpr.Quantified q when plain(q.scalar()) instanceof ForeignExpr.Call && plain(q.array()) instanceof ForeignExpr.Constant array -> each(q, array);
            case ForeignExpr.Quantified q -> list(q);
            case ForeignExpr.Distinct d -> distinct(d);
            default -> Part.none(UNKNOWN);
        };
    }

    private Part conjunction(ForeignExpr.Logic l) {
        List<Part> parts = l.arguments().stream().map(this::part).toList();
        List<ForeignExpr> pushed = parts.stream().flatMap(p -> p.pushed.stream()).toList();
        if (pushed.isEmpty()) {
            return Part.none(reason(parts));
        }
        ForeignExpr all = pushed.size() == 1 ? pushed.getFirst() : new ForeignExpr.Logic(l.connective(), pushed, l.type());
        return new Part(Optional.of(all), parts.stream().allMatch(Part::exact), reason(parts));
    }

    private static String reason(List<Part> parts) {
        return parts.stream().filter(p -> !p.exact).map(Part::reason).findFirst().orElse("");
    }

    private Part comparison(ForeignExpr.Operator o) {
        ForeignExpr left = plain(o.arguments().get(0));
        ForeignExpr right = plain(o.arguments().get(1));
        if (!isOperand(left, right) || !isOperand(right, left)) {
            return Part.none(unmapped(o).map(c -> "no routine mapping for " + c.name()).orElse(UNKNOWN));
        }
        List<ForeignExpr.Call> inexact = new ArrayList<>();
        collectInexact(left, inexact);
        collectInexact(right, inexact);
        if (!inexact.isEmpty()) {
            return inexact(o, left, right, inexact);
        }
        Part part = comparison(o, left, right);
        List<ForeignExpr> open = open(left, right);
        if (part.pushed.isEmpty()) {
            return part;
        }
        if (!open.isEmpty()) {
            return Part.wider(orNull(o, part.pushed.get(), open), "a null argument gives null there");
        }
        return computes(left) || computes(right) ? Part.wider(part.pushed.get(), "what is out of range here may not be there") : part;
    }

    private Optional<ForeignExpr.Call> unmapped(ForeignExpr e) {
        return e instanceof ForeignExpr.Call c && mapping(c).isEmpty() ? Optional.of(c) : e.children().stream().map(this::unmapped).flatMap(Optional::stream).findFirst();
    }

    /** Of calls that may give another result there: what follows from the comparison, else the comparison itself with NULL let through; no column that makes it null. */
    private Part inexact(ForeignExpr.Operator o, ForeignExpr left, ForeignExpr right, List<ForeignExpr.Call> inexact) {
        Part part = Implied.by(o, left, right).map(this::part).filter(p -> p.pushed.isPresent()).map(p -> Part.wider(p.pushed.get(), hopeless(inexact, o, left, right)
                .orElse("the result may be another one there"))).orElseGet(() -> orWide(o, direct(o, left, right, inexact), inexact));
        return withStrict(o, part);
    }

    /** With rows that have characters that count as two there, if a call counts them. */
    private Part orWide(ForeignExpr.Operator o, Part part, List<ForeignExpr.Call> inexact) {
        Set<ForeignExpr.Column> counted = new LinkedHashSet<>(inexact.stream().flatMap(c -> CodeUnits.counted(c, dialect).stream()).toList());
        if (part.pushed.isEmpty() || counted.isEmpty()) {
            return part;
        }
        List<ForeignExpr> any = new ArrayList<>(List.of(part.pushed.get()));
        counted.forEach(c -> CodeUnits.wide(o, c, dialect).ifPresent(any::add));
        return any.size() <= counted.size() ? Part.none("characters may be counted otherwise there") : Part.wider(Implied.any(o, any), part.reason);
    }

    /** With that no column is null that makes the whole null. */
    private Part withStrict(ForeignExpr.Operator o, Part part) {
        List<ForeignExpr> asked = new ArrayList<>(part.pushed.stream().toList());
        Set<ForeignExpr> strict = new LinkedHashSet<>();
        o.arguments().forEach(a -> collectStrict(plain(a), strict));
        strict.forEach(e -> asked.add(new ForeignExpr.NullTest(e, false, o.type())));
        return asked.isEmpty() ? part : Part.wider(Implied.all(o, asked), part.reason);
    }

    private Part direct(ForeignExpr.Operator o, ForeignExpr left, ForeignExpr right, List<ForeignExpr.Call> inexact) {
        if (dialect.emptyIsNull() && (isEmpty(left) || isEmpty(right)) && !isLarge(left) && !isLarge(right)) {
            return ofEmpty(o, isEmpty(left) ? right : left);
        }
        Optional<String> hopeless = hopeless(inexact, o, left, right);
        if (hopeless.isPresent()) {
            return Part.none(hopeless.get());
        }
        if (inexact.stream().anyMatch(c -> !isDeterministic(c))) {
            return Part.none(TWICE);
        }
        boolean bound = o.name().equals("=") && dialect.textEquality() && java.util.stream.Stream.of(left, right).allMatch(e -> STRINGS.contains(e.type().name()) && agrees(e));
        Part part = bound ? Part.exact(new ForeignExpr.Operator(o.name(), List.of(left, right), Optional.empty(), o.type())) : comparison(o, left, right);
        if (part.pushed.isEmpty()) {
            return part;
        }
        List<ForeignExpr> open = open(left, right);
        open.addAll(inexact);
        return Part.wider(orNull(o, part.pushed.get(), open), "the empty string is NULL there");
    }

    /** A call that is compared with the empty string, which is NULL there. */
    private Part ofEmpty(ForeignExpr.Operator o, ForeignExpr call) {
        boolean known = call instanceof ForeignExpr.Call c && EmptyResults.areNull(c) && (o.name().equals("=") || o.name().equals("<>") && EmptyResults.alone(c));
        return known ? Part.wider(new ForeignExpr.NullTest(call, o.name().equals("="), o.type()), "the empty string is NULL there") : Part.none("the empty string is NULL there");
    }

    private List<ForeignExpr> open(ForeignExpr left, ForeignExpr right) {
        List<ForeignExpr> open = new ArrayList<>();
        collectNullable(left, open);
        collectNullable(right, open);
        return open;
    }

    private static ForeignExpr orNull(ForeignExpr.Operator o, ForeignExpr asked, List<ForeignExpr> values) {
        List<ForeignExpr> any = new ArrayList<>(List.of(asked));
        values.forEach(e -> any.add(new ForeignExpr.NullTest(e, true, o.type())));
        return Implied.any(o, any);
    }

    /** The columns that make a value null as soon as they are: those below strict functions and operators alone. */
    private void collectStrict(ForeignExpr e, Set<ForeignExpr> found) {
        switch (e) {
            case ForeignExpr.Column c when c.column().number() > 0 && !c.column().notNull() -> found.add(c);
            case ForeignExpr.Call c when mapping(c).map(RoutineMapping::strict).orElse(false) -> c.arguments().forEach(a -> collectStrict(plain(a), found));
            case ForeignExpr.Operator o -> o.arguments().forEach(a -> collectStrict(plain(a), found));
            default -> { }
        }
    }

    /** Why a comparison of inexact calls may lose rows even if it lets NULL through. */
    private Optional<String> hopeless(List<ForeignExpr.Call> inexact, ForeignExpr.Operator o, ForeignExpr left, ForeignExpr right) {
        for (ForeignExpr.Call c : inexact) {
            if (PICTURES.contains(c.name()) && !ExactPictures.knows(c) || c.name().equals("concat") && !c.arguments().stream().allMatch(this::readsAlike)) {
                return Optional.of("the result of " + c.name() + " may be another one there");
            }
            if (!ExactPictures.knows(c) && c.arguments().stream().anyMatch(a -> isFiner(plain(a)))) {
                return Optional.of("what is stored there may be finer");
            }
            if (c.name().equals("translate") && isLarge(c) || STRINGS.contains(c.type().name()) && (c == left || c == right) && isLarge(c)) {
                return Optional.of("large objects are not compared there");
            }
            if (o.name().equals("<>") && hasPadded(c)) {
                return Optional.of("blanks at the end may not count there");
            }
            if (CASES.contains(c.name()) && !(o.name().equals("=") && (c == left && isAscii(right) || c == right && isAscii(left)))) {
                return Optional.of("letters beyond ASCII have other cases there");
            }
        }
        return Optional.empty();
    }

    private boolean isLarge(ForeignExpr e) {
        return e instanceof ForeignExpr.Column c ? RemoteColumn.isLarge(c.column()) || dialect.documents() && RemoteColumn.isDocument(c.column()) : e.children().stream().anyMatch(this::isLarge);
    }

    private static boolean hasPadded(ForeignExpr e) {
        return isPadded(e) || e.children().stream().anyMatch(JdbcConditions::hasPadded);
    }

    /** Whether the text of a value is there what it is here, whatever the sessions' settings. */
    private boolean readsAlike(ForeignExpr argument) {
        ForeignExpr e = plain(argument);
        String type = e.type().name();
        return STRINGS.contains(type) || type.equals("unknown") || INTEGERS.contains(type) && agrees(e);
    }

    private static boolean isAscii(ForeignExpr e) {
        return e instanceof ForeignExpr.Constant c && c.text().map(t -> t.chars().allMatch(ch -> ch < 128)).orElse(true);
    }

    private Optional<RoutineMapping> mapping(ForeignExpr.Call c) {
        return routines.of(c);
    }

    /** What can stand on a side of a comparison. A parameter that may lie beyond what there is there decides it then, whatever the other side's value. */
    private boolean isOperand(ForeignExpr e, ForeignExpr other) {
        return isRanged(e) ? isValue(e) && !hasParameter(other) : isComputable(e);
    }

    private static boolean isRanged(ForeignExpr e) {
        return e instanceof ForeignExpr.Parameter p && Place.TYPES.contains(p.type().name());
    }

    /** The comparison with its parameter on the right, if that may lie beyond what there is there. */
    static Optional<ForeignExpr.Operator> ranged(ForeignExpr.Operator o) {
        if (o.arguments().size() != 2 || !COMPARISONS.contains(o.name())) {
            return Optional.empty();
        }
        ForeignExpr.Operator turned = isRanged(o.arguments().getFirst()) ? FinerMoments.turned(o) : o;
        return Optional.of(turned).filter(t -> isRanged(t.arguments().getLast()) && !hasParameter(t.arguments().getFirst()));
    }

    private static boolean hasListParameter(ForeignExpr e) {
        return e instanceof ForeignExpr.Quantified q && hasParameter(q.array()) || e.children().stream().anyMatch(JdbcConditions::hasListParameter);
    }

    private static boolean hasParameter(ForeignExpr e) {
        return e instanceof ForeignExpr.Parameter || e.children().stream().anyMatch(JdbcConditions::hasParameter);
    }

    /** A value, or what is known to be computed alike of what is computable. */
    private boolean isComputable(ForeignExpr e) {
        return switch (e) {
            case ForeignExpr.Call c -> mapping(c).isPresent() && c.arguments().stream().map(JdbcConditions::plain).allMatch(a -> isComputable(a) && isArgument(c, a))
                    && (c.arguments().stream().allMatch(this::isDeterministic) || !routines.call(c).orElseThrow().repeats());
            case ForeignExpr.Operator o -> ARITHMETIC.contains(o.name()) && INTEGERS.contains(o.type().name())
                    && o.arguments().stream().map(JdbcConditions::plain).allMatch(a -> INTEGERS.contains(a.type().name()) && isComputable(a) && agrees(a));
            case ForeignExpr.Coalesce c -> alike(c.arguments(), c.type());
            case ForeignExpr.Case c -> c.conditions().stream().allMatch(w -> part(w).exact) && alike(c.results(), c.type())
                    && alike(List.of(c.otherwise()), c.type());
            case ForeignExpr.Column c -> isValue(c) && !RemoteColumn.strips(c.column()) && !RemoteColumn.isLong(c.column());
            case ForeignExpr.Aggregate a -> gives(a);
            default -> isValue(e) && !isRanged(e);
        };
    }

    /** Whether an argument is no column that is another value there; blanks at the end of strings do no harm, nor do fractions that a picture cuts off; of inexact calls what follows is asked. */
    private boolean isArgument(ForeignExpr.Call call, ForeignExpr e) {
        return !(e instanceof ForeignExpr.Column c) || RemoteColumn.isString(c.column())
                || agrees(c) && !c.type().name().equals("bpchar") && (!isFiner(c) || ExactPictures.knows(call) || !option(call, "exact", true));
    }

    /** Whether it gives the same each time, as far as the makers of mappings say. */
    private boolean isDeterministic(ForeignExpr e) {
        boolean here = !(e instanceof ForeignExpr.Call c) || option(c, "deterministic", true);
        return here && e.children().stream().allMatch(this::isDeterministic);
    }

    private boolean option(ForeignExpr.Call c, String name, boolean otherwise) {
        return mapping(c).map(m -> OptionValues.flag(m.options(), name, otherwise)).orElse(otherwise);
    }

    /** The arguments whose being null makes a call null there but not here. */
    private void collectNullable(ForeignExpr e, List<ForeignExpr> found) {
        if (e instanceof ForeignExpr.Call c && mapping(c).map(m -> !m.strict()).orElse(false) && option(c, "null_on_null", false)) {
            c.arguments().stream().map(JdbcConditions::plain).filter(a -> !(a instanceof ForeignExpr.Constant)).forEach(found::add);
        }
        e.children().forEach(a -> collectNullable(plain(a), found));
    }

    /** Whether strings of these sides compare there as they do here, as the maker of a mapping says. */
    private boolean isCollationSafe(ForeignExpr left, ForeignExpr right) {
        boolean called = left instanceof ForeignExpr.Call || right instanceof ForeignExpr.Call;
        return called && java.util.stream.Stream.of(left, right).allMatch(e -> e instanceof ForeignExpr.Constant || e instanceof ForeignExpr.Parameter
                || e instanceof ForeignExpr.Call c && option(c, "collation_safe", false));
    }

    /** Whether a call may be computed there outside a condition: its mapping is exact, and says so. */
    boolean gives(ForeignExpr.Call c) {
        List<ForeignExpr.Call> inexact = new ArrayList<>();
        collectInexact(c, inexact);
        List<ForeignExpr> open = new ArrayList<>();
        collectNullable(c, open);
        return isComputable(c) && inexact.isEmpty() && open.isEmpty() && isDeterministic(c) && !option(c, "where_only", true);
    }

    /** Whether an aggregate is the very value there that it is here. */
    boolean gives(ForeignExpr.Aggregate a) {
        return switch (a.name()) {
            case "count" -> a.filter().isEmpty() && (a.star() || plain(a.arguments().getFirst()) instanceof ForeignExpr.Column c && !(dialect.emptyIsNull() && isLarge(c)) && !RemoteColumn.isLong(c.column())
                    && (!a.distinct() || isNumber(c.type().name()) && isExact(c)));
            case "min", "max" -> a.filter().isEmpty() && a.arguments().getFirst() instanceof ForeignExpr.Column c && isExact(c);
            default -> new ExactSums(dialect, this).computes(a);
        };
    }

    /** Values of one type that is the same there; of strings none may be empty. */
    private boolean alike(List<ForeignExpr> values, ForeignType type) {
        boolean known = dialect.exactTypes().contains(type.name()) || STRINGS.contains(type.name()) && dialect.textEquality();
        return known && values.stream().map(JdbcConditions::plain).allMatch(v -> isComputable(v) && agrees(v) && !(dialect.emptyIsNull() && mayBeEmpty(v)));
    }

    private static boolean computes(ForeignExpr e) {
        return e instanceof ForeignExpr.Operator || e.children().stream().anyMatch(JdbcConditions::computes);
    }

    private void collectInexact(ForeignExpr e, List<ForeignExpr.Call> found) {
        if (e instanceof ForeignExpr.Call c && mapping(c).map(m -> !OptionValues.flag(m.options(), "exact", true)).orElse(false)) {
            found.add(c);
        }
        e.children().forEach(a -> collectInexact(plain(a), found));
    }

    private Part comparison(ForeignExpr.Operator o, ForeignExpr left, ForeignExpr right) {
        boolean strings = STRINGS.contains(left.type().name()) && STRINGS.contains(right.type().name());
        boolean padded = isPadded(left) || isPadded(right);
        if (strings && padded && o.name().equals("=")) {
            return Part.wider(new ForeignExpr.Operator(o.name(), List.of(left, right), Optional.empty(), o.type()), "blanks at the end do not count there");
        }
        Optional<Part> near = near(o, left, right).or(() -> near(FinerMoments.turned(o), right, left));
        if (near.isPresent()) {
            return near.get();
        }
        if (!agrees(left) || !agrees(right)) {
            return Part.none(OTHER_TYPE);
        }
        boolean known = dialect.finerMoments() || dialect.exactTypes().contains(left.type().name());
        if (known && (dialect.finerMoments() || isFiner(left) || isFiner(right)) && left.type().name().equals(right.type().name()) && MOMENTS.contains(left.type().name())) {
            return moments(o, left, right);
        }
        ForeignExpr asked = new ForeignExpr.Operator(o.name(), List.of(left, right), Optional.empty(), o.type());
        String l = left.type().name();
        String r = right.type().name();
        if (strings && (o.name().equals("=") || o.name().equals("<>"))) {
            return text(o.name().equals("="), asked, left, right);
        }
        if (strings && isCollationSafe(left, right)) {
            return dialect.emptyIsNull() && (mayBeEmpty(left) || mayBeEmpty(right)) ? Part.none("the empty string is NULL there") : Part.exact(asked);
        }
        if (strings && dialect.textOrder()) {
            return Part.exact(asked);
        }
        if (strings) {
            return Part.none("strings may sort otherwise there");
        }
        return comparable(l, r) ? Part.exact(asked) : Part.none("values of type " + l + " may compare otherwise there");
    }

    /** A column there may be finer than its values here; a call whose mapping is exact is not. */
    private static Part moments(ForeignExpr.Operator o, ForeignExpr left, ForeignExpr right) {
        if (left instanceof ForeignExpr.Column || right instanceof ForeignExpr.Column) {
            return (left instanceof ForeignExpr.Column ? FinerMoments.part(o, left, right) : FinerMoments.part(FinerMoments.turned(o), right, left)).map(JdbcConditions::of)
                    .orElse(Part.none(UNKNOWN));
        }
        boolean called = left instanceof ForeignExpr.Call || right instanceof ForeignExpr.Call;
        return called ? Part.exact(new ForeignExpr.Operator(o.name(), List.of(left, right), Optional.empty(), o.type())) : Part.none(UNKNOWN);
    }

    private Optional<Part> near(ForeignExpr.Operator o, ForeignExpr left, ForeignExpr right) {
        return dialect.nearNumbers() && left instanceof ForeignExpr.Column c && RemoteColumn.isNear(c.column()) && right instanceof ForeignExpr.Constant constant
                ? NearNumbers.around(o, c, constant).map(asked -> Part.wider(asked, "numbers are rounded on the way")) : Optional.empty();
    }

    private static Part of(FinerMoments.Asked asked) {
        return asked.exact() ? Part.exact(asked.condition()) : Part.wider(asked.condition(), "what is stored there may be finer");
    }

    private static boolean isPadded(ForeignExpr e) {
        return e instanceof ForeignExpr.Column c && RemoteColumn.isPadded(c.column());
    }

    private static boolean isFiner(ForeignExpr e) {
        return e instanceof ForeignExpr.Column c && RemoteColumn.isFiner(c.column());
    }

    private boolean agrees(ForeignExpr e) {
        return !(e instanceof ForeignExpr.Column c) || RemoteColumn.agrees(c.column(), dialect);
    }

    /** Whether a column is one of the table, and its values are there what they are here, in all comparisons. */
    boolean isExact(ForeignExpr.Column c) {
        return c.column().number() > 0 && agrees(c) && !isFiner(c) && dialect.exactTypes().contains(c.type().name());
    }

    /** Whether a string is equal to another there if it is here, and only then. */
    boolean isExactText(ForeignExpr e) {
        return STRINGS.contains(e.type().name()) && dialect.textEquality() && agrees(e);
    }

    /** Whether a key is a column of strings that sort there by their bytes, as they must here. */
    boolean isSortedText(ForeignQuery.SortKey key) {
        return plain(key.key()) instanceof ForeignExpr.Column c && c.column().number() > 0 && isExactText(c) && dialect.textOrder()
                && key.collation().map("C"::equals).orElse(true);
    }

    private boolean comparable(String l, String r) {
        return dialect.exactTypes().contains(l) && dialect.exactTypes().contains(r) && (isNumber(l) && isNumber(r) || l.equals(r));
    }

    static boolean isNumber(String type) {
        return INTEGERS.contains(type) || type.equals("numeric");
    }

    /** Equality of strings: exact, or if more are equal there a wider one; the empty string may be no value at all there. */
    private Part text(boolean equal, ForeignExpr asked, ForeignExpr left, ForeignExpr right) {
        boolean maybeEmpty = dialect.emptyIsNull() && (mayBeEmpty(left) || mayBeEmpty(right));
        if (maybeEmpty) {
            boolean column = left instanceof ForeignExpr.Column || right instanceof ForeignExpr.Column;
            return equal && column ? Part.wider(asked, "the empty string is NULL there") : Part.none("the empty string is NULL there");
        }
        if (dialect.textEquality()) {
            return Part.exact(asked);
        }
        return equal ? Part.wider(asked, "strings that differ may be equal there") : Part.none("strings that differ may be equal there");
    }

    private static boolean isEmpty(ForeignExpr e) {
        return e instanceof ForeignExpr.Constant c && c.text().map(String::isEmpty).orElse(false);
    }

    private static boolean mayBeEmpty(ForeignExpr e) {
        return switch (e) {
            case ForeignExpr.Constant c -> c.text().map(String::isEmpty).orElse(false);
            case ForeignExpr.Parameter p -> STRINGS.contains(p.type().name());
            default -> false;
        };
    }

    /** LIKE by a pattern that reads the same there. */
    private Part like(ForeignExpr.Operator o) {
        ForeignExpr value = plain(o.arguments().get(0));
        List<ForeignExpr.Call> inexact = new ArrayList<>();
        collectInexact(value, inexact);
        if (!inexact.isEmpty()) {
            return isComputable(value) ? withStrict(o, orWide(o, matched(o, value, inexact), inexact)) : Part.none(UNKNOWN);
        }
        boolean lost = dialect.like() == Dialect.Like.WIDER && o.name().equals("!~~");
        if (!isReadable(o) || lost || !isValue(value) || !agrees(value)) {
            return Part.none(OTHER_PATTERNS);
        }
        ForeignExpr asked = new ForeignExpr.Operator(o.name(), List.of(value, plain(o.arguments().get(1))), Optional.empty(), o.type());
        return dialect.like() == Dialect.Like.EXACT ? Part.exact(asked) : Part.wider(asked, "patterns match more there");
    }

    private boolean isReadable(ForeignExpr.Operator o) {
        return dialect.like() != Dialect.Like.UNKNOWN && STRINGS.contains(plain(o.arguments().get(0)).type().name()) && plain(o.arguments().get(1)) instanceof ForeignExpr.Constant c
                && c.text().map(this::isPlainPattern).orElse(false);
    }

    /** A call that matches a pattern, with NULL let through, which may stand for the empty string. */
    private Part matched(ForeignExpr.Operator o, ForeignExpr value, List<ForeignExpr.Call> inexact) {
        ForeignExpr pattern = plain(o.arguments().get(1));
        Optional<String> hopeless = hopeless(inexact, new ForeignExpr.Operator("=", o.arguments(), o.collation(), o.type()), value, pattern);
        if (hopeless.isPresent() || !isReadable(o) || !o.name().equals("~~")) {
            return Part.none(hopeless.orElse(OTHER_PATTERNS));
        }
        if (inexact.stream().anyMatch(c -> !isDeterministic(c))) {
            return Part.none(TWICE);
        }
        List<ForeignExpr> open = open(value, value);
        open.addAll(inexact);
        return Part.wider(orNull(o, Implied.compare(o, value, "~~", pattern), open), "the empty string is NULL there");
    }

    /** Whether the escape character stands before nothing but wildcards and itself, and all know what one character is. */
    private boolean isPlainPattern(String pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            if (pattern.charAt(i) == '_' && !dialect.codePoints()) {
                return false;
            }
            if (pattern.charAt(i) == '\\') {
                i++;
                if (i == pattern.length() || "%_\\".indexOf(pattern.charAt(i)) < 0) {
                    return false;
                }
            }
        }
        return !pattern.isEmpty();
    }

    /** {@code IN} of a call, as comparisons with each of a few constants. */
    private Part each(ForeignExpr.Quantified q, ForeignExpr.Constant array) {
        ForeignType element = new ForeignType(0, array.type().name().replace("[]", ""), -1);
        List<Optional<String>> values = ListText.elements(array).orElse(List.of());
        if (values.isEmpty() || values.size() > MOST_COMPARED || values.stream().anyMatch(Optional::isEmpty)) {
            return Part.none(UNKNOWN);
        }
        List<ForeignExpr> comparisons = values.stream().map(value -> (ForeignExpr) new ForeignExpr.Operator(q.operator(), List.of(q.scalar(),
                new ForeignExpr.Constant(value, element)), q.collation(), q.type())).toList();
        return part(comparisons.size() == 1 ? comparisons.getFirst()
                : new ForeignExpr.Logic(q.any() ? ForeignExpr.Connective.OR : ForeignExpr.Connective.AND, comparisons, q.type()));
    }

    /** {@code IN} and {@code NOT IN} of constants, and of an array that comes with the run. */
    private Part list(ForeignExpr.Quantified q) {
        ForeignExpr scalar = plain(q.scalar());
        ForeignExpr array = plain(q.array());
        String element = array.type().name().endsWith("[]") ? array.type().name().substring(0, array.type().name().length() - 2) : "";
        boolean operator = q.any() ? q.operator().equals("=") : q.operator().equals("<>");
        boolean known = operator && isValue(scalar) && (array instanceof ForeignExpr.Constant c && ListText.elements(c).filter(l -> !l.isEmpty()).filter(l -> Writable.all(element, l) && (dialect.listsNulls() || l.stream().allMatch(Optional::isPresent))).isPresent()
                || array instanceof ForeignExpr.Parameter && q.any() && scalar instanceof ForeignExpr.Column
                && JdbcAnyValues.binds(new ForeignType(0, element, -1)));
        if (!known) {
            return Part.none(UNKNOWN);
        }
        ForeignExpr asked = new ForeignExpr.Quantified(q.operator(), q.any(), scalar, array, Optional.empty(), q.type());
        String type = scalar.type().name();
        boolean more = isPadded(scalar) && q.any() && STRINGS.contains(element);
        if (!agrees(scalar) && !more || isFiner(scalar)) {
            return Part.none(OTHER_TYPE);
        }
        if (STRINGS.contains(type) && STRINGS.contains(element)) {
            return dialect.textEquality() && !more ? Part.exact(asked) : q.any() ? Part.wider(asked, "strings that differ may be equal there")
                    : Part.none("strings that differ may be equal there");
        }
        return comparable(type, element) ? Part.exact(asked) : Part.none("values of type " + type + " may compare otherwise there");
    }

    private Part distinct(ForeignExpr.Distinct d) {
        ForeignExpr left = plain(d.left());
        ForeignExpr right = plain(d.right());
        boolean known = isValue(left) && isValue(right) && !isRanged(left) && !isRanged(right) && agrees(left) && agrees(right) && !isFiner(left) && !isFiner(right) && comparable(left.type().name(), right.type().name());
        return known ? Part.exact(new ForeignExpr.Distinct(left, right, d.type())) : Part.none(UNKNOWN);
    }

    static ForeignExpr plain(ForeignExpr e) {
        return e instanceof ForeignExpr.Relabel r && r.implicit() ? plain(r.argument()) : e;
    }

    /** A column, constant or parameter. */
    static boolean isValue(ForeignExpr e) {
        return switch (e) {
            case ForeignExpr.Column c -> c.column().number() > 0;
            case ForeignExpr.Constant c -> c.text().map(t -> Writable.is(c.type().name(), t)).orElse(true);
            case ForeignExpr.Parameter p -> JdbcAnyValues.binds(p.type());
            default -> false;
        };
    }
}
