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

    /** Gives column {@code index}, from 1, of a row to the target's column {@code index - 1}; null is given by doing nothing. */
    void read(RemoteRow row, int index, RemoteSql.Output output, RowTarget target) throws SQLException;
}
