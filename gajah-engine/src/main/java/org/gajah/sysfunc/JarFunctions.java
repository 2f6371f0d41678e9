package org.gajah.sysfunc;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.InstalledJars;

/** The jars that routines in Java come from. */
public final class JarFunctions {
    private static final int MOST_BYTES = 256 << 20;
    private static final int LONGEST_NAME = 63;

    private JarFunctions() {
    }

    /** gajah.install_jar: a jar's bytes under a name, maybe in the place of what had it. */
    public static void gajah_install_jar(SystemContext context, Slice jar, Slice content) {
        String name = name(context, jar, "install");
        Map<String, byte[]> files = InstalledJars.files(name, content);
        requireUnneeded(context, name, files.keySet());
        InstalledJars.install(context.storage(), context.databaseOid(), context.transaction(), name, content.copy());
        context.catalogsChanged();
    }

    /** gajah.install_jar: the same from a URL; a file is one of the server's. */
    public static void gajah_install_jar_from(SystemContext context, Slice jar, Slice url) {
        name(context, jar, "install");
        try (InputStream in = URI.create(url.toString()).toURL().openStream()) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new SqlError(SqlState.PROGRAM_LIMIT_EXCEEDED, "the jar is too large");
            }
            gajah_install_jar(context, jar, Slice.of(bytes));
        } catch (IOException e) {
            throw new SqlError(SqlState.UNDEFINED_FILE, "could not read \"" + url + "\": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "\"" + url + "\" is not a URL");
        }
    }

    /** gajah.remove_jar; 2BP01 while a function's class is in it alone. */
    public static void gajah_remove_jar(SystemContext context, Slice jar) {
        String name = name(context, jar, "remove");
        requireUnneeded(context, name, Set.of());
        if (!InstalledJars.remove(context.storage(), context.databaseOid(), context.transaction(), name)) {
            throw new SqlError(SqlState.UNDEFINED_OBJECT, "jar \"" + name + "\" does not exist");
        }
        context.catalogsChanged();
    }

    private static String name(SystemContext context, Slice jar, String what) {
        if (!context.currentRole().superuser()) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to " + what + " a jar").detail("Only superusers may do this.");
        }
        if (context.transaction().isReadOnly()) {
            throw new SqlError(SqlState.READ_ONLY_SQL_TRANSACTION, "cannot execute gajah." + what + "_jar() in a read-only transaction");
        }
        if (jar.isEmpty() || jar.length() > LONGEST_NAME) {
            throw new SqlError(SqlState.INVALID_NAME, "a jar's name has 1 to " + LONGEST_NAME + " bytes");
        }
        return jar.toString();
    }

    /** Says no if a function's class is in this jar, neither in another nor in what replaces it. */
    private static void requireUnneeded(SystemContext context, String name, Set<String> replacement) {
        Set<String> before = InstalledJars.content(context.catalog(), name).map(c -> InstalledJars.files(name, c).keySet())
                .orElse(Collections.emptySet());
        List<String> needing = new ArrayList<>();
        for (CatalogRow row : before.isEmpty() ? List.<CatalogRow>of() : context.catalog().allRows("pg_proc")) {
            boolean needs = row.number("prolang") == java(context) && path(row.text("prosrc"), before) != null
                    && path(row.text("prosrc"), replacement) == null && !inAnother(context, name, row.text("prosrc"));
            if (needs) {
                needing.add("function " + row.text("proname") + " depends on jar " + name);
            }
        }
        if (!needing.isEmpty()) {
            throw new SqlError(SqlState.DEPENDENT_OBJECTS_STILL_EXIST, "cannot " + (replacement.isEmpty() ? "remove" : "replace") + " jar " + name
                    + " because other objects depend on it").detail(String.join("\n", needing));
        }
    }

    private static int java(SystemContext context) {
        return context.catalog().row("pg_language", 2681, Slice.of("java")).map(r -> r.number("oid")).orElse(0);
    }

    private static boolean inAnother(SystemContext context, String name, String source) {
        return InstalledJars.all(context.catalog()).keySet().stream().filter(other -> !other.equals(name))
                .anyMatch(other -> InstalledJars.content(context.catalog(), other)
                        .map(c -> path(source, InstalledJars.files(other, c).keySet()) != null).orElse(false));
    }

    /** The class file, among these, of the method that a function is; null if it is none of them. */
    private static String path(String source, Set<String> files) {
        int open = source.indexOf('(');
        String method = (open < 0 ? source : source.substring(0, open)).strip();
        if (method.indexOf('.') < 0 || source.indexOf('{') >= 0) {
            return null;
        }
        String type = method.substring(0, method.lastIndexOf('.'));
        for (String at = type.replace('.', '/');; at = at.substring(0, at.lastIndexOf('/')) + "$" + at.substring(at.lastIndexOf('/') + 1)) {
            if (files.contains(at + ".class")) {
                return at;
            }
            if (at.indexOf('/') < 0) {
                return null;
            }
        }
    }
}
