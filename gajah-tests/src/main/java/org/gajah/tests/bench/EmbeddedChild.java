package org.gajah.tests.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A JVM with one embedded database, {@link EmbeddedTpcb}, that runs when told to. */
final class EmbeddedChild implements AutoCloseable {
    private final Process process;
    private final PrintStream orders;
    private final BufferedReader answers;

    private EmbeddedChild(Process process) {
        this.process = process;
        this.orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts it with loaded tables. */
    static EmbeddedChild start(Competitor competitor, Path directory, int scale) throws IOException {
        String classes = System.getProperty("jdk.module.path") + java.io.File.pathSeparator + System.getProperty("java.class.path", "");
        Process process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-Dderby.stream.error.file=" + directory.resolve("derby.log"), "-cp", classes,
                EmbeddedTpcb.class.getName(), competitor.name(), directory.toString(), Integer.toString(scale)))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        EmbeddedChild child = new EmbeddedChild(process);
        child.answer("loaded");
        return child;
    }

    /** Transactions, or selects, a second. */
    double run(int threads, int seconds, boolean select) throws IOException {
        orders.println(threads + " " + seconds + (select ? " select" : ""));
        return Double.parseDouble(answer("speed"));
    }

    /** Checks that the books balance, and ends it in order. */
    void end() throws IOException {
        orders.println("end");
        answer("balanced");
    }

    private String answer(String word) throws IOException {
        String line = answers.readLine();
        if (line == null || !line.startsWith(word)) {
            throw new IOException("expected " + word + ", got " + line);
        }
        return line.substring(word.length()).strip();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
