package org.gajah.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.gajah.analyze.Names;
import org.gajah.analyze.NodeText;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.ColumnDef;
import org.gajah.ast.Constraint;
import org.gajah.ast.DefElem;
import org.gajah.ast.Expression;
import org.gajah.ast.IndexStatement.CreateIndex;
import org.gajah.ast.TableElement;
import org.gajah.ast.TableElement.LikeOption;
import org.gajah.ast.TypeName;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Relation;
import org.gajah.parse.Parser;
import org.gajah.sysfunc.IndexDefinition;
import org.gajah.sysfunc.RegNames;
import org.gajah.sysfunc.StoredText;

/**
 * LIKE in CREATE TABLE: what another table has, as if it had been written. Columns, keys and checks are put among the elements;
 * indexes and comments follow once the table is there.
 */
final class TableLike {
    private record Copy(Relation source, Set<LikeOption> options) {
    }

    private final CommandContext context;
    private final List<Copy> copies = new ArrayList<>();

    TableLike(CommandContext context) {
        this.context = context;
    }

    List<TableElement> expand(List<TableElement> elements) {
        List<TableElement> expanded = new ArrayList<>();
        for (TableElement element : elements) {
            if (element instanceof TableElement.TableLikeClause like) {
                Relation source = Names.relation(like.relation(), context.analysis());
                if ("rvmfcp".indexOf(source.kind()) < 0) {
                    throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "relation \"" + source.name() + "\" is invalid in LIKE clause")
                            .detail("This operation is not supported for " + (source.kind() == 'i' ? "indexes." : "sequences."))
                            .at(like.relation().location());
                }
                Copy copy = new Copy(source, like.options());
                source.columns().stream().filter(c -> !c.dropped()).forEach(c -> expanded.add(column(c, copy)));
                constraints(copy, expanded);
                copies.add(copy);
            } else {
                expanded.add(element);
            }
        }
        return expanded;
    }

    /** A column of the same name and type. */
    ColumnDef plain(Relation.Column c) {
        TypeName type = Parser.parseTypeName(Slice.of(RegNames.typeName(c.type(), c.typmod(), context.analysis())));
        return ColumnDef.of(c.name(), type, List.of(), 0);
    }

    private ColumnDef column(Relation.Column c, Copy copy) {
        List<Constraint> constraints = new ArrayList<>();
        notNull(copy.source, c).ifPresent(constraints::add);
        boolean generated = c.generated() != 0;
        if (copy.options.contains(generated ? LikeOption.GENERATED : LikeOption.DEFAULTS) && c.defaultNode().isPresent()) {
            Expression value = written(c.defaultNode().get(), copy.source);
            constraints.add(generated ? new Constraint.Generated(Optional.empty(), true, value, c.generated() == 's', 0)
                    : new Constraint.Default(Optional.empty(), value, 0));
        }
        if (copy.options.contains(LikeOption.IDENTITY) && c.identity() != 0) {
            constraints.add(new Constraint.Identity(Optional.empty(), c.identity() == 'a', sequence(copy.source, c), 0));
        }
        CatalogRow row = context.catalog().row("pg_attribute", 2659, copy.source.oid(), c.number()).orElseThrow();
        Optional<String> storage = copy.options.contains(LikeOption.STORAGE) ? Optional.of(storage(row.letter("attstorage"))) : Optional.empty();
        boolean compressed = copy.options.contains(LikeOption.COMPRESSION) && row.number("attcompression") != 0;
        ColumnDef plain = plain(c);
        return new ColumnDef(c.name(), plain.type(), constraints, List.of(), storage,
                compressed ? Optional.of(row.letter("attcompression") == 'l' ? "lz4" : "pglz") : Optional.empty(), List.of(), 0);
    }

    private static String storage(char letter) {
        return switch (letter) {
            case 'e' -> "external";
            case 'x' -> "extended";
            case 'm' -> "main";
            default -> "plain";
        };
    }

    private Optional<Constraint> notNull(Relation source, Relation.Column c) {
        if (!c.notNull()) {
            return Optional.empty();
        }
        Optional<CatalogRow> row = context.catalog().rows("pg_constraint", 2665, source.oid()).stream()
                .filter(r -> r.letter("contype") == 'n' && r.numbers("conkey").equals(List.of(c.number()))).findFirst();
        Constraint.Attributes attributes = new Constraint.Attributes(false, false, true, false,
                row.map(r -> r.flag("connoinherit")).orElse(false));
        return Optional.of(new Constraint.NotNull(row.map(r -> r.text("conname")), Optional.empty(), attributes, 0));
    }

    private Expression written(String stored, Relation source) {
        String text = new StoredText(context.analysis()).show(NodeText.readExpr(stored, context.catalog(), context.analysis().types()),
                Optional.of(source), false, false);
        return Parser.parseExpression(Slice.of(text));
    }

    private List<DefElem> sequence(Relation source, Relation.Column c) {
        CatalogRow row = context.catalog().row("pg_sequence", 5002, context.catalog().identitySequence(source.oid(), c.number())).orElseThrow();
        List<DefElem> options = new ArrayList<>();
        for (List<String> pair : List.of(List.of("start", "seqstart"), List.of("increment", "seqincrement"), List.of("minvalue", "seqmin"),
                List.of("maxvalue", "seqmax"), List.of("cache", "seqcache"))) {
            options.add(DefElem.of(pair.getFirst(), new DefElem.Value.Number(String.valueOf(row.get(pair.getLast())), true), 0));
        }
        options.add(DefElem.flag("cycle", row.flag("seqcycle"), 0));
        return options;
    }

    private void constraints(Copy copy, List<TableElement> elements) {
        Constraint.Attributes none = Constraint.Attributes.NONE;
        if (copy.options.contains(LikeOption.CONSTRAINTS)) {
            for (Relation.Check check : copy.source.checks()) {
                elements.add(new Constraint.Check(Optional.of(check.name()), written(check.expression(), copy.source),
                        new Constraint.Attributes(false, false, check.enforced(), false, check.noInherit()), 0));
            }
        }
        if (copy.options.contains(LikeOption.INDEXES)) {
            for (CatalogRow row : context.catalog().rows("pg_constraint", 2665, copy.source.oid())) {
                if ("pu".indexOf(row.letter("contype")) >= 0) {
                    Relation.Index index = copy.source.indexes().stream().filter(i -> i.oid() == row.number("conindid")).findFirst().orElseThrow();
                    List<String> names = index.columns().stream().map(n -> copy.source.column(n).name()).toList();
                    Constraint.Attributes attributes = new Constraint.Attributes(row.flag("condeferrable"), row.flag("condeferred"),
                            none.enforced(), none.notValid(), none.noInherit());
                    elements.add(new Constraint.Key(Optional.empty(), row.letter("contype") == 'p', index.nullsNotDistinct(),
                            names.subList(0, index.keyColumns()), false, names.subList(index.keyColumns(), names.size()), List.of(),
                            Optional.empty(), Optional.empty(), attributes, 0));
                }
            }
        }
    }

    /** Makes the indexes that no constraint brings, and the comments. */
    void finish(int tableOid) {
        for (Copy copy : copies) {
            if (copy.options.contains(LikeOption.INDEXES)) {
                copy.source.indexes().forEach(i -> index(i, tableOid, copy));
            }
            if (copy.options.contains(LikeOption.COMMENTS)) {
                comments(copy.source, tableOid);
            }
        }
    }

    private boolean isOfConstraint(Relation.Index index) {
        return context.catalog().rows("pg_depend", 2673, Dependencies.CLASS, index.oid()).stream()
                .anyMatch(d -> d.number("refclassid") == Dependencies.CONSTRAINT);
    }

    private void index(Relation.Index index, int tableOid, Copy copy) {
        if (isOfConstraint(index)) {
            return;
        }
        Relation table = context.catalog().relation(tableOid).orElseThrow();
        String text = new IndexDefinition(context.catalog(), context.analysis(), copy.source, index, false).create(true);
        CreateIndex w = (CreateIndex) Parser.parse(Slice.of(text)).getFirst().statement();
        int made = new IndexCommands(context).make(new CreateIndex(Optional.empty(), w.unique(), false, false, w.relation(), w.accessMethod(),
                w.keys(), w.including(), w.nullsNotDistinct(), w.options(), w.tablespace(), w.where(), 0), table);
        if (copy.options.contains(LikeOption.COMMENTS)) {
            comment(Dependencies.Ref.relation(index.oid()), Dependencies.Ref.relation(made));
        }
    }

    private void comments(Relation source, int tableOid) {
        Relation table = context.catalog().relation(tableOid).orElseThrow();
        for (Relation.Column c : source.columns()) {
            if (!c.dropped()) {
                table.column(c.name()).ifPresent(to -> comment(Dependencies.Ref.column(source.oid(), c.number()),
                        Dependencies.Ref.column(tableOid, to.number())));
            }
        }
        for (Relation.Check check : source.checks()) {
            table.checks().stream().filter(k -> k.name().equals(check.name())).findFirst().ifPresent(to -> comment(
                    new Dependencies.Ref(Dependencies.CONSTRAINT, check.oid(), 0), new Dependencies.Ref(Dependencies.CONSTRAINT, to.oid(), 0)));
        }
    }

    private void comment(Dependencies.Ref from, Dependencies.Ref to) {
        context.catalog().row("pg_description", 2675, from.oid(), from.catalog(), from.column()).ifPresent(row ->
                context.writer().insert("pg_description", row.with("objoid", to.oid(), "objsubid", to.column())));
        context.changed();
    }
}
