package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.catalog.ProcRow;
import org.gajah.catalog.Relation;
import org.gajah.type.Oids;

/**
 * Inserts conversions: the only place that does.
 *
 * <p>{@code canCoerce} first, then {@code coerce}: the latter fails only where the former would have said no.
 */
final class Coercer {
    private final Analysis a;
    private final Types types;

    Coercer(Analysis analysis) {
        a = analysis;
        types = analysis.types;
    }

    boolean canCoerce(int source, int target, CoercionContext context) {
        return canCoerce(List.of(source), List.of(target), context);
    }

    /** Whether these arguments may stand for these parameters. */
    boolean canCoerce(List<Integer> sources, List<Integer> targets, CoercionContext context) {
        boolean generic = false;
        for (int i = 0; i < sources.size(); i++) {
            int source = sources.get(i);
            int target = targets.get(i);
            if (source == target || target == Oids.ANY) {
                continue;
            }
            if (Types.isPolymorphic(target)) {
                generic = true;
            } else if (source != Oids.UNKNOWN && !canCoerceOne(source, target, context)) {
                return false;
            }
        }
        return !generic || a.polymorphism.consistent(sources, targets);
    }

    private boolean canCoerceOne(int source, int target, CoercionContext context) {
        return a.pathways.find(target, source, context).exists()
                || source == Oids.RECORD && types.isComplex(target)
                || target == Oids.RECORD && types.isComplex(source)
                || target == Oids.RECORD_ARRAY && types.isComplexArray(source)
                || types.inherits(source, target);
    }

    /** The value as {@code target}, fitted to {@code typmod}; empty if there is no way in this context. */
    Optional<Expr> coerceToTarget(Expr value, int target, int typmod, CoercionContext context, Expr.CallForm form, int location) {
        if (!canCoerce(value.type(), target, context)) {
            return Optional.empty();
        }
        Expr bare = value;
        while (bare instanceof Expr.Collate c) {
            bare = c.arg();
        }
        Expr coerced = coerce(bare, target, typmod, context, form, location);
        coerced = fit(coerced, target, typmod, context, form, location, coerced != bare && !(coerced instanceof Expr.Const));
        if (bare != value && types.collatable(target)) {
            Expr.Collate outer = (Expr.Collate) value;
            coerced = new Expr.Collate(coerced, outer.collation(), outer.location());
        }
        return Optional.of(coerced);
    }

    /** Implicitly, without a modifier: for operands that {@code canCoerce} has allowed. */
    Expr coerceImplicitly(Expr value, int target) {
        return coerce(value, target, -1, CoercionContext.IMPLICIT, Expr.CallForm.IMPLICIT_CAST, 0);
    }

    Expr coerce(Expr value, int target, int typmod, CoercionContext context, Expr.CallForm form, int location) {
        int source = value.type();
        if (source == target || isPassedAsIs(target)) {
            return value;
        }
        if (isGenericContainer(target) && source != Oids.UNKNOWN) {
            int base = types.base(source);
            return base == source ? value : new Expr.Relabel(value, base, -1, 0, form, location);
        }
        if (source == Oids.UNKNOWN) {
            Expr known = unknown(value, target, typmod, context, form, location);
            if (known != value) {
                return known;
            }
        }
        if (value instanceof Expr.Collate c) {
            Expr inner = coerce(c.arg(), target, typmod, context, form, location);
            return types.collatable(target) ? new Expr.Collate(inner, c.collation(), c.location()) : inner;
        }
        Pathways.Pathway pathway = a.pathways.find(target, source, context);
        if (pathway.exists()) {
            return along(pathway, value, target, typmod, context, form, location);
        }
        if (source == Oids.RECORD && types.isComplex(target)) {
            return recordToComplex(value, target, context, form, location);
        }
        if (target == Oids.RECORD && types.isComplex(source) || target == Oids.RECORD_ARRAY && types.isComplexArray(source)) {
            return value;
        }
        if (types.inherits(source, target)) {
            return new Expr.ConvertRowtype(value, target, form, location);
        }
        throw new SqlError(SqlState.INTERNAL_ERROR, "failed to find conversion function from " + types.name(source)
                + " to " + types.name(target));
    }

    private static boolean isPassedAsIs(int target) {
        return switch (target) {
            case Oids.ANY, Oids.ANYELEMENT, Oids.ANYNONARRAY, Oids.ANYCOMPATIBLE, Oids.ANYCOMPATIBLENONARRAY -> true;
            default -> false;
        };
    }

    private static boolean isGenericContainer(int target) {
        return Types.isPolymorphic(target) && !isPassedAsIs(target);
    }

