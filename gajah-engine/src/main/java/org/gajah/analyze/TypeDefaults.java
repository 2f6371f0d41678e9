package org.gajah.analyze;

import java.util.Optional;

/** What a column without a default of its own gets: its domain's default, else a null, which the domain looks at too. */
final class TypeDefaults {
    private final Analysis a;

    TypeDefaults(Analysis analysis) {
        a = analysis;
    }

    Expr of(int type, int typmod, int collation) {
        if (!a.types.isDomain(type)) {
            return Literals.nullOf(type, typmod, collation, 0);
        }
        Optional<Expr> own = a.catalog.typeDefault(type).map(a.stored::expression);
        Types.Typed base = a.types.base(type, typmod);
        Expr value = own.orElseGet(() -> Literals.nullOf(base.type(), base.typmod(), collation, 0));
        Expr.CallForm form = Expr.CallForm.IMPLICIT_CAST;
        return value.type() == base.type() ? new Expr.CoerceToDomain(value, type, -1, collation, form, 0)
                : a.coercer.coerceToTarget(value, type, typmod, CoercionContext.ASSIGNMENT, form, 0).orElseThrow();
    }
}
