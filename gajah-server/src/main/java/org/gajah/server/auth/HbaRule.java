package org.gajah.server.auth;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One line of {@code pg_hba.conf}. */
record HbaRule(Kind kind, List<Name> databases, List<Name> users, HbaAddress address, HbaMethod method) {

    /** Which connections a rule is about. */
    enum Kind { LOCAL, HOST, HOST_SSL, HOST_NO_SSL }

    /** A database or user: a name that was quoted has no special meaning. */
    record Name(String text, boolean quoted) {
        boolean isKeyword(String keyword) {
            return !quoted && text.equals(keyword);
        }

        /** Whether this is a regular expression that occurs in the name, or simply the name. */
        boolean matches(String name) {
            return text.startsWith("/") ? Pattern.compile(text.substring(1)).matcher(name).find() : text.equals(name);
        }
    }

    boolean matches(HbaRequest request) {
        return kindMatches(request) && databases.stream().anyMatch(name -> databaseMatches(name, request))
                && users.stream().anyMatch(name -> userMatches(name, request));
    }

    private boolean kindMatches(HbaRequest request) {
        boolean local = request.address().isEmpty();
        return switch (kind) {
            case LOCAL -> local;
            case HOST -> !local && address.matches(request);
            case HOST_SSL -> !local && request.encrypted() && address.matches(request);
            case HOST_NO_SSL -> !local && !request.encrypted() && address.matches(request);
        };
    }

    private static boolean databaseMatches(Name name, HbaRequest request) {
        if (name.isKeyword("replication")) {
            return false;
        }
        if (name.isKeyword("all")) {
            return true;
        }
        if (name.isKeyword("sameuser")) {
            return request.user().equals(request.database());
        }
        if (name.isKeyword("samerole") || name.isKeyword("samegroup")) {
            return roles(request).anyMatch(request.database()::equals);
        }
        return name.matches(request.database());
    }

    private static boolean userMatches(Name name, HbaRequest request) {
        if (name.isKeyword("all")) {
            return true;
        }
        if (!name.quoted() && name.text().startsWith("+")) {
            return roles(request).anyMatch(name.text().substring(1)::equals);
        }
        return name.matches(request.user());
    }

    private static Stream<String> roles(HbaRequest request) {
        return Stream.concat(Stream.of(request.user()), request.memberOf().stream());
    }

    /** Whether this rule lets in, without any proof, clients that are not on this machine. */
    boolean trustsStrangers() {
        return method == HbaMethod.TRUST && kind != Kind.LOCAL && !address.isLoopbackOnly();
    }

    /** Used by the parser to refuse a bad expression early. */
    static Matcher compile(String expression) {
        return Pattern.compile(expression).matcher("");
    }
}
