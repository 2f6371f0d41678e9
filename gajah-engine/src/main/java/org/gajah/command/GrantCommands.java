package org.gajah.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

import org.gajah.analyze.Names;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.GrantStatement;
import org.gajah.ast.ObjectKind;
import org.gajah.ast.ObjectRef;
import org.gajah.ast.RoleSpec;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.RoleRow;
import org.gajah.type.ArrayValue;
import org.gajah.type.Oids;
import org.gajah.vector.BytesVector;

/** GRANT and REVOKE on relations, schemas and databases: entries {@code grantee=letters/grantor} in the object's ACL column. */
final class GrantCommands {
    private static final Map<String, Character> LETTERS = Map.ofEntries(Map.entry("insert", 'a'), Map.entry("select", 'r'), Map.entry("update", 'w'),
            Map.entry("delete", 'd'), Map.entry("truncate", 'D'), Map.entry("references", 'x'), Map.entry("trigger", 't'), Map.entry("maintain", 'm'),
            Map.entry("usage", 'U'), Map.entry("create", 'C'), Map.entry("connect", 'c'), Map.entry("temporary", 'T'), Map.entry("temp", 'T'));
    private static final String ORDER = "arwdDxtmXUCcTsA";

    private final CommandContext context;

    GrantCommands(CommandContext context) {
        this.context = context;
    }

    /** An object with its ACL: all letters that its kind has, and what holds where nothing was ever granted. */
    private record Target(CatalogRow row, String column, int owner, String kind, String name, String all, String toPublic) {
    }

    String run(GrantStatement statement) {
        GrantStatement.Grant grant = switch (statement) {
            case GrantStatement.Grant g -> g;
            case GrantStatement.AlterDefaultPrivileges a -> throw SqlError.notSupported("ALTER DEFAULT PRIVILEGES is not supported");
        };
        String tag = grant.grant() ? "GRANT" : "REVOKE";
        context.requireWritable(tag);
        for (Target target : targets(grant)) {
            context.requireOwner(target.owner, target.kind, target.name);
            apply(grant, target);
            context.changed();
        }
        return tag;
    }

    private List<Target> targets(GrantStatement.Grant grant) {
        List<Target> targets = new ArrayList<>();
        for (ObjectRef object : grant.objects()) {
            List<String> name = ((ObjectRef.Named) object).name();
            switch (grant.kind()) {
                case TABLE, SEQUENCE, VIEW -> {
                    if (grant.allIn()) {
                        allIn(name.getLast(), grant.kind() == ObjectKind.SEQUENCE, targets);
                    } else {
                        targets.add(relation(Names.relation(name, context.analysis())));
                    }
                }
                case SCHEMA -> targets.add(schema(name.getLast()));
                case DATABASE -> targets.add(database(name.getLast()));
                default -> throw SqlError.notSupported("GRANT on " + grant.kind().words() + " is not supported");
            }
        }
        return targets;
    }

    private void allIn(String schema, boolean sequences, List<Target> targets) {
        int namespace = new Namespaces(context).named(schema);
        context.catalog().allRows("pg_class").stream().filter(r -> r.number("relnamespace") == namespace
                && (sequences ? r.letter("relkind") == 'S' : "rvmfp".indexOf(r.letter("relkind")) >= 0))
                .forEach(r -> targets.add(relation(context.catalog().relation(r.number("oid")).orElseThrow())));
    }

    private Target relation(Relation r) {
        CatalogRow row = context.catalog().row("pg_class", 2662, r.oid()).orElseThrow();
        return new Target(row, "relacl", r.owner(), ObjectNames.kind(r.kind()), r.name(), r.kind() == 'S' ? "rwU" : "arwdDxtm", "");
    }

    private Target schema(String name) {
        int oid = context.catalog().schema(name).orElseThrow(() -> new SqlError(SqlState.INVALID_SCHEMA_NAME,
                "schema \"" + name + "\" does not exist")).oid();
        CatalogRow row = context.catalog().row("pg_namespace", 2685, oid).orElseThrow();
        return new Target(row, "nspacl", row.number("nspowner"), "schema", name, "UC", "");
    }

