package org.gajah.command;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.gajah.ast.ExtensionStatement;
import org.gajah.ast.ForeignStatement;
import org.gajah.ast.FunctionStatement;
import org.gajah.ast.GrantStatement;
import org.gajah.ast.IndexStatement;
import org.gajah.ast.MaintenanceStatement;
import org.gajah.ast.ObjectKind;
import org.gajah.ast.ObjectStatement;
import org.gajah.ast.PolicyStatement;
import org.gajah.ast.RoleStatement;
import org.gajah.ast.SchemaStatement;
import org.gajah.ast.SequenceStatement;
import org.gajah.ast.Statement;
import org.gajah.ast.TableStatement;
import org.gajah.ast.TriggerStatement;
import org.gajah.ast.TypeStatement;
import org.gajah.ast.ViewStatement;

/** The tags that event triggers know commands by. PostgreSQL manual, "Event Trigger Firing Matrix". */
public final class EventTags {
    /** Objects that databases share, and event triggers themselves. */
    private static final Set<ObjectKind> SILENT = Set.of(ObjectKind.DATABASE, ObjectKind.ROLE, ObjectKind.TABLESPACE, ObjectKind.EVENT_TRIGGER);
    private static final List<String> CREATED = List.of("ACCESS METHOD", "AGGREGATE", "CAST", "COLLATION", "CONVERSION", "DOMAIN", "EXTENSION",
            "FOREIGN DATA WRAPPER", "FOREIGN TABLE", "FUNCTION", "INDEX", "LANGUAGE", "MATERIALIZED VIEW", "OPERATOR", "OPERATOR CLASS",
            "OPERATOR FAMILY", "POLICY", "PROCEDURE", "PUBLICATION", "ROUTINE", "RULE", "SCHEMA", "SEQUENCE", "SERVER", "STATISTICS", "SUBSCRIPTION",
            "TABLE", "TEXT SEARCH CONFIGURATION", "TEXT SEARCH DICTIONARY", "TEXT SEARCH PARSER", "TEXT SEARCH TEMPLATE", "TRANSFORM", "TRIGGER", "TYPE",
            "USER MAPPING", "VIEW");
    private static final Set<String> SUPPORTED = new TreeSet<>(List.of("ALTER DEFAULT PRIVILEGES", "ALTER LARGE OBJECT", "COMMENT", "CREATE TABLE AS",
            "DROP OWNED", "GRANT", "IMPORT FOREIGN SCHEMA", "REASSIGN OWNED", "REFRESH MATERIALIZED VIEW", "REINDEX", "REVOKE", "SECURITY LABEL",
            "SELECT INTO"));
    private static final Set<String> OTHERS = Set.of("ALTER DATABASE", "ALTER EVENT TRIGGER", "ALTER ROLE", "ALTER SYSTEM", "ALTER TABLESPACE", "ANALYZE",
            "BEGIN", "CALL", "CHECKPOINT", "CLOSE", "CLUSTER", "COMMIT", "COPY", "CREATE DATABASE", "CREATE EVENT TRIGGER", "CREATE ROLE",
            "CREATE TABLESPACE", "DEALLOCATE", "DECLARE CURSOR", "DELETE", "DISCARD", "DO", "DROP DATABASE", "DROP EVENT TRIGGER", "DROP ROLE",
            "DROP TABLESPACE", "EXECUTE", "EXPLAIN", "FETCH", "GRANT ROLE", "INSERT", "LISTEN", "LOAD", "LOCK TABLE", "LOGIN", "MERGE", "MOVE", "NOTIFY",
            "PREPARE", "RESET", "REVOKE ROLE", "ROLLBACK", "SAVEPOINT", "SELECT", "SET", "SHOW", "START TRANSACTION", "TRUNCATE TABLE", "UNLISTEN",
            "UPDATE", "VACUUM");

    static {
        for (String kind : CREATED) {
            SUPPORTED.add("CREATE " + kind);
            SUPPORTED.add("ALTER " + kind);
            SUPPORTED.add("DROP " + kind);
        }
    }

    private EventTags() {
    }

    static boolean isKnown(String tag) {
        return SUPPORTED.contains(tag) || OTHERS.contains(tag);
    }

    static boolean isSupported(String tag) {
        return SUPPORTED.contains(tag);
    }

