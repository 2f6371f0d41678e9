package org.gajah.ast;

/**
 * A role by name, or one of the words for one.
 *
 * @param name empty unless {@code kind} is NAME
 */
public record RoleSpec(Kind kind, String name, int location) {
    /** How it was given. */
    public enum Kind { NAME, CURRENT_ROLE, CURRENT_USER, SESSION_USER, PUBLIC }
}
