package org.gajah.tests.foreign;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;

import org.gajah.tests.routine.Jars;
import org.h2.tools.Server;

/**
 * What {@code ./test --oracle} is given, made of H2: a server, and a jar with a driver that is called as Oracle's and takes URLs of Oracle's.
 *
 * @param place user, password, host, port and service, as the option has them
 */
record OracleSwitch(Server server, Path jar, String place) implements AutoCloseable {
    private static final String DRIVER = "oracle.jdbc.OracleDriver";
    private static final String SOURCE = """
            package oracle.jdbc;
            public class OracleDriver extends org.h2.Driver {
                private static final String SCHEME = "jdbc:oracle:thin:@//";
                public boolean acceptsURL(String url) {
                    return url.startsWith(SCHEME);
                }
                public java.sql.Connection connect(String url, java.util.Properties properties) throws java.sql.SQLException {
                    String[] place = url.substring(SCHEME.length()).split("/");
                    return super.connect("jdbc:h2:tcp://" + place[0] + "/mem:" + place[1] + ";MODE=Oracle;DB_CLOSE_DELAY=-1", properties);
                }
            }
            """;

    static OracleSwitch start(Path directory) throws IOException, SQLException {
        Path jar = directory.resolve("ojdbc.jar");
        Set<String> written = new HashSet<>();
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar)); InputStream h2 = Files.newInputStream(Path.of(Server.class.getProtectionDomain().getCodeSource().getLocation().toURI()))) {
            copy(h2, out, written);
            copy(new ByteArrayInputStream(Jars.jar(DRIVER, SOURCE)), out, written);
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
        Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        return new OracleSwitch(server, jar, "tester/secret@//127.0.0.1:" + server.getPort() + "/xe");
    }

    private static void copy(InputStream from, JarOutputStream to, Set<String> written) throws IOException {
        try (JarInputStream in = new JarInputStream(from)) {
            for (JarEntry e = in.getNextJarEntry(); e != null; e = in.getNextJarEntry()) {
                boolean wanted = !e.isDirectory() && !e.getName().startsWith("META-INF/") && written.add(e.getName());
                if (wanted) {
                    to.putNextEntry(new JarEntry(e.getName()));
                    in.transferTo(to);
                }
            }
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
