package org.gajah.tests.routine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.sun.jdi.AbsentInformationException;
import com.sun.jdi.Bootstrap;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.Location;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StackFrame;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.LocatableEvent;
import com.sun.jdi.event.StepEvent;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.StepRequest;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A debugger that is attached to a server's process, as any Java debugger is. */
class DebuggerTest {
    private static final String LISTENS = "Listening for transport dt_socket at address: ";
    private static final String READY = "gajah: ready on ";
    private static final int MOST_SECONDS = 60;
    private static final String SOURCE = """
            static int total(int n) {
                int sum = 0;
                for (int i = 1; i <= n; i++) {
                    sum += i;
                }
                int twice = sum * 2;
                return twice;
            }
            """;

    @TempDir
    Path directory;
    private Process server;
    private VirtualMachine machine;
    private Connection connection;

    @BeforeEach
    void start() throws Exception {
        String classes = System.getProperty("jdk.module.path", "") + File.pathSeparator + System.getProperty("java.class.path", "");
        server = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0", "-cp", classes, "org.gajah.server.command.Main", "serve",
                "--data", directory.resolve("data").toString(), "--host", "127.0.0.1", "--port", "0").redirectError(ProcessBuilder.Redirect.DISCARD).start();
        BufferedReader said = server.inputReader();
        String debugger = await(said, LISTENS);
        String address = await(said, READY);
        AttachingConnector connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(c -> c.name().equals("com.sun.jdi.SocketAttach")).findFirst().orElseThrow();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        arguments.get("hostname").setValue("127.0.0.1");
        arguments.get("port").setValue(debugger);
        machine = connector.attach(arguments);
        connection = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + address.substring(address.lastIndexOf(':') + 1) + "/postgres?user=postgres");
    }

    @AfterEach
    void stop() throws Exception {
        if (connection != null) {
            connection.close();
        }
        if (machine != null) {
            machine.dispose();
        }
        server.destroyForcibly().waitFor();
    }

    private static String await(BufferedReader said, String start) throws IOException {
        String line = said.readLine();
        while (line != null && !line.startsWith(start)) {
            line = said.readLine();
        }
        assertNotNull(line, "the server ended before it said \"" + start + "\"");
        return line.substring(start.length()).strip();
    }

    /** As a debugger does: in the classes of that name that are there, and in each that comes. */
    private void setBreakpoint(String type, int line) throws AbsentInformationException {
        for (ReferenceType t : machine.classesByName(type)) {
            setBreakpoint(t, line);
        }
        ClassPrepareRequest later = machine.eventRequestManager().createClassPrepareRequest();
        later.addClassFilter(type);
        later.putProperty("line", line);
        later.enable();
    }

    private void setBreakpoint(ReferenceType type, int line) throws AbsentInformationException {
        for (Location place : type.locationsOfLine(line)) {
            machine.eventRequestManager().createBreakpointRequest(place).enable();
        }
    }

    private static String where(LocatableEvent e, String variable) throws IncompatibleThreadStateException, AbsentInformationException {
        StackFrame frame = e.thread().frame(0);
        return frame.location().declaringType().name() + "." + frame.location().method().name() + ":" + frame.location().lineNumber() + " " + variable + "="
                + frame.getValue(frame.visibleVariableByName(variable));
    }

    /** What is seen at the breakpoint and one step behind it, while a query runs. */
    private List<String> debug(String query, String variable, String stepped) throws Exception {
        CompletableFuture<List<String>> answer = CompletableFuture.supplyAsync(() -> {
            try (Statement s = connection.createStatement()) {
                return RoutineFixture.rows(s, query);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        List<String> seen = new ArrayList<>();
        while (seen.size() < 2) {
            EventSet events = machine.eventQueue().remove(TimeUnit.SECONDS.toMillis(MOST_SECONDS));
            assertNotNull(events, "nothing happens; the query: " + answer);
            for (Event event : events) {
                switch (event) {
                    case ClassPrepareEvent e -> setBreakpoint(e.referenceType(), (int) e.request().getProperty("line"));
                    case BreakpointEvent e -> {
                        seen.add(where(e, variable));
                        e.request().disable();
                        StepRequest step = machine.eventRequestManager().createStepRequest(e.thread(), StepRequest.STEP_LINE, StepRequest.STEP_OVER);
                        step.addCountFilter(1);
                        step.enable();
                    }
                    case StepEvent e -> {
                        seen.add(where(e, stepped));
                        machine.eventRequestManager().deleteEventRequest(e.request());
                    }
                    default -> seen.add(event.toString());
                }
            }
            events.resume();
        }
        seen.addAll(answer.get(MOST_SECONDS, TimeUnit.SECONDS));
        return seen;
    }

    @Test
    void linesAndVariablesOfAJarsClassAreSeen() throws Exception {
        Jars.install(connection, "sums", Jars.jar("com.example.Sums", "package com.example;\npublic class Sums {\n" + SOURCE.replace("static", "public static") + "}\n"));
        try (Statement s = connection.createStatement()) {
            s.execute("CREATE FUNCTION total(int) RETURNS int LANGUAGE java AS 'com.example.Sums.total'");
            setBreakpoint("com.example.Sums", 8);
            assertEquals(List.of("com.example.Sums.total:8 sum=55", "com.example.Sums.total:9 twice=110", "110"), debug("SELECT total(10)", "sum", "twice"));
            assertEquals(List.of("20"), RoutineFixture.rows(s, "SELECT total(4)"), "the session goes on");
        }
    }

    @Test
    void linesAndVariablesOfSourceInTheServerAreSeen() throws Exception {
        try (Statement s = connection.createStatement()) {
            s.execute("CREATE FUNCTION other() RETURNS int LANGUAGE java AS 'static int other() { return 1; }'");
            s.execute("CREATE FUNCTION total(n int) RETURNS int LANGUAGE java AS $$" + SOURCE + "$$");
            assertEquals(List.of("1"), RoutineFixture.rows(s, "SELECT other()"));
            setBreakpoint("Inline_total", 6);
            assertEquals(List.of("Inline_total.total:6 sum=55", "Inline_total.total:7 twice=110", "110"), debug("SELECT total(10)", "sum", "twice"));
            assertEquals(List.of("20"), RoutineFixture.rows(s, "SELECT total(4)"));
        }
    }
}
