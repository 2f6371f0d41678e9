package org.gajah.command;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.DefElem;
import org.gajah.ast.RoleSpec;
import org.gajah.base.ScramVerifier;
import org.gajah.base.Slice;
import org.gajah.type.Oids;
import org.gajah.type.TypeCodec;
import org.gajah.vector.Vector;

/** The options of CREATE and ALTER ROLE: which columns of pg_authid they set, and to what. */
final class RoleOptions {
    private final CommandContext context;
    private final List<DefElem> options;

    RoleOptions(List<DefElem> options, CommandContext context) {
        this.context = context;
        this.options = options;
        Set<String> names = new HashSet<>();
        for (DefElem option : options) {
            if (!names.add(option.name())) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "conflicting or redundant options").at(option.location());
            }
        }
        option("connectionlimit").map(o -> (Integer) value(o)).filter(limit -> limit < -1).ifPresent(limit -> {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "invalid connection limit: " + limit);
        });
    }

    List<DefElem> all() {
        return options;
    }

    private Optional<DefElem> option(String name) {
        return options.stream().filter(o -> o.name().equals(name)).findFirst();
    }

    boolean has(String name) {
        return option(name).isPresent();
    }

    /** Whether an attribute is asked for. */
    boolean isOn(String name) {
        return option(name).map(o -> Boolean.TRUE.equals(value(o))).orElse(false);
    }

    /** The roles that an option lists. */
    List<RoleSpec> roles(String name) {
        return option(name).flatMap(DefElem::value).map(v -> v instanceof DefElem.Value.Roles r ? r.roles() : List.<RoleSpec>of()).orElse(List.of());
    }

    /** The column of pg_authid that an option sets. */
    static Optional<String> column(DefElem option) {
        return Optional.ofNullable(switch (option.name()) {
            case "superuser" -> "rolsuper";
            case "inherit" -> "rolinherit";
            case "createrole" -> "rolcreaterole";
            case "createdb" -> "rolcreatedb";
            case "canlogin" -> "rolcanlogin";
            case "isreplication" -> "rolreplication";
            case "bypassrls" -> "rolbypassrls";
            case "connectionlimit" -> "rolconnlimit";
            case "password" -> "rolpassword";
            case "validUntil" -> "rolvaliduntil";
            case "addroleto", "rolemembers", "adminmembers" -> null;
            case "sysid" -> null;
            default -> throw new SqlError(SqlState.INTERNAL_ERROR, "option \"" + option.name() + "\" not recognized");
        });
    }

    Object value(DefElem option) {
        if (option.value().isEmpty()) {
            return null;
        }
        return switch (option.value().get()) {
            case DefElem.Value.Flag f -> f.value();
            case DefElem.Value.Number n -> Integer.parseInt(n.value());
            case DefElem.Value.Text t when option.name().equals("password") -> password(t.value());
            case DefElem.Value.Text t -> timestamp(t.value());
            default -> throw new SqlError(SqlState.SYNTAX_ERROR, "option \"" + option.name() + "\" has a wrong value");
        };
    }

    /** A verifier as it is; anything else is a password to be kept as a verifier. An empty one is none. */
    private Object password(String text) {
        if (text.isEmpty() || ScramVerifier.parse(text).filter(v -> v.matches("")).isPresent()) {
            context.message("NOTICE", new SqlError(SqlState.SUCCESSFUL_COMPLETION, "empty string is not a valid password, clearing password"));
            return null;
        }
        if (ScramVerifier.parse(text).isPresent()) {
            return Slice.of(text);
        }
        if (text.length() == 35 && text.startsWith("md5") && text.substring(3).chars().allMatch(c -> "0123456789abcdef".indexOf(c) >= 0)) {
            throw SqlError.notSupported("MD5-encrypted passwords are not supported");
        }
        byte[] salt = new byte[ScramVerifier.SALT_LENGTH];
        context.randomBytes(salt);
        return Slice.of(ScramVerifier.of(text, salt, (int) context.settings().number("scram_iterations")).text());
    }

    private Object timestamp(String text) {
        TypeCodec codec = context.catalog().codec(Oids.TIMESTAMPTZ);
        Vector one = Vector.of(codec.carrier(), 1);
        codec.parse(Slice.of(text), -1, context.analysis().types(), one, 0);
        return one.get(0);
    }
}