    /** An unknown literal or parameter as what is wanted; the value itself if it is neither. */
    private Expr unknown(Expr value, int target, int typmod, CoercionContext context, Expr.CallForm form, int location) {
        return switch (value) {
            case Expr.Const c -> literal(c, target, typmod, context, form, location);
            case Expr.Param p when a.context.parameters().isOpen() -> {
                a.context.parameters().resolve(p.number(), target, types, p.location());
                yield new Expr.Param(p.number(), target, -1, types.collation(target), p.location());
            }
            case Expr.Relabel ignored -> value;
            default -> value;
        };
    }

    private Expr literal(Expr.Const c, int target, int typmod, CoercionContext context, Expr.CallForm form, int location) {
        Types.Typed base = types.base(target, typmod);
        int inputTypmod = base.type() == Oids.INTERVAL ? base.typmod() : -1;
        int at = c.location() != 0 ? c.location() : location;
        Object parsed = c.value() == null ? null : a.literals.parse(base.type(), inputTypmod, (Slice) c.value(), at);
        Expr made = new Expr.Const(base.type(), inputTypmod, types.collation(base.type()), parsed, at);
        return base.type() == target ? made : toDomain(made, base, target, context, form, location);
    }

    private Expr along(Pathways.Pathway pathway, Expr value, int target, int typmod, CoercionContext context, Expr.CallForm form,
            int location) {
        Types.Typed base = types.base(target, typmod);
        if (pathway.kind() == Pathways.Kind.RELABEL) {
            if (types.isDomain(target)) {
                return toDomain(value, base, target, context, form, location);
            }
            return new Expr.Relabel(value, target, -1, 0, form, location);
        }
        Expr made = build(pathway, value, base, context, form, location);
        return base.type() == target ? made : toDomain(made == value ? made : hide(made), base, target, context, form, location);
    }

    private Expr toDomain(Expr value, Types.Typed base, int domain, CoercionContext context, Expr.CallForm form, int location) {
        if (value.type() == domain) {
            return value;
        }
        Expr inner = value.type() == base.type() || types.base(value.type()) == base.type() ? value
                : new Expr.Relabel(value, base.type(), -1, 0, Expr.CallForm.IMPLICIT_CAST, location);
        inner = fit(inner, base.type(), base.typmod(), context, Expr.CallForm.IMPLICIT_CAST, location, false);
        return new Expr.CoerceToDomain(inner, domain, -1, 0, form, location);
    }

    /** Fits a value of the right type to its modifier: {@code varchar(3)}, {@code numeric(10,2)}. */
    Expr fit(Expr value, int type, int typmod, CoercionContext context, Expr.CallForm form, int location, boolean hideInner) {
        if (typmod == value.typmod()) {
            return value;
        }
        Expr inner = hideInner ? hide(value) : value;
        Pathways.Pathway pathway = typmod < 0 ? Pathways.Pathway.NONE : a.pathways.forTypmod(type);
        if (pathway.exists()) {
            return build(pathway, inner, new Types.Typed(type, typmod), context, form, location);
        }
        return new Expr.Relabel(inner, type, typmod, 0, form, location);
    }

    /** The inner of two casts that were one in the text is not shown. */
    private static Expr hide(Expr e) {
        Expr.CallForm implicit = Expr.CallForm.IMPLICIT_CAST;
        return switch (e) {
            case Expr.FunctionCall f -> new Expr.FunctionCall(f.function(), f.type(), f.typmod(), f.returnsSet(), f.variadic(), implicit,
                    f.collation(), f.inputCollation(), f.args(), f.location());
            case Expr.Relabel r -> new Expr.Relabel(r.arg(), r.type(), r.typmod(), r.collation(), implicit, r.location());
            case Expr.CoerceViaIo c -> new Expr.CoerceViaIo(c.arg(), c.type(), c.collation(), implicit, c.location());
            case Expr.ArrayCoerce c -> new Expr.ArrayCoerce(c.arg(), c.element(), c.type(), c.typmod(), c.collation(), implicit,
                    c.location());
            case Expr.ConvertRowtype c -> new Expr.ConvertRowtype(c.arg(), c.type(), implicit, c.location());
            case Expr.RowLiteral r -> new Expr.RowLiteral(r.args(), r.type(), r.names(), implicit, r.location());
            case Expr.CoerceToDomain c -> new Expr.CoerceToDomain(c.arg(), c.type(), c.typmod(), c.collation(), implicit,
                    c.location());
            default -> e;
        };
    }

    private Expr build(Pathways.Pathway pathway, Expr value, Types.Typed target, CoercionContext context, Expr.CallForm form,
            int location) {
        return switch (pathway.kind()) {
            case FUNCTION -> castCall(pathway.function(), value, target, context, form, location);
            case ARRAY -> arrayCast(value, target, context, form, location);
            case VIA_IO -> new Expr.CoerceViaIo(value, target.type(), 0, form, location);
            case RELABEL, NONE -> throw new IllegalStateException("no function for " + pathway);
        };
    }

