package org.gajah.parse;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gajah.ast.DefElem;
import org.gajah.ast.IntoClause;
import org.gajah.ast.OnCommit;
import org.gajah.ast.Partitioning.PartitionBound;
import org.gajah.ast.Partitioning.PartitionSpec;
import org.gajah.ast.Persistence;
import org.gajah.ast.PreparedStatement;
import org.gajah.ast.RangeVar;
import org.gajah.ast.Select;
import org.gajah.ast.Statement;
import org.gajah.ast.TableElement;
import org.gajah.ast.TableElement.LikeOption;
import org.gajah.ast.TableStatement.CreateTable;
import org.gajah.ast.TableStatement.CreateTableAs;
import org.gajah.ast.TypeName;

/** CREATE TABLE in all its forms, and CREATE MATERIALIZED VIEW. */
final class TableGrammar {
    private final Grammar g;
    private final TokenStream t;

    TableGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** [LOCAL|GLOBAL] TEMP, UNLOGGED or nothing. */
    Persistence persistence() {
        if (t.accept(Keyword.LOCAL) || t.accept(Keyword.GLOBAL)) {
            if (!t.accept(Keyword.TEMPORARY)) {
                t.expect(Keyword.TEMP);
            }
            return Persistence.TEMPORARY;
        }
        if (t.accept(Keyword.TEMPORARY) || t.accept(Keyword.TEMP)) {
            return Persistence.TEMPORARY;
        }
        return t.accept(Keyword.UNLOGGED) ? Persistence.UNLOGGED : Persistence.PERMANENT;
    }

    /** The same in SELECT INTO, where the words may also be the table's name. */
    Persistence intoPersistence() {
        return switch (t.keyword()) {
            case TEMPORARY, TEMP, UNLOGGED, LOCAL, GLOBAL -> t.atColId(1) || t.keyword(1) == Keyword.TABLE
                    ? persistence() : Persistence.PERMANENT;
            default -> Persistence.PERMANENT;
        };
    }

    /** What follows CREATE and the persistence. */
    Statement create(Persistence persistence) {
        t.expect(Keyword.TABLE);
        boolean ifNotExists = t.ifNotExists();
        RangeVar relation = g.names.qualifiedName();
        if (t.at(Keyword.PARTITION)) {
            return partitionOf(relation, persistence, ifNotExists);
        } else if (t.at(Keyword.OF)) {
            t.skip();
            int location = t.location();
            TypeName type = new TypeName(t.anyName(), List.of(), List.of(), false, false, location);
            List<TableElement> elements = t.optionalParenthesized(this::typedElement);
            return rest(relation, persistence, ifNotExists, elements, List.of(), Optional.empty(), Optional.of(type));
        } else if (!t.at('(') || startsNames()) {
            return createAs(relation, persistence, ifNotExists);
        }
        t.expect('(');
        List<TableElement> elements = t.at(')') ? List.of() : t.commaList(this::element);
        t.expect(')');
        List<RangeVar> parents = List.of();
        if (t.accept(Keyword.INHERITS)) {
            parents = t.parenthesized(g.names::qualifiedName);
        }
        return rest(relation, persistence, ifNotExists, elements, parents, Optional.empty(), Optional.empty());
    }

    /** TABLE and what follows up to the server, behind CREATE FOREIGN. */
    CreateTable createForeign(Persistence persistence) {
        t.expect(Keyword.TABLE);
        boolean ifNotExists = t.ifNotExists();
        RangeVar relation = g.names.qualifiedName();
        List<TableElement> elements = List.of();
        List<RangeVar> parents = List.of();
        Optional<PartitionBound> bound = Optional.empty();
        if (t.accept(Keyword.PARTITION)) {
            t.expect(Keyword.OF);
            parents = List.of(g.names.qualifiedName());
            elements = t.optionalParenthesized(this::typedElement);
            bound = Optional.of(g.partitions.bound());
        } else {
            t.expect('(');
            elements = t.at(')') ? List.of() : t.commaList(this::element);
            t.expect(')');
            parents = t.accept(Keyword.INHERITS) ? t.parenthesized(g.names::qualifiedName) : List.of();
        }
        return new CreateTable(relation, persistence, ifNotExists, elements, parents, bound, Optional.empty(),
                Optional.empty(), Optional.empty(), List.of(), OnCommit.NOOP, Optional.empty());
    }

    /** Whether the parentheses hold names without types, as CREATE TABLE AS has them. */
    private boolean startsNames() {
        return t.atColId(1) && (t.kind(2) == ',' || t.kind(2) == ')');
    }

    private CreateTable partitionOf(RangeVar relation, Persistence persistence, boolean ifNotExists) {
        t.expect(Keyword.PARTITION, Keyword.OF);
        RangeVar parent = g.names.qualifiedName();
        List<TableElement> elements = t.optionalParenthesized(this::typedElement);
        PartitionBound bound = g.partitions.bound();
        return rest(relation, persistence, ifNotExists, elements, List.of(parent), Optional.of(bound),
                Optional.empty());
    }

