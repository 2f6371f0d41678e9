package org.gajah.fdw.jdbc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignColumn;
import org.gajah.api.foreign.ForeignFunction;
import org.gajah.api.foreign.ForeignPlanner;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.ForeignSession;
import org.gajah.api.foreign.ForeignTable;
import org.gajah.api.foreign.ForeignWrapper;
import org.gajah.api.foreign.ImportRequest;
import org.gajah.api.foreign.OptionNames;
import org.gajah.api.foreign.OptionTarget;
import org.gajah.api.foreign.RoutineMapping;
import org.gajah.api.foreign.UserMapping;

/**
 * oracle_fdw: its options over JDBC. {@code dbserver} is what follows {@code jdbc:oracle:thin:@}, or the name of a driver profile among
 * the wrapper's options with a slash and the database behind it.
 */
public final class OracleWrapper implements ForeignWrapper {
    private static final OptionNames NAMES = new OptionNames(Map.of(
            OptionTarget.SERVER, List.of("dbserver", "isolation_level", "nchar", "set_timezone"),
            OptionTarget.USER_MAPPING, List.of("user", "password"),
            OptionTarget.TABLE, List.of("table", "dblink", "schema", "max_long", "readonly", "sample_percent", "prefetch", "lob_prefetch"),
            OptionTarget.COLUMN, List.of("key", "strip_zeros")));
    /** The option that says what product a table is in; no user can give it. */
    static final String PRODUCT = "product there";
    private static final String ORACLE = "jdbc:oracle:thin:@";
    /** What EXPLAIN calls a query. */
    static final String LABEL = "Oracle query";
    private static final int MOST_PREFETCH = 10240;

    @Override
    public String name() {
        return "oracle_fdw";
    }

    @Override
    public String version() {
        return "1.2";
    }

    @Override
    public void validate(OptionTarget target, Map<String, String> options) {
        if (target == OptionTarget.WRAPPER) {
            options.forEach((name, value) -> {
                if (!name.equals("nls_lang")) {
                    DriverProfile.parse(name, value);
                }
            });
            return;
        }
        NAMES.requireListing(target, options.keySet());
        require(target, OptionTarget.SERVER, "dbserver", options);
        require(target, OptionTarget.TABLE, "table", options);
        options.forEach((name, value) -> {
            switch (name) {
                case "key", "readonly", "nchar", "strip_zeros", "set_timezone" -> requireFlag(name, value);
                case "sample_percent" -> requirePercent(name, value);
                case "dblink" -> requireLink(value);
                case "isolation_level" -> requireIsolation(value);
                case "prefetch" -> requireBetween(name, value, 1, MOST_PREFETCH);
                case "max_long" -> requireBetween(name, value, 1, 1073741823);
                case "lob_prefetch" -> requireBetween(name, value, 0, 536870912);
                default -> { }
            }
        });
    }

    private static void require(OptionTarget target, OptionTarget of, String name, Map<String, String> options) {
        if (target == of && !options.containsKey(name)) {
            throw new SqlError(SqlState.FDW_OPTION_NAME_NOT_FOUND, "missing required option \"" + name + "\"")
                    .hint("Valid options in this context are: " + String.join(", ", NAMES.known().get(of)));
        }
    }

    private static void requireFlag(String name, String value) {
        if (OptionValues.flag(value).isEmpty()) {
            throw new SqlError(SqlState.FDW_INVALID_ATTRIBUTE_VALUE, "invalid value for option \"" + name + "\"")
                    .hint("Valid values in this context are: on/yes/true or off/no/false");
        }
    }

    private static void requirePercent(String name, String value) {
        if (!(OptionValues.percent(value).orElse(0.0) > 0)) {
            throw new SqlError(SqlState.FDW_INVALID_ATTRIBUTE_VALUE, "invalid value for option \"" + name + "\"")
                    .hint("Valid values in this context are numbers between 0.000001 and 100.");
        }
    }

    private static void requireLink(String value) {
        boolean plain = !value.isEmpty() && value.chars().allMatch(c -> Character.isLetterOrDigit(c) || "._$#@".indexOf(c) >= 0);
        if (!plain) {
            throw new SqlError(SqlState.FDW_INVALID_ATTRIBUTE_VALUE, "invalid value for option \"dblink\"").hint("It is the name of a database link.");
        }
    }

    private static void requireIsolation(String value) {
        if (!List.of("serializable", "read_committed", "read_only").contains(value)) {
            throw new SqlError(SqlState.FDW_INVALID_ATTRIBUTE_VALUE, "invalid value for option \"isolation_level\"")
                    .hint("Valid values in this context are: serializable/read_committed/read_only");
        }
    }

    private static void requireBetween(String name, String value, long least, long most) {
        boolean fits;
        try {
            long number = Long.parseLong(value.strip());
            fits = number >= least && number <= most;
        } catch (NumberFormatException e) {
            fits = false;
        }
        if (!fits) {
            throw new SqlError(SqlState.FDW_INVALID_ATTRIBUTE_VALUE, "invalid value for option \"" + name + "\"")
                    .hint("Valid values in this context are integers between " + least + " and " + most + ".");
        }
    }

    @Override
    public String script() {
        return OracleFunctions.SCRIPT + OracleMappings.script();
    }

    @Override
    public Optional<ForeignFunction> function(String symbol) {
        return new OracleFunctions(version()).of(symbol);
    }

    @Override
    public void validateMapping(RoutineMapping mapping, int parameters) {
        MappedCall.validate(mapping, parameters);
    }

