package org.gajah.command;

import java.util.Locale;

import org.gajah.ast.Statement;

/** What statements are called where no tag was made for them: in messages about statements that are not supported. */
public final class CommandTags {
    private CommandTags() {
    }

    /** The words that the record's name is made of, in upper case: {@code CreateTable} is {@code CREATE TABLE}, {@code ExplainStatement} is {@code EXPLAIN}. */
    public static String of(Statement statement) {
        String name = statement.getClass().getSimpleName();
        String said = name.endsWith("Statement") ? name.substring(0, name.length() - "Statement".length()) : name;
        return said.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toUpperCase(Locale.ROOT);
    }
}