    private Target database(String name) {
        CatalogRow row = context.catalog().row("pg_database", 2671, Slice.of(name)).orElseThrow(() -> new SqlError(SqlState.INVALID_CATALOG_NAME,
                "database \"" + name + "\" does not exist"));
        return new Target(row, "datacl", row.number("datdba"), "database", name, "CTc", "Tc");
    }

    private String letters(GrantStatement.Grant grant, Target target) {
        StringBuilder letters = new StringBuilder();
        for (GrantStatement.AccessPriv p : grant.privileges()) {
            if (!p.columns().isEmpty()) {
                throw SqlError.notSupported("privileges on columns are not supported");
            }
            String name = p.name().orElse("all");
            Character letter = LETTERS.get(name);
            if (letter == null) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "unrecognized privilege type \"" + name + "\"");
            }
            if (target.all.indexOf(letter) < 0) {
                throw new SqlError(SqlState.INVALID_GRANT_OPERATION, "invalid privilege type " + name.toUpperCase(Locale.ROOT) + " for "
                        + (target.kind.equals("table") ? "relation" : target.kind));
            }
            letters.append(letter);
        }
        return letters.isEmpty() ? target.all : letters.toString();
    }

    private void apply(GrantStatement.Grant grant, Target target) {
        String owner = context.catalog().role(target.owner).map(RoleRow::name).orElse("postgres");
        List<String> entries = new ArrayList<>(target.row.texts(target.column));
        if (target.row.get(target.column) == null) {
            entries.add(quote(owner) + "=" + sorted(target.all) + "/" + quote(owner));
            if (!target.toPublic.isEmpty()) {
                entries.add("=" + sorted(target.toPublic) + "/" + quote(owner));
            }
        }
        String letters = letters(grant, target);
        for (RoleSpec spec : grant.grantees()) {
            String grantee = spec.kind() == RoleSpec.Kind.PUBLIC ? "" : quote(RoleNames.resolve(spec, context).name());
            change(entries, grantee, quote(owner), letters, grant);
        }
        context.writer().update(target.row, target.row.with(target.column, acl(entries)));
    }

    private static void change(List<String> entries, String grantee, String grantor, String letters, GrantStatement.Grant grant) {
        int at = -1;
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).startsWith(grantee + "=") && entries.get(i).endsWith("/" + grantor)) {
                at = i;
            }
        }
        String before = at < 0 ? "" : entries.get(at).substring(grantee.length() + 1, entries.get(at).lastIndexOf('/'));
        TreeSet<Integer> held = new TreeSet<>();
        TreeSet<Integer> options = new TreeSet<>();
        for (int i = 0; i < before.length(); i++) {
            if (before.charAt(i) != '*') {
                held.add(ORDER.indexOf(before.charAt(i)));
            } else {
                options.add(ORDER.indexOf(before.charAt(i - 1)));
            }
        }
        for (char letter : letters.toCharArray()) {
            int place = ORDER.indexOf(letter);
            if (grant.grant()) {
                held.add(place);
                if (grant.grantOption()) {
                    options.add(place);
                }
            } else {
                options.remove(place);
                if (!grant.grantOption()) {
                    held.remove(place);
                }
            }
        }
        StringBuilder after = new StringBuilder();
        held.forEach(p -> after.append(ORDER.charAt(p)).append(options.contains(p) ? "*" : ""));
        String entry = grantee + "=" + after + "/" + grantor;
        if (at >= 0 && after.isEmpty()) {
            entries.remove(at);
        } else if (at >= 0) {
            entries.set(at, entry);
        } else if (!after.isEmpty()) {
            entries.add(entry);
        }
    }

    private static String sorted(String letters) {
        StringBuilder sorted = new StringBuilder();
        for (char c : ORDER.toCharArray()) {
            if (letters.indexOf(c) >= 0) {
                sorted.append(c);
            }
        }
        return sorted.toString();
    }

    private static String quote(String name) {
        return name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_') ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    private static ArrayValue acl(List<String> entries) {
        BytesVector elements = new BytesVector(Math.max(1, entries.size()));
        for (int i = 0; i < entries.size(); i++) {
            elements.put(i, Slice.of(entries.get(i)));
        }
        return ArrayValue.of(Oids.ACLITEM, elements, entries.size());
    }
}
