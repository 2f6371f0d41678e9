/** Foreign-data wrappers over JDBC. */
module org.gajah.fdw.jdbc {
    requires org.gajah.api;

    uses java.sql.Driver;

    provides org.gajah.api.foreign.ForeignWrapper with org.gajah.fdw.jdbc.PostgresWrapper, org.gajah.fdw.jdbc.JdbcWrapper,
            org.gajah.fdw.jdbc.OracleWrapper;
}