    static boolean mayRewrite(String tag) {
        return tag.equals("ALTER TABLE") || tag.equals("ALTER TYPE") || tag.equals("ALTER MATERIALIZED VIEW");
    }

    /** The tag of a command that fires event triggers; empty for others. */
    public static Optional<String> of(Statement statement) {
        return switch (statement) {
            case TableStatement.CreateTable c -> Optional.of("CREATE TABLE");
            case TableStatement.CreateTableAs c -> Optional.of(c.materializedView() ? "CREATE MATERIALIZED VIEW" : "CREATE TABLE AS");
            case TableStatement.AlterTable a -> about("ALTER ", a.kind());
            case ObjectStatement.Drop d -> about("DROP ", d.kind());
            case ObjectStatement.Rename r -> SILENT.contains(r.kind()) ? Optional.empty() : Optional.of(RenameCommands.tag(r));
            case ObjectStatement.AlterOwner a -> about("ALTER ", a.kind());
            case ObjectStatement.AlterObjectSchema a -> about("ALTER ", a.kind());
            case ObjectStatement.Comment c -> SILENT.contains(c.kind()) ? Optional.empty() : Optional.of("COMMENT");
            case GrantStatement.Grant g -> isShared(g.kind()) ? Optional.empty() : Optional.of(g.grant() ? "GRANT" : "REVOKE");
            case GrantStatement.AlterDefaultPrivileges a -> Optional.of("ALTER DEFAULT PRIVILEGES");
            case RoleStatement.DropOwned d -> Optional.of("DROP OWNED");
            case RoleStatement.ReassignOwned r -> Optional.of("REASSIGN OWNED");
            case FunctionStatement.CreateFunction c -> Optional.of(c.procedure() ? "CREATE PROCEDURE" : "CREATE FUNCTION");
            case FunctionStatement.AlterFunction a -> about("ALTER ", a.kind());
            case TypeStatement t -> Optional.of(type(t));
            case MaintenanceStatement.Reindex r -> Optional.of("REINDEX");
            case ForeignStatement.CreateWrapper w -> Optional.of("CREATE FOREIGN DATA WRAPPER");
            case ForeignStatement.AlterWrapper w -> Optional.of("ALTER FOREIGN DATA WRAPPER");
            case SchemaStatement.CreateSchema s -> Optional.of("CREATE SCHEMA");
            case TriggerStatement.CreateTrigger t -> Optional.of("CREATE TRIGGER");
            case ViewStatement v -> Optional.of(CommandTags.of(v));
            case IndexStatement i -> Optional.of(CommandTags.of(i));
            case SequenceStatement s -> Optional.of(CommandTags.of(s));
            case PolicyStatement p -> Optional.of(CommandTags.of(p));
            case ForeignStatement f -> Optional.of(CommandTags.of(f)).filter(EventTags::isSupported);
            case ExtensionStatement e -> Optional.of(CommandTags.of(e)).filter(EventTags::isSupported);
            default -> Optional.empty();
        };
    }

    private static boolean isShared(ObjectKind kind) {
        return kind == ObjectKind.DATABASE || kind == ObjectKind.TABLESPACE || kind == ObjectKind.PARAMETER;
    }

    private static Optional<String> about(String verb, ObjectKind kind) {
        return SILENT.contains(kind) ? Optional.empty() : Optional.of(verb + kind.words());
    }

    private static String type(TypeStatement statement) {
        return switch (statement) {
            case TypeStatement.CreateDomain d -> "CREATE DOMAIN";
            case TypeStatement.AlterDomain d -> "ALTER DOMAIN";
            case TypeStatement.AlterOperator o -> "ALTER OPERATOR";
            case TypeStatement.Define d -> "CREATE " + d.kind().words();
            case TypeStatement.CreateCast c -> "CREATE CAST";
            case TypeStatement.AddEnumValue v -> "ALTER TYPE";
            case TypeStatement.RenameEnumValue v -> "ALTER TYPE";
            case TypeStatement.AlterType t -> "ALTER TYPE";
            case TypeStatement.CreateCompositeType t -> "CREATE TYPE";
            case TypeStatement.CreateEnum t -> "CREATE TYPE";
            case TypeStatement.CreateRange t -> "CREATE TYPE";
        };
    }
}