    private CreateTable rest(RangeVar relation, Persistence persistence, boolean ifNotExists,
            List<TableElement> elements, List<RangeVar> parents, Optional<PartitionBound> bound,
            Optional<TypeName> ofType) {
        Optional<PartitionSpec> partitionBy = g.partitions.optionalSpec();
        Optional<String> method = t.after(Keyword.USING, t::colId);
        List<DefElem> options = storageOptions();
        OnCommit onCommit = onCommit();
        Optional<String> tablespace = t.after(Keyword.TABLESPACE, t::colId);
        return new CreateTable(relation, persistence, ifNotExists, elements, parents, bound, partitionBy, ofType,
                method, options, onCommit, tablespace);
    }

    private List<DefElem> storageOptions() {
        if (t.accept(Keyword.WITHOUT)) {
            t.expect(Keyword.OIDS);
            return List.of();
        }
        return g.options.withRelationOptions();
    }

    private OnCommit onCommit() {
        if (!t.accept(Keyword.ON)) {
            return OnCommit.NOOP;
        }
        t.expect(Keyword.COMMIT);
        if (t.accept(Keyword.DROP)) {
            return OnCommit.DROP;
        } else if (t.accept(Keyword.DELETE)) {
            t.expect(Keyword.ROWS);
            return OnCommit.DELETE_ROWS;
        }
        t.expect(Keyword.PRESERVE, Keyword.ROWS);
        return OnCommit.PRESERVE_ROWS;
    }

    private TableElement element() {
        if (t.at(Keyword.LIKE)) {
            return like();
        }
        return g.constraints.atTableConstraint() ? g.constraints.tableConstraint() : g.columns.definition();
    }

    /** An element of a table whose columns come from a type or from the partitioned table. */
    private TableElement typedElement() {
        return g.constraints.atTableConstraint() ? g.constraints.tableConstraint() : g.columns.typedDefinition();
    }

    private TableElement like() {
        t.expect(Keyword.LIKE);
        RangeVar relation = g.names.qualifiedName();
        Set<LikeOption> options = EnumSet.noneOf(LikeOption.class);
        while (t.at(Keyword.INCLUDING) || t.at(Keyword.EXCLUDING)) {
            boolean including = t.at(Keyword.INCLUDING);
            t.skip();
            Set<LikeOption> named = likeOption();
            if (including) {
                options.addAll(named);
            } else {
                options.removeAll(named);
            }
        }
        return new TableElement.TableLikeClause(relation, Set.copyOf(options));
    }

    private Set<LikeOption> likeOption() {
        Set<LikeOption> named = switch (t.keyword()) {
            case COMMENTS -> EnumSet.of(LikeOption.COMMENTS);
            case COMPRESSION -> EnumSet.of(LikeOption.COMPRESSION);
            case CONSTRAINTS -> EnumSet.of(LikeOption.CONSTRAINTS);
            case DEFAULTS -> EnumSet.of(LikeOption.DEFAULTS);
            case GENERATED -> EnumSet.of(LikeOption.GENERATED);
            case IDENTITY -> EnumSet.of(LikeOption.IDENTITY);
            case INDEXES -> EnumSet.of(LikeOption.INDEXES);
            case STATISTICS -> EnumSet.of(LikeOption.STATISTICS);
            case STORAGE -> EnumSet.of(LikeOption.STORAGE);
            case ALL -> EnumSet.allOf(LikeOption.class);
            default -> throw t.syntaxError();
        };
        t.skip();
        return named;
    }

    /** TABLE ... AS, behind CREATE and the persistence. */
    CreateTableAs createAs(Persistence persistence) {
        t.expect(Keyword.TABLE);
        boolean ifNotExists = t.ifNotExists();
        return createAs(g.names.qualifiedName(), persistence, ifNotExists);
    }

    private CreateTableAs createAs(RangeVar relation, Persistence persistence, boolean ifNotExists) {
        List<String> columns = t.optionalParenthesized(t::colId);
        Optional<String> method = t.after(Keyword.USING, t::colId);
        List<DefElem> options = storageOptions();
        OnCommit onCommit = onCommit();
        Optional<String> tablespace = t.after(Keyword.TABLESPACE, t::colId);
        t.expect(Keyword.AS);
        Statement query = t.at(Keyword.EXECUTE) ? execute() : g.selects.select();
        IntoClause into = new IntoClause(relation, persistence, columns, method, options, onCommit, tablespace,
                withData());
        return new CreateTableAs(into, query, false, ifNotExists);
    }

    private PreparedStatement execute() {
        return g.cursors.execute();
    }

    /** WITH [NO] DATA; true if nothing was said. */
    boolean withData() {
        if (!t.accept(Keyword.WITH)) {
            return true;
        }
        boolean none = t.accept(Keyword.NO);
        t.expect(Keyword.DATA);
        return !none;
    }

    /** MATERIALIZED VIEW behind CREATE [UNLOGGED]. */
    Statement createMaterializedView(Persistence persistence) {
        t.expect(Keyword.MATERIALIZED, Keyword.VIEW);
        boolean ifNotExists = t.ifNotExists();
        RangeVar relation = g.names.qualifiedName();
        List<String> columns = t.optionalParenthesized(t::colId);
        Optional<String> method = t.after(Keyword.USING, t::colId);
        List<DefElem> options = g.options.withRelationOptions();
        Optional<String> tablespace = t.after(Keyword.TABLESPACE, t::colId);
        t.expect(Keyword.AS);
        Select query = g.selects.select();
        IntoClause into = new IntoClause(relation, persistence, columns, method, options, OnCommit.NOOP, tablespace,
                withData());
        return new CreateTableAs(into, query, true, ifNotExists);
    }
}
