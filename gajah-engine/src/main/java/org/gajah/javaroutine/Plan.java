package org.gajah.javaroutine;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Variables;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.spi.Spi;
import org.gajah.api.spi.SpiCode;
import org.gajah.api.spi.SpiCursor;
import org.gajah.api.spi.SpiPlan;
import org.gajah.api.spi.SpiResult;
import org.gajah.ast.PreparableStatement;
import org.gajah.spi.SpiParameters;
import org.gajah.spi.SpiStatement;

/** Prepared commands. A kept plan is a value: each session that runs it has statements of its own for it. */
final class Plan implements SpiPlan {
    private final JavaSession maker;
    private final String command;
    private int[] types;
    private final Optional<Boolean> scroll;
    private List<SpiStatement> statements = List.of();
    private long version;
    private volatile boolean kept;
    private volatile boolean freed;

    /** The types of the parameters are said. */
    Plan(JavaSession maker, String command, int[] types, Optional<Boolean> scroll) {
        this.maker = maker;
        this.command = command;
        this.types = types;
        this.scroll = scroll;
    }

    /** Parses and analyzes all before anything runs. */
    void prepare(Connection connection) {
        statements = made(connection, new SpiParameters(Arrays.stream(types).boxed().toList(), Variables.NONE));
        version = maker.session().catalogVersion();
    }

    /** The same, and lets the types of the parameters follow from where they stand. */
    void prepareInferring(Connection connection) {
        statements = made(connection, SpiParameters.INFERRED);
        if (statements.size() > 1) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "cannot insert multiple commands into a prepared statement");
        }
        statements.forEach(s -> types = s.parameterTypes().stream().mapToInt(t -> t).toArray());
        version = maker.session().catalogVersion();
    }

    private List<SpiStatement> made(Connection connection, SpiParameters parameters) {
        List<SpiStatement> made = connection.statements(command, parameters);
        for (SpiStatement statement : made) {
            if (statement.tree() instanceof PreparableStatement) {
                try {
                    statement.columns();
                } catch (SqlError e) {
                    throw Commands.placed(e, command);
                }
            }
        }
        return made;
    }

    /** The connection that made it is finished. */
    void connectionEnded() {
        freed |= !kept;
    }

    private Connection connection() {
        Connection connection = (Connection) Spi.current();
        if (!kept && connection.call().host() != maker) {
            throw JavaCall.unconnected("a plan that is not kept belongs to its session");
        }
        return connection;
    }

    private List<SpiStatement> statements(Connection connection) {
        JavaSession host = connection.call().host();
        return host == maker ? statements : host.adopted()
                .computeIfAbsent(this, p -> made(connection, new SpiParameters(Arrays.stream(types).boxed().toList(), Variables.NONE)));
    }

    @Override
    public SpiResult execute(boolean readOnly, long count, Object... arguments) {
        Connection connection = connection();
        if (!connection.isOpen()) {
            return SpiResult.of(SpiCode.ERROR_UNCONNECTED, 0);
        }
        if (freed || count < 0) {
            return connection.done(SpiResult.of(SpiCode.ERROR_ARGUMENT, 0));
        }
        if (arguments.length != types.length) {
            return connection.done(SpiResult.of(SpiCode.ERROR_PARAM, 0));
        }
        try {
            SpiResult result = connection.commands().run(statements(connection), new Commands.Run(connection.values(arguments, types), readOnly, count));
            version = connection.call().host().session().catalogVersion();
            return connection.done(result);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw connection.failed(e);
        }
    }

    @Override
    public SpiCursor open(String name, boolean readOnly, Object... arguments) {
        Connection connection = connection();
        connection.requireOpen();
        if (freed || arguments.length != types.length) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "the plan cannot be opened: "
                    + (freed ? SpiCode.ERROR_ARGUMENT : SpiCode.ERROR_PARAM));
        }
        return connection.guarded(() -> connection.commands().open(name, statements(connection),
                new Commands.Run(connection.values(arguments, types), readOnly, 0), scroll));
    }

    @Override
    public int keep() {
        if (kept || freed) {
            return SpiCode.ERROR_ARGUMENT.number();
        }
        kept = true;
        return 0;
    }

    @Override
    public int free() {
        if (freed) {
            return SpiCode.ERROR_ARGUMENT.number();
        }
        freed = true;
        return 0;
    }

    @Override
    public int argumentCount() {
        return types.length;
    }

    @Override
    public int argumentType(int number) {
        return number < 0 || number >= types.length ? SpiCode.ERROR_ARGUMENT.number() : types[number];
    }

    @Override
    public boolean isCursorPlan() {
        return Commands.isCursorPlan(statements(connection()));
    }

    @Override
    public boolean isValid() {
        return !freed && connection().call().host().session().catalogVersion() == version;
    }

    @Override
    public List<String> sources() {
        return statements.stream().map(s -> s.text().toString()).toList();
    }
}