    @Override
    public Optional<String> mappingTable() {
        return Optional.of(OracleMappings.TABLE);
    }

    @Override
    public boolean fences() {
        return true;
    }

    /** Columns are what stands at their places there, whatever they are called here. */
    @Override
    public ForeignTable described(ForeignServer server, ForeignTable table, Supplier<ForeignSession> session, Consumer<SqlError> warnings) {
        if (!(session.get() instanceof JdbcSession there)) {
            return table;
        }
        List<RemoteColumn> names = there.columns(new JdbcSql(new Routines(Dialect.of("oracle"), List.of())).table(table));
        List<ForeignColumn> columns = new ArrayList<>();
        String product = there.product();
        for (ForeignColumn c : table.columns()) {
            Map<String, String> options = new HashMap<>(c.options());
            int place = columns.size();
            if (place < names.size()) {
                options.put(JdbcSql.COLUMN_NAME, names.get(place).name());
            } else {
                options.put(JdbcSql.MISSING, "");
                options.put(CodeUnits.COUNTED, CodeUnits.POINTS);
                warnings.accept(new SqlError(SqlState.WARNING, "column number " + (place + 1) + " of foreign table \"" + table.name()
                        + "\" does not exist in foreign Oracle table, will be replaced by NULL"));
            }
            ForeignColumn named = new ForeignColumn(c.number(), c.name(), c.type(), c.notNull(), Map.copyOf(options));
            columns.add(place < names.size() ? CodeUnits.described(names.get(place).describe(named, table.name()), product, there.charset()) : named);
        }
        Map<String, String> options = new HashMap<>(table.options());
        options.put(PRODUCT, product);
        return new ForeignTable(table.oid(), table.schema(), table.name(), List.copyOf(columns), Map.copyOf(options));
    }

    @Override
    public Optional<String> ownersRole(ForeignServer server, ForeignTable table) {
        return Outside.owner(url(server), table);
    }

    @Override
    public ForeignPlanner planner(ForeignServer server) {
        return planner(server, List.of());
    }

    @Override
    public ForeignPlanner planner(ForeignServer server, List<RoutineMapping> mappings) {
        return new JdbcPlanner(server, Dialect.of("oracle"), LABEL, mappings);
    }

    @Override
    public Map<String, String> importSchema(ForeignServer server, ForeignSession session, ImportRequest request) {
        return ((JdbcSession) session).imported(new JdbcImport(server, request, true).checked());
    }

    @Override
    public boolean needsUserMapping() {
        return true;
    }

    @Override
    public ForeignSession open(ForeignServer server, Optional<UserMapping> mapping) {
        return open(server, mapping, setting -> "GMT");
    }

    @Override
    public ForeignSession open(ForeignServer server, Optional<UserMapping> mapping, UnaryOperator<String> settings) {
        String place = server.options().getOrDefault("dbserver", "");
        String name = profile(place);
        Target target = server.wrapperOptions().containsKey(name)
                ? DriverProfile.of(server, name).target(server, Map.of("dbname", place.substring(Math.min(place.length(), name.length() + 1))), mapping)
                : oracle(server, place, mapping);
        String isolation = server.options().getOrDefault("isolation_level", "serializable");
        Optional<String> zone = OptionValues.flag(server.options(), "set_timezone", false) ? Optional.of(SessionZone.named(settings.apply("TimeZone"))) : Optional.empty();
        return new JdbcSession(target.in(zone, isolation.equals("read_only")), new JdbcAnyValues(Dialect.of("oracle")), local -> JdbcWrapper.isolation(isolation));
    }

    private static String profile(String place) {
        return place.contains("/") ? place.substring(0, place.indexOf('/')) : place;
    }

    /** A server's URL, its places not filled in. */
    static String url(ForeignServer server) {
        String name = profile(server.options().getOrDefault("dbserver", ""));
        return server.wrapperOptions().containsKey(name) ? DriverProfile.of(server, name).url() : ORACLE;
    }

    /** Whether it is a host, maybe with a port, and a service or sid: no other protocol, no descriptor, no parameters. */
    private static boolean isPlace(String place) {
        String rest = place.startsWith("//") ? place.substring(2) : place;
        String[] parts = rest.split("[:/]", -1);
        boolean words = java.util.Arrays.stream(parts).allMatch(p -> !p.isEmpty() && p.chars().allMatch(c -> Character.isLetterOrDigit(c) || "._-".indexOf(c) >= 0));
        int colon = rest.indexOf(':');
        boolean service = rest.indexOf('/') >= 0 && rest.indexOf('/') < colon;
        boolean port = colon < 0 || service || parts[1].chars().allMatch(c -> c >= '0' && c <= '9');
        return words && port && parts.length <= 4;
    }

    private static Target oracle(ForeignServer server, String place, Optional<UserMapping> mapping) {
        if (!isPlace(place)) {
            throw new SqlError(SqlState.FDW_INVALID_ATTRIBUTE_VALUE, "invalid value for option \"dbserver\"").hint("It is //host:port/service.");
        }
        Map<String, String> properties = new HashMap<>(mapping.map(UserMapping::options).orElse(Map.of()));
        if (OptionValues.flag(server.options(), "nchar", false)) {
            properties.put("oracle.jdbc.defaultNChar", "true");
        }
        return new Target(server.name(), ORACLE + place, Map.copyOf(properties), Drivers.Source.PATH, "", true);
    }
}