    private Expr castCall(int function, Expr value, Types.Typed target, CoercionContext context, Expr.CallForm form, int location) {
        ProcRow row = a.catalog.function(function).orElseThrow(() -> new SqlError(SqlState.INTERNAL_ERROR,
                "cache lookup failed for function " + function));
        List<Expr> args = new ArrayList<>(3);
        args.add(value);
        if (row.argTypes().size() >= 2) {
            args.add(Literals.int4(target.typmod()));
        }
        if (row.argTypes().size() == 3) {
            args.add(Literals.bool(context == CoercionContext.EXPLICIT));
        }
        boolean fitted = row.argTypes().size() >= 2;
        return new Expr.FunctionCall(function, target.type(), fitted ? target.typmod() : -1, false, false, form, 0, 0, args, location);
    }

    private Expr arrayCast(Expr value, Types.Typed target, CoercionContext context, Expr.CallForm form, int location) {
        Types.Typed source = types.base(value.type(), value.typmod());
        int sourceElement = types.element(source.type());
        int targetElement = types.element(target.type());
        Expr test = new Expr.CaseTest(sourceElement, source.typmod(), types.collation(sourceElement));
        Expr element = coerceToTarget(test, targetElement, target.typmod(), context, form, location).orElseThrow(
                () -> new SqlError(SqlState.INTERNAL_ERROR, "failed to coerce array element type as expected"));
        return new Expr.ArrayCoerce(value, element, target.type(), element.typmod(), 0, form, location);
    }

    private Expr recordToComplex(Expr value, int target, CoercionContext context, Expr.CallForm form, int written) {
        int location = written != 0 ? written : value.location();
        List<Expr> fields = recordFields(value).orElseThrow(() -> cannotCast(value.type(), target, location));
        Types.Typed base = types.base(target, -1);
        Relation relation = types.composite(target).orElseThrow();
        List<Expr> made = new ArrayList<>();
        int next = 0;
        int number = 0;
        for (Relation.Column column : relation.columns()) {
            if (column.dropped()) {
                made.add(Literals.nullOf(Oids.INT4, -1, 0, 0));
                continue;
            }
            if (next >= fields.size()) {
                throw cannotCast(value.type(), target, location).detail("Input has too few columns.");
            }
            Expr field = fields.get(next++);
            int position = ++number;
            made.add(coerceToTarget(field, column.type(), column.typmod(), context, Expr.CallForm.IMPLICIT_CAST, 0)
                    .orElseThrow(() -> cannotCast(value.type(), target, location).detail("Cannot cast type "
                            + types.name(field.type()) + " to " + types.name(column.type()) + " in column " + position + ".")));
        }
        if (next < fields.size()) {
            throw cannotCast(value.type(), target, location).detail("Input has too many columns.");
        }
        List<String> names = relation.columns().stream().map(Relation.Column::name).toList();
        Expr row = new Expr.RowLiteral(made, base.type(), names, form, location);
        return base.type() == target ? row : toDomain(row, base, target, context, form, location);
    }

    private Optional<List<Expr>> recordFields(Expr value) {
        return value instanceof Expr.RowLiteral row ? Optional.of(row.args()) : Optional.empty();
    }

    SqlError cannotCast(int source, int target, int location) {
        return new SqlError(SqlState.CANNOT_COERCE, "cannot cast type " + types.name(source) + " to " + types.name(target)).at(location);
    }

    /** For WHERE, AND, CASE WHEN and the like. */
    Expr coerceToBoolean(Expr value, String construct) {
        Expr made = value;
        if (value.type() != Oids.BOOL) {
            made = coerceToTarget(value, Oids.BOOL, -1, CoercionContext.ASSIGNMENT, Expr.CallForm.IMPLICIT_CAST, 0)
                    .orElseThrow(() -> wrongType(value, Oids.BOOL, construct));
        }
        return notSet(made, construct);
    }

    /** For constructs that want one type. */
    Expr coerceTo(Expr value, int type, String construct) {
        Expr made = value;
        if (value.type() != type) {
            made = coerceToTarget(value, type, -1, CoercionContext.ASSIGNMENT, Expr.CallForm.IMPLICIT_CAST, 0)
                    .orElseThrow(() -> wrongType(value, type, construct));
        }
        return notSet(made, construct);
    }

    private SqlError wrongType(Expr value, int type, String construct) {
        return new SqlError(SqlState.DATATYPE_MISMATCH, "argument of " + construct + " must be type " + types.name(type)
                + ", not type " + types.name(value.type())).at(Locations.of(value));
    }

    private static Expr notSet(Expr value, String construct) {
        if (ExprFacts.returnsSet(value)) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "argument of " + construct + " must not return a set").at(Locations.of(value));
        }
        return value;
    }
}
