package org.gajah.command;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.gajah.analyze.Definitions;
import org.gajah.analyze.Expr;
import org.gajah.analyze.Names;
import org.gajah.analyze.NodeText;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.ColumnDef;
import org.gajah.ast.Constraint;
import org.gajah.ast.Expression;
import org.gajah.ast.TypeName;
import org.gajah.base.Slice;
import org.gajah.catalog.Bootstrap;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.TypeRow;
import org.gajah.command.NewRelation.NewColumn;
import org.gajah.parse.Parser;
import org.gajah.sysfunc.Identifiers;
import org.gajah.type.Oids;

/** What a column definition makes: the column itself, and afterwards its default, generation expression or sequence. */
final class ColumnDefinitions {
    private static final Map<String, Integer> SERIALS = Map.of("serial", Oids.INT4, "serial4", Oids.INT4, "bigserial", Oids.INT8,
            "serial8", Oids.INT8, "smallserial", Oids.INT2, "serial2", Oids.INT2);

    private final CommandContext context;

    ColumnDefinitions(CommandContext context) {
        this.context = context;
    }

    static boolean isSerial(ColumnDef definition) {
        return definition.type().map(t -> t.names().size() == 1 && SERIALS.containsKey(t.names().getFirst())).orElse(false);
    }

    /** The column as pg_attribute will have it; {@code notNull} if something outside the definition says so. */
    NewColumn column(ColumnDef definition, boolean notNull) {
        TypeName written = definition.type().orElseThrow(() -> SqlError.notSupported("a column without a type is not supported"));
        boolean serial = isSerial(definition);
        Names.Typed typed = serial ? new Names.Typed(SERIALS.get(written.names().getFirst()), -1) : Names.type(written, context.analysis());
        TypeRow type = context.catalog().type(typed.type()).orElseThrow();
        requireColumnType(definition, type, written);
        int collation = definition.collation().isEmpty() ? type.collation()
                : Names.collation(definition.collation(), definition.location(), context.analysis());
        boolean required = notNull || serial;
        boolean hasDefault = serial;
        char identity = 0;
        char generated = 0;
        for (Constraint constraint : definition.constraints()) {
            switch (constraint) {
                case Constraint.NotNull n -> required = true;
                case Constraint.Key k -> required |= k.primary();
                case Constraint.Default d -> hasDefault = true;
                case Constraint.Identity i -> {
                    identity = i.always() ? 'a' : 'd';
                    required = true;
                }
                case Constraint.Generated g -> {
                    generated = g.stored() ? 's' : 'v';
                    if (!g.stored() && Integer.compareUnsigned(typed.type(), Bootstrap.FIRST_USER_OID) >= 0) {
                        throw SqlError.notSupported("virtual generated column \"" + definition.name() + "\" cannot have a user-defined type")
                                .detail("Virtual generated columns that make use of user-defined types are not yet supported.");
                    }
                    hasDefault = true;
                }
                case Constraint.Null n -> requireNullable(definition, notNull || serial);
                case Constraint.Check c -> { }
                case Constraint.Exclusion e -> { }
                case Constraint.ForeignKey f -> { }
            }
        }
        int dimensions = written.arrayBounds().size();
        return new NewColumn(definition.name(), typed.type(), typed.typmod(), collation, dimensions, required, hasDefault, identity, generated);
    }

    /** Two of its constraints may not say what only one can. */
    static void requireConsistent(ColumnDef definition, String table) {
        String of = " for column \"" + definition.name() + "\" of table \"" + table + "\"";
        Set<String> said = new HashSet<>();
        for (Constraint c : definition.constraints()) {
            String what = switch (c) {
                case Constraint.Default d -> "default";
                case Constraint.Identity i -> "identity";
                case Constraint.Generated g -> "generation expression";
                case Constraint.NotNull n -> "not null";
                case Constraint.Null n -> "null";
                case Constraint.Key k -> "";
                case Constraint.Check k -> "";
                case Constraint.Exclusion e -> "";
                case Constraint.ForeignKey f -> "";
            };
            boolean again = !said.add(what);
            Optional<String> conflict = said.containsAll(Set.of("null", "not null")) ? Optional.of("conflicting NULL/NOT NULL declarations")
                    : again && what.equals("default") ? Optional.of("multiple default values specified")
                    : again && what.equals("identity") ? Optional.of("multiple identity specifications")
                    : again && what.equals("generation expression") ? Optional.of("multiple generation clauses specified")
                    : said.containsAll(Set.of("default", "identity")) ? Optional.of("both default and identity specified")
                    : said.containsAll(Set.of("default", "generation expression")) ? Optional.of("both default and generation expression specified")
                    : said.containsAll(Set.of("identity", "generation expression")) ? Optional.of("both identity and generation expression specified")
                    : Optional.empty();
            if (conflict.isPresent()) {
                throw new SqlError(SqlState.SYNTAX_ERROR, conflict.get() + of).at(c.location());
            }
        }
    }

