package org.gajah.tests.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** Something that Gajah and others do, and how fast or at what cost. */
interface Workload {
    /** The measurements it can make: the words that {@code --only} takes. */
    List<String> names();

    /** Makes those of its measurements that {@link Stage#wants} says. */
    List<Row> run(Stage stage) throws IOException, SQLException;
}
