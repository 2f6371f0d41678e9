package org.gajah.analyze;

import java.util.List;

import org.gajah.catalog.Catalog;
import org.gajah.type.TypeContext;

/**
 * The text in which expressions and queries are kept in the catalogs: {@code #1} (the version), then the tree. A record is
 * {@code (Name component ...)}, a list {@code [ ... ]}, something optional {@code ~} or {@code ! thing}, a text is quoted, a
 * constant's value is its type's text form, or behind {@code =} the stored form in hex if the type is a user's: an enum's labels may
 * get other names. Places in the statement are not kept.
 */
public final class NodeText {
    /** Grows whenever a record changes its components; older texts are then refused, not misread. */
    static final String VERSION = "#1 ";

    private NodeText() {
    }

    /** Whether a stored text is one of these, and not SQL. */
    public static boolean isNodeText(String text) {
        return text.startsWith(VERSION);
    }

    public static String write(Expr expr, Catalog catalog, TypeContext types) {
        return VERSION + new NodeWriter(catalog, new StableTypes(types)).write(expr);
    }

    public static String write(Query query, Catalog catalog, TypeContext types) {
        return VERSION + new NodeWriter(catalog, new StableTypes(types)).write(query);
    }

    /** Several expressions: a function's argument defaults. */
    public static String write(List<Expr> list, Catalog catalog, TypeContext types) {
        return VERSION + new NodeWriter(catalog, new StableTypes(types)).write(list);
    }

    public static Expr readExpr(String text, Catalog catalog, TypeContext types) {
        return (Expr) new NodeReader(text, catalog, new StableTypes(types)).read();
    }

    public static Query readQuery(String text, Catalog catalog, TypeContext types) {
        return (Query) new NodeReader(text, catalog, new StableTypes(types)).read();
    }

    public static List<Expr> readList(String text, Catalog catalog, TypeContext types) {
        return ((List<?>) new NodeReader(text, catalog, new StableTypes(types)).read()).stream().map(Expr.class::cast).toList();
    }
}
