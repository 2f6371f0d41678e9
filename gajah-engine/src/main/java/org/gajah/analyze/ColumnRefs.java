package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.ColumnRef;
import org.gajah.catalog.Relation;
import org.gajah.type.Oids;

/** Finds the column, or the whole row, that a name means. */
final class ColumnRefs {
    private final Analysis a;
    private final MissingNames missing;

    /** A namespace item found, and how many levels out. */
    record Item(NamespaceItem item, int levelsUp) {
    }

    ColumnRefs(Analysis analysis) {
        a = analysis;
        missing = new MissingNames(analysis);
    }

    Expr resolve(Scope scope, ColumnRef ref) {
        refuseInConstantContexts(scope, ref);
        Variables variables = a.context.variables();
        return variables == Variables.NONE ? column(scope, ref) : columnOrVariable(scope, ref, variables);
    }

    private Expr columnOrVariable(Scope scope, ColumnRef ref, Variables variables) {
        Optional<Expr> variable = variables.find(ref);
        if (variable.isEmpty()) {
            return column(scope, ref);
        }
        if (variables.precedence() == Variables.Precedence.VARIABLE) {
            return variable.get();
        }
        Expr column;
        try {
            column = column(scope, ref);
        } catch (SqlError e) {
            if (e.state() == SqlState.UNDEFINED_COLUMN || e.state() == SqlState.UNDEFINED_TABLE) {
                return variable.get();
            }
            throw e;
        }
        if (variables.precedence() == Variables.Precedence.CONFLICT) {
            throw ambiguous(ref);
        }
        return column;
    }

    private static SqlError ambiguous(ColumnRef ref) {
        return new SqlError(SqlState.AMBIGUOUS_COLUMN, "column reference \"" + ref.dotted() + "\" is ambiguous")
                .detail("It could refer to either a PL/pgSQL variable or a table column.").at(ref.location());
    }

