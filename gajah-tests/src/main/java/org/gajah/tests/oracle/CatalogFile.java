package org.gajah.tests.oracle;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** One data file and the query whose answer it holds, in COPY text format below a header line. */
record CatalogFile(String name, String query) {

    void write(Path directory, PGConnection connection) throws IOException, SQLException {
        try (OutputStream out = Files.newOutputStream(directory.resolve(name + ".tsv"))) {
            connection.getCopyAPI().copyOut("COPY (" + query + ") TO STDOUT (FORMAT text, HEADER)", out);
        }
    }
}
