package org.gajah.tests.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import org.gajah.api.Gajah;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nothing that loads classes, runs scripts or reads files comes to a driver by way of a server, a user mapping or a table. */
class UrlTest {
    private static final List<String> DANGEROUS = List.of("INIT", "TRACE_LEVEL_FILE", "allowLocalInfile", "autoDeserialize", "queryInterceptors", "allowLoadLocalInfile", "allowUrlInLocalInfile",
            "initSql", "socketFactory", "socketFactoryArg", "sslfactory", "sslfactoryarg", "sslhostnameverifier", "sslpasswordcallback", "authenticationPluginClassName", "loggerFile", "jaasApplicationName",
            "sslrootcert", "sslkey", "sslcert", "propertiesTransform", "serverRsaPublicKeyFile", "serverSslCert", "keyStore", "trustStore", "trustManagerClass", "socketFactoryClass", "keyStoreLocation",
            "accessTokenCallbackClass", "oracle.net.wallet_location", "oracle.net.tns_admin", "javax.net.ssl.trustStore", "oracle.jdbc.config.file", "allow_unsigned_extensions", "custom_extension_repository",
            "extension_directory", "enable_load_extension", "textdb.allow_full_path", "crypt_provider", "createFrom", "restoreFrom", "rollForwardRecoveryFrom", "service", "connectionInitSql");

    private static Gajah gajah;
    private static Connection local;

    @BeforeAll
    static void start() throws SQLException {
        gajah = Gajah.inMemory();
        local = gajah.dataSource().getConnection();
        Lines.run(local, "CREATE EXTENSION jdbc_fdw", "CREATE EXTENSION oracle_fdw", "CREATE EXTENSION postgres_fdw", "ALTER FOREIGN DATA WRAPPER jdbc_fdw OPTIONS ("
                + "ADD h2 'url=jdbc:h2:mem:{dbname} dialect=h2 properties=MODE', ADD maria 'url=jdbc:mariadb://{host}:{port}/{dbname} dialect=mariadb', ADD duck 'url=jdbc:duckdb:{dbname} dialect=duckdb',"
                + " ADD hsql 'url=jdbc:hsqldb:mem:{dbname} dialect=hsqldb', ADD derby 'url=jdbc:derby:memory:{dbname} dialect=derby', ADD lite 'url=jdbc:sqlite:{dbname} dialect=sqlite',"
                + " ADD mssql 'url=jdbc:sqlserver://{host}:{port};databaseName={dbname} dialect=sqlserver')");
    }

    @AfterAll
    static void stop() throws SQLException {
        local.close();
        gajah.close();
    }

    private static String state(String... statements) {
        return assertThrows(SQLException.class, () -> Lines.run(local, statements), () -> String.join("; ", statements)).getSQLState();
    }

    private static String used(String wrapper, String options) {
        try {
            Lines.run(local, "CREATE SERVER s FOREIGN DATA WRAPPER " + wrapper + " OPTIONS (" + options + ")", "CREATE USER MAPPING FOR PUBLIC SERVER s");
            return state("CREATE FOREIGN TABLE x (a int) SERVER s" + (wrapper.equals("oracle_fdw") ? " OPTIONS (\"table\" 'X')" : ""), "SELECT * FROM x");
        } catch (SQLException e) {
            return e.getSQLState();
        } finally {
            assertEquals(true, dropped());
        }
    }

    private static boolean dropped() {
        try {
            Lines.run(local, "DROP SERVER IF EXISTS s CASCADE");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    @Test
    void aServerCannotSetAPropertyThatItsProfileDoesNotList() {
        for (String driver : List.of("h2", "maria", "duck", "hsql", "derby", "lite", "mssql")) {
            for (String property : DANGEROUS) {
                assertEquals("HV00D", used("jdbc_fdw", "driver '" + driver + "', host 'localhost', port '1', dbname 'x', \"" + property + "\" 'y'"), driver + " " + property);
            }
        }
    }

    @Test
    void aProfileCannotLeaveSuchAPropertyToServers() {
        for (String property : DANGEROUS) {
            assertEquals("22023", state("ALTER FOREIGN DATA WRAPPER jdbc_fdw OPTIONS (ADD bad 'url=jdbc:h2:mem:{dbname} properties=MODE," + property + "')"), property);
        }
    }

    @Test
    void noPartOfAUrlComesInByWayOfAPlace() {
        for (String value : List.of("x;INIT=RUNSCRIPT FROM 'y'", "x?allowLocalInfile=true", "x&autoDeserialize=true", "x;create=true", "x;hsqldb.script_format=3", "../etc/passwd", "x#y", "x%3Bo", "x\ty",
                "zip:/etc/x.zip!/y", "file:x", "http://evil", "x\\y", "//h?p", "x=y", "x y", "(DESCRIPTION=x)", "x@y", "")) {
            for (String place : List.of("host", "port", "dbname")) {
                String driver = place.equals("dbname") ? "h2" : "maria";
                String state = used("jdbc_fdw", "driver '" + driver + "', " + place + " '" + value.replace("'", "''") + "'");
                assertTrue(value.isEmpty() ? !state.startsWith("XX") : state.equals("22023"), place + " " + value + ": " + state);
            }
        }
    }

    @Test
    void userMappingsAndTablesHaveNoProperties() throws SQLException {
        Lines.run(local, "CREATE SERVER m FOREIGN DATA WRAPPER jdbc_fdw OPTIONS (driver 'h2', dbname 'x')");
        for (String property : DANGEROUS) {
            assertEquals("HV00D", state("CREATE USER MAPPING FOR PUBLIC SERVER m OPTIONS (\"" + property + "\" 'x')"), property);
            assertEquals("HV00D", state("CREATE FOREIGN TABLE y (a int) SERVER m OPTIONS (\"" + property + "\" 'x')"), property);
        }
        Lines.run(local, "DROP SERVER m");
    }

    @Test
    void anOraclesPlaceIsAHostAPortAndAService() {
        for (String place : List.of("ldap://evil:389/cn=x", "ldap://evil/x", "ldaps:x", "tcps://h:1/x", "(DESCRIPTION=(ADDRESS=x))", "h:1521/x?TNS_ADMIN=/tmp", "//h:1521/x?wallet_location=/x", "h/x;y", "http:x/y/z/w/v",
                "config-file:/etc/x", "//h:port/x", "a b", "@h", "h:1521/x#y")) {
            String state = used("oracle_fdw", "dbserver '" + place + "'");
            assertEquals("HV024", state, place);
        }
        for (String place : List.of("//h:1521/x", "h:1521/x", "h:1521:x", "h/x", "alias")) {
            assertEquals("08001", used("oracle_fdw", "dbserver '" + place + "'"), place + ": there is no driver here, which is noticed later");
        }
    }

    @Test
    void postgresFdwTakesLibpqsOptionsAlone() {
        for (String property : List.of("socketFactory", "socketFactoryArg", "sslfactory", "sslfactoryarg", "sslhostnameverifier", "sslpasswordcallback", "authenticationPluginClassName", "loggerFile", "loggerLevel",
                "jaasApplicationName", "xmlFactoryFactory", "allowEncodingChanges", "maxResultBuffer", "replication")) {
            assertEquals("HV00D", used("postgres_fdw", "\"" + property + "\" 'x'"), property);
        }
        assertEquals("22023", used("postgres_fdw", "host 'h/x?socketFactory=y&z='"));
        assertEquals("08001", used("postgres_fdw", "host '127.0.0.1', port '1', dbname 'x?socketFactory=org.evil.Class'"));
    }
}