    private Expr column(Scope scope, ColumnRef ref) {
        List<String> fields = ref.fields();
        if (ref.star()) {
            return wholeRow(scope, require(scope, fields, ref.location()), ref.location());
        }
        String name = fields.getLast();
        if (fields.size() == 1) {
            return bare(scope, name, ref.location());
        }
        if (fields.size() > 4) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "improper qualified name (too many dotted names): " + ref.dotted()).at(ref.location());
        }
        Item found = require(scope, fields.subList(0, fields.size() - 1), ref.location());
        Optional<Expr> column = column(scope, found, name, ref.location());
        if (column.isPresent()) {
            return column.get();
        }
        Expr row = wholeRow(scope, found, ref.location());
        return a.functionCalls.asColumn(scope, name, row, ref.location())
                .orElseThrow(() -> missing.column(scope, fields.get(fields.size() - 2), name, ref.location()));
    }

    private static void refuseInConstantContexts(Scope scope, ColumnRef ref) {
        String place = switch (scope.kind) {
            case COLUMN_DEFAULT -> "DEFAULT expression";
            case PARTITION_BOUND -> "partition bound expression";
            default -> "";
        };
        if (!place.isEmpty()) {
            throw SqlError.notSupported("cannot use column reference in " + place).at(ref.location());
        }
    }

    private Expr bare(Scope scope, String name, int location) {
        Optional<Expr> column = byName(scope, name, false, location);
        if (column.isPresent()) {
            return column.get();
        }
        if (scope.domainValue.isPresent() && name.equals("value")) {
            Expr.DomainValue v = (Expr.DomainValue) scope.domainValue.get();
            return new Expr.DomainValue(v.type(), v.typmod(), v.collation(), location);
        }
        Optional<Item> row = item(scope, Optional.empty(), name, location);
        if (row.isPresent()) {
            return wholeRow(scope, row.get(), location);
        }
        throw missing.column(scope, "", name, location);
    }

    /** An unqualified name as a column, in the nearest level that has it. */
    Optional<Expr> byName(Scope scope, String name, boolean localOnly, int location) {
        int level = 0;
        Optional<Scope> at = Optional.of(scope);
        while (at.isPresent()) {
            Optional<Expr> found = Optional.empty();
            for (NamespaceItem item : at.get().namespace) {
                if (!item.columnsVisible || item.lateralOnly && !at.get().lateralActive) {
                    continue;
                }
                Optional<Expr> column = column(scope, new Item(item, level), name, location);
                if (column.isPresent()) {
                    if (found.isPresent()) {
                        throw new SqlError(SqlState.AMBIGUOUS_COLUMN, "column reference \"" + name + "\" is ambiguous").at(location);
                    }
                    checkLateral(item, location);
                    found = column;
                }
            }
            if (found.isPresent() || localOnly) {
                return found;
            }
            at = at.get().parent;
            level++;
        }
        return Optional.empty();
    }

    private static void checkLateral(NamespaceItem item, int location) {
        if (item.lateralOnly && !item.lateralOk) {
            throw new SqlError(SqlState.INVALID_COLUMN_REFERENCE, "invalid reference to FROM-clause entry for table \"" + item.alias + "\"")
                    .detail("The combining JOIN type must be INNER or LEFT for a LATERAL reference.").at(location);
        }
    }

    /** A column of an item; system columns too. */
    Optional<Expr> column(Scope scope, Item found, String name, int location) {
        NamespaceItem.Column match = null;
        for (NamespaceItem.Column column : found.item().columns) {
            if (!column.dropped() && column.name().equals(name)) {
                if (match != null) {
                    throw new SqlError(SqlState.AMBIGUOUS_COLUMN, "column reference \"" + name + "\" is ambiguous").at(location);
                }
                match = column;
            }
        }
        if (match != null) {
            use(scope, found, match);
            return Optional.of(match.var(found.levelsUp(), location));
        }
        return systemColumn(scope, found, name, location);
    }

    private void use(Scope scope, Item found, NamespaceItem.Column column) {
        RangeEntry entry = scope.up(found.levelsUp()).rangeTable.get(column.rangeIndex());
        a.columnUse.used(scope.up(found.levelsUp()), entry, column.attribute());
    }

    private Optional<Expr> systemColumn(Scope scope, Item found, String name, int location) {
        if (found.item().relation.isEmpty() || "vc".indexOf(found.item().relation.get().kind()) >= 0) {
            return Optional.empty();
        }
        SystemColumn column = SystemColumn.of(name);
        if (column == null) {
            return Optional.empty();
        }
        if (scope.kind == ExprKind.CHECK && column != SystemColumn.TABLEOID) {
            throw new SqlError(SqlState.INVALID_COLUMN_REFERENCE, "system column \"" + name
                    + "\" reference in check constraint is invalid").at(location);
        }
        if (scope.kind == ExprKind.GENERATED && column != SystemColumn.TABLEOID) {
            throw new SqlError(SqlState.INVALID_COLUMN_REFERENCE, "cannot use system column \"" + name
                    + "\" in column generation expression").at(location);
        }
        a.columnUse.used(scope.up(found.levelsUp()), found.item().relation.get(), column.number);
        return Optional.of(new Expr.Var(found.item().rangeIndex, column.number, column.type, -1, 0, found.levelsUp(), location));
    }

    private Item require(Scope scope, List<String> name, int location) {
        String last = name.getLast();
        Optional<String> schema = name.size() > 1 ? Optional.of(name.get(name.size() - 2)) : Optional.empty();
        if (name.size() > 2 && !name.getFirst().equals(a.context.database())) {
            throw SqlError.notSupported("cross-database references are not implemented: " + String.join(".", name)).at(location);
        }
        return item(scope, schema, last, location).orElseThrow(() -> missing.relation(scope, last, location));
    }

    /** The FROM item of this name, in the nearest level that has it. */
    Optional<Item> item(Scope scope, Optional<String> schema, String name, int location) {
        int relation = 0;
        if (schema.isPresent()) {
            Optional<Relation> named = a.typeNames.relation(List.of(schema.get(), name));
            if (named.isEmpty()) {
                return Optional.empty();
            }
            relation = named.get().oid();
        }
        int level = 0;
        Optional<Scope> at = Optional.of(scope);
        while (at.isPresent()) {
            NamespaceItem found = null;
            for (NamespaceItem item : at.get().namespace) {
                if (!item.relationVisible || item.lateralOnly && !at.get().lateralActive || !matches(item, relation, name)) {
                    continue;
                }
                if (found != null) {
                    throw new SqlError(SqlState.AMBIGUOUS_ALIAS, relation == 0 ? "table reference \"" + name + "\" is ambiguous"
                            : "table reference " + Integer.toUnsignedString(relation) + " is ambiguous").at(location);
                }
                checkLateral(item, location);
                found = item;
            }
            if (found != null) {
                return Optional.of(new Item(found, level));
            }
            at = at.get().parent;
            level++;
        }
        return Optional.empty();
    }

    private static boolean matches(NamespaceItem item, int relation, String name) {
        return relation == 0 ? item.alias.equals(name)
                : item.relation.filter(r -> r.oid() == relation && !r.aliased()).isPresent();
    }

    /** The item's row as one value: of its row type for a table, else a record. */
    Expr wholeRow(Scope scope, Item found, int location) {
        NamespaceItem item = found.item();
        RangeEntry entry = scope.up(found.levelsUp()).rangeTable.get(item.rangeIndex);
        int type = switch (entry) {
            case RangeEntry.Relation r -> rowTypeOf(r.oid());
            case RangeEntry.Returned r -> rowTypeOf(r.relation());
            case RangeEntry.Subquery s -> s.view() != 0 ? rowTypeOf(s.view()) : Oids.RECORD;
            case RangeEntry.Functions f -> functionRow(f);
            case RangeEntry.Join ignored -> Oids.RECORD;
            case RangeEntry.Values ignored -> Oids.RECORD;
            case RangeEntry.CteReference ignored -> Oids.RECORD;
            case RangeEntry.NamedStore ignored -> Oids.RECORD;
        };
        a.columnUse.wholeRow(scope.up(found.levelsUp()), entry);
        if (entry instanceof RangeEntry.Functions && type != Oids.RECORD && !a.types.isComplex(type)) {
            return item.columns.getFirst().var(found.levelsUp(), location);
        }
        return new Expr.Var(item.rangeIndex, 0, type, -1, 0, found.levelsUp(), location);
    }

    private int rowTypeOf(int relation) {
        return a.catalog.relation(relation).map(Relation::rowType).filter(t -> t != 0).orElse(Oids.RECORD);
    }

    /** A single function's own type; several functions, ordinality and column definitions make a record. */
    private static int functionRow(RangeEntry.Functions f) {
        if (f.functions().size() != 1 || f.ordinality()) {
            return Oids.RECORD;
        }
        return f.functions().getFirst().call().type();
    }

    /** All columns of every visible item: {@code *}. */
    List<TargetEntry> star(Scope scope, int location) {
        List<TargetEntry> made = new ArrayList<>();
        boolean any = false;
        for (NamespaceItem item : scope.namespace) {
            if (item.columnsVisible && !(item.lateralOnly && !scope.lateralActive)) {
                any = true;
                made.addAll(columnsOf(scope, new Item(item, 0), location));
            }
        }
        if (!any) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "SELECT * with no tables specified is not valid").at(location);
        }
        return made;
    }

    /** All columns of one item: {@code t.*}. */
    List<TargetEntry> columnsOf(Scope scope, Item found, int location) {
        List<TargetEntry> made = new ArrayList<>();
        for (NamespaceItem.Column column : found.item().starColumns()) {
            use(scope, found, column);
            made.add(TargetEntry.of(column.var(found.levelsUp(), location), column.name(), 0));
        }
        if (made.isEmpty()) {
            found.item().relation.ifPresent(r -> a.columnUse.wholeRow(scope.up(found.levelsUp()), r));
        }
        return made;
    }

    /** {@code t.*} in a list: the columns of a table or a variable, or an error. */
    List<TargetEntry> qualifiedStar(Scope scope, ColumnRef ref) {
        Variables variables = a.context.variables();
        Optional<Expr> variable = variables == Variables.NONE ? Optional.empty() : variables.find(ref);
        boolean first = variables.precedence() == Variables.Precedence.VARIABLE;
        Optional<Item> item = variable.isPresent() && first ? Optional.empty() : find(scope, ref.fields(), ref.location());
        if (variable.isEmpty() || item.isPresent() && variables.precedence() == Variables.Precedence.COLUMN) {
            return columnsOf(scope, item.orElseGet(() -> require(scope, ref.fields(), ref.location())), ref.location());
        }
        if (item.isPresent()) {
            throw ambiguous(ref);
        }
        return fieldsOf(scope, variable.get(), ref.location());
    }

    /** The fields of a row, each a column. */
    List<TargetEntry> fieldsOf(Scope scope, Expr row, int location) {
        List<RowShape.Field> fields = a.rowShapes.of(scope, row);
        if (fields.isEmpty()) {
            if (row.type() == Oids.RECORD) {
                throw row instanceof Expr.Param ? new SqlError(SqlState.WRONG_OBJECT_TYPE, "record type has not been registered")
                        : new SqlError(SqlState.SYNTAX_ERROR, "record type has not been registered").at(location);
            }
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "type " + a.types.name(row.type()) + " is not composite").at(location);
        }
        List<TargetEntry> made = new ArrayList<>();
        for (RowShape.Field f : fields) {
            made.add(TargetEntry.of(new Expr.FieldSelect(row, f.number(), f.type(), f.typmod(), f.collation()), f.name(), 0));
        }
        return made;
    }

    Optional<Item> find(Scope scope, List<String> name, int location) {
        Optional<String> schema = name.size() > 1 ? Optional.of(name.get(name.size() - 2)) : Optional.empty();
        return item(scope, schema, name.getLast(), location);
    }
}
