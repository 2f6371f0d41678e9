package org.gajah.fdw.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

import org.gajah.api.foreign.ForeignType;
import org.gajah.api.foreign.RowTarget;

/** How values go to a kind of database and come from there. */
interface JdbcValues {
    /** Sets a parameter to a value of a local type, given as text; nothing is null. */
    void bind(PreparedStatement statement, int index, ForeignType type, Optional<String> value) throws SQLException;

    /** Where a value of a type lies among those that there are there. */
    default Place place(ForeignType type, String value) {
        return Place.WITHIN;
    }

    /** How a value of a type stands in a list. */
    default String listed(ForeignType type) {
        return "?";
    }

    /** Gives column {@code index}, from 1, of a row to the target's column {@code index - 1}; null is given by doing nothing. */
    void read(RemoteRow row, int index, RemoteSql.Output output, RowTarget target) throws SQLException;
}
