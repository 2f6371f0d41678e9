package org.gajah.parse;

import java.util.Optional;

import org.gajah.ast.IntoClause;
import org.gajah.ast.Select;
import org.gajah.ast.SelectBody;
import org.gajah.ast.Statement;
import org.gajah.ast.TableStatement.CreateTableAs;

/** SELECT ... INTO is another way to write CREATE TABLE AS, where a whole statement is a query. */
final class SelectInto {
    private SelectInto() {
    }

    static Statement of(Statement statement) {
        return statement instanceof Select s ? into(s.body()).<Statement>map(i -> new CreateTableAs(i, without(s), false, false)).orElse(s)
                : statement;
    }

    /** INTO may stand in the first of several queries. */
    private static Optional<IntoClause> into(SelectBody body) {
        return switch (body) {
            case SelectBody.Simple s -> s.into();
            case SelectBody.SetOperation o -> into(o.left().body());
            case SelectBody.Values v -> Optional.empty();
        };
    }

    private static Select without(Select s) {
        SelectBody body = switch (s.body()) {
            case SelectBody.Simple b -> new SelectBody.Simple(b.distinct(), b.targets(), Optional.empty(), b.from(), b.where(), b.groupBy(),
                    b.having(), b.windows(), b.location());
            case SelectBody.SetOperation o -> new SelectBody.SetOperation(o.operator(), o.all(), without(o.left()), o.right(), o.location());
            case SelectBody.Values v -> v;
        };
        return new Select(s.with(), body, s.order(), s.limit(), s.locking(), s.location());
    }
}