    private static void requireNullable(ColumnDef definition, boolean required) {
        boolean notNull = required || definition.constraints().stream().anyMatch(c -> c instanceof Constraint.NotNull
                || c instanceof Constraint.Key k && k.primary());
        if (notNull) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "conflicting NULL/NOT NULL declarations for column \"" + definition.name() + "\"");
        }
    }

    private static void requireColumnType(ColumnDef definition, TypeRow type, TypeName written) {
        if (type.kind() == 'p') {
            throw new SqlError(SqlState.INVALID_TABLE_DEFINITION, "column \"" + definition.name() + "\" has pseudo-type " + type.name());
        }
        if (!definition.collation().isEmpty() && type.collation() == 0) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "collations are not supported by type " + type.name()).at(definition.location());
        }
    }

    /** Writes what hangs on a column that is there now: its sequence, its default. */
    void fill(int table, int number, ColumnDef definition) {
        Relation relation = context.catalog().relation(table).orElseThrow();
        Relation.Column column = relation.column(number);
        new ColumnProperties(context).fill(table, number, definition);
        if (isSerial(definition)) {
            serial(relation, column);
        }
        for (Constraint constraint : definition.constraints()) {
            switch (constraint) {
                case Constraint.Default d -> setDefault(relation, column, d.value());
                case Constraint.Generated g -> {
                    Expr value = Definitions.generated(g.expression(), relation, column.name(), column.type(), column.typmod(), context.analysis());
                    writeDefault(relation, column, value);
                }
                case Constraint.Identity i -> new SequenceCommands(context).createOwned(relation, column, i.options(), true);
                case Constraint.NotNull n -> { }
                case Constraint.Null n -> { }
                case Constraint.Key k -> { }
                case Constraint.Check c -> { }
                case Constraint.Exclusion e -> { }
                case Constraint.ForeignKey f -> { }
            }
        }
    }

    private void serial(Relation relation, Relation.Column column) {
        Relation sequence = new SequenceCommands(context).createOwned(relation, column, List.of(), false);
        String schema = context.catalog().schema(sequence.namespace()).orElseThrow().name();
        String name = Identifiers.quote(schema) + "." + Identifiers.quote(sequence.name());
        Expression next = Parser.parseExpression(Slice.of("nextval('" + name.replace("'", "''") + "'::regclass)"));
        setDefault(relation, column, next);
    }

    /** Sets a default, in place of one that may be there. */
    void setDefault(Relation relation, Relation.Column column, Expression value) {
        writeDefault(relation, column, Definitions.columnDefault(value, column.name(), column.type(), column.typmod(), context.analysis()));
    }

    /** A default of the column's former type, made to fit its new one. */
    void convertDefault(Relation relation, Relation.Column column, Expr value) {
        writeDefault(relation, column, Definitions.fit(value, column.name(), column.type(), column.typmod(), context.analysis()));
    }

    private void writeDefault(Relation relation, Relation.Column column, Expr value) {
        dropDefault(relation, column);
        int oid = context.newOid();
        String text = NodeText.write(value, context.catalog(), context.analysis().types());
        context.writer().insert("pg_attrdef", new CatalogValues("pg_attrdef").set("oid", oid).set("adrelid", relation.oid())
                .set("adnum", column.number()).set("adbin", text).row());
        Dependencies dependencies = new Dependencies(context);
        Dependencies.Ref self = new Dependencies.Ref(Dependencies.ATTRDEF, oid, 0);
        if (column.generated() != 0) {
            dependencies.internal(self, Dependencies.Ref.column(relation.oid(), column.number()));
        } else {
            dependencies.automatic(self, Dependencies.Ref.column(relation.oid(), column.number()));
        }
        dependencies.ofExpression(self, value, relation.oid());
        markDefault(relation, column, true);
        context.changed();
    }

    /** Sets a generation expression, in place of the one that is there. */
    void replaceExpression(Relation relation, Relation.Column column, Expr value) {
        writeDefault(relation, column, value);
    }

    /** Takes a default away, if there is one. */
    void dropDefault(Relation relation, Relation.Column column) {
        for (CatalogRow row : context.catalog().rows("pg_attrdef", 2656, relation.oid(), column.number())) {
            new Dependencies(context).forget(new Dependencies.Ref(Dependencies.ATTRDEF, row.number("oid"), 0));
            context.writer().delete(row);
            markDefault(relation, column, false);
            context.changed();
        }
    }

    private void markDefault(Relation relation, Relation.Column column, boolean has) {
        CatalogRow row = context.catalog().row("pg_attribute", 2659, relation.oid(), column.number()).orElseThrow();
        if (row.flag("atthasdef") != has) {
            context.writer().update(row, row.with("atthasdef", has));
            context.changed();
        }
    }

    /** The default's expression, or what the column's domain gives instead. */
    Optional<Expr> defaultOrTypes(Relation.Column column) {
        return defaultOf(column).or(() -> Definitions.typeDefault(column, context.analysis()));
    }

    /** The default's expression, if the column has one. */
    Optional<Expr> defaultOf(Relation.Column column) {
        return column.defaultNode().map(text -> NodeText.readExpr(text, context.catalog(), context.analysis().types()));
    }
}
