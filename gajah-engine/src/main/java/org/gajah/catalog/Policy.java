package org.gajah.catalog;

import java.util.List;
import java.util.Optional;

/**
 * A row security policy as pg_policy has it.
 *
 * @param command    r, a, w, d as for SELECT, INSERT, UPDATE, DELETE, or * for all of them
 * @param permissive rows that it lets through may be seen unless another policy forbids; otherwise it is one that forbids
 * @param roles      whom it holds for; 0 is everybody
 * @param using      USING as stored node text, about range table entry 0; {@code check} is WITH CHECK
 */
public record Policy(int oid, String name, int table, char command, boolean permissive, List<Integer> roles, Optional<String> using,
        Optional<String> check) {
    /** {@link #command} of a policy for all commands. */
    public static final char ALL = '*';

    /** As its row says. */
    public static Policy of(CatalogRow r) {
        return new Policy(r.number("oid"), r.text("polname"), r.number("polrelid"), r.letter("polcmd"), r.flag("polpermissive"),
                r.numbers("polroles"), r.textIfAny("polqual"), r.textIfAny("polwithcheck"));
    }

    /** Whether it has a say in what such a command does to rows. */
    public boolean isFor(char what) {
        return command == ALL || command == what;
    }
}
