package org.gajah.tests.routine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What {@link Samples} does, as a procedure of H2. */
public final class InH2 {
    private InH2() {
    }

    /** So many prepared point selects. */
    public static long pointSelects(Connection c, int n) throws SQLException {
        long sum = 0;
        try (PreparedStatement p = c.prepareStatement("SELECT v FROM point WHERE id = ?")) {
            for (int i = 0; i < n; i++) {
                p.setInt(1, i % 10_000);
                try (ResultSet r = p.executeQuery()) {
                    r.next();
                    sum += r.getInt(1);
                }
            }
        }
        return sum;
    }
}
