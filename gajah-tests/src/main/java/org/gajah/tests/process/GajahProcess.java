package org.gajah.tests.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gajah.tests.oracle.FreePort;
import org.gajah.tests.oracle.PostgresPrograms;

/** Gajah, started with {@code ./gajah} in the current directory like anybody does. */
public final class GajahProcess implements ServerProcess {
    private final Path data;
    private final Path log;
    private final List<String> settings;
    private final int port;
    private final String javaOptions;
    private Optional<Process> process = Optional.empty();
    private final Thread killAtExit = new Thread(this::kill, "gajah-kill");

    /** A server that is not started yet; {@code settings} are {@code name=value}. */
    public GajahProcess(Path data, String javaOptions, List<String> settings) throws IOException {
        this.data = data;
        this.log = data.resolveSibling(data.getFileName() + ".log");
        this.settings = settings;
        this.javaOptions = javaOptions;
        this.port = FreePort.find();
        PostgresPrograms.run(List.of(script(), "--version"));
        Runtime.getRuntime().addShutdownHook(killAtExit);
    }

    private static String script() {
        return Path.of("gajah").toAbsolutePath().toString();
    }

    @Override
    public String name() {
        return "Gajah";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(script(), "serve", "--data", data.toString(), "--port", Integer.toString(port)));
        settings.forEach(s -> command.addAll(List.of("-c", s)));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("GAJAH_JAVA_OPTIONS", javaOptions);
        process = Optional.of(builder.start());
    }

    /** Ends the process at once, as {@code kill -9} does. */
    public void kill() {
        process.ifPresent(p -> {
            p.destroyForcibly();
            p.onExit().join();
        });
        process = Optional.empty();
    }

    @Override
    public void stop() throws IOException {
        Process running = process.orElseThrow(() -> new IOException("it does not run"));
        running.destroy();
        int status = running.onExit().join().exitValue();
        process = Optional.empty();
        if (status != 0 && status != 143) {
            throw new IOException("Gajah ended with status " + status + ": " + log());
        }
    }

    /** Whether the process runs. */
    public boolean runs() {
        return process.map(Process::isAlive).orElse(false);
    }

    @Override
    public boolean hasEnded() {
        return !runs();
    }

    @Override
    public List<ProcessHandle> processes() {
        return process.map(p -> ServerProcess.tree(p.toHandle())).orElse(List.of());
    }

    @Override
    public String log() {
        try {
            return Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(killAtExit);
        kill();
    }
}
