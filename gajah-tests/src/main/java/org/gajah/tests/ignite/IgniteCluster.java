package org.gajah.tests.ignite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.gajah.tests.oracle.FreePort;
import org.gajah.tests.oracle.PostgresPrograms;

/** Three nodes, each a process. */
final class IgniteCluster implements AutoCloseable {
    private static final int NODES = 3;
    private static final long START_SECONDS = 120;

    private final Path directory;
    private final List<Process> nodes = new ArrayList<>();
    private final List<Integer> clientPorts = new ArrayList<>();

    private IgniteCluster(Path directory) {
        this.directory = directory;
    }

    /** Starts a cluster and waits until all nodes are in it; {@code built} is where its program is. */
    static IgniteCluster start(Path built) throws IOException {
        IgniteCluster cluster = new IgniteCluster(Files.createTempDirectory("gajah-ignite-"));
        try {
            List<Integer> ports = new ArrayList<>();
            while (ports.size() < NODES * 3) {
                int port = FreePort.find();
                if (!ports.contains(port)) {
                    ports.add(port);
                }
            }
            String others = String.join(", ", ports.subList(0, NODES).stream().map(p -> "\"127.0.0.1:" + p + "\"").toList());
            for (int i = 0; i < NODES; i++) {
                cluster.clientPorts.add(ports.get(NODES + i));
                Path configuration = cluster.directory.resolve("node" + i + ".conf");
                Files.writeString(configuration, "ignite { network { port: " + ports.get(i) + ", nodeFinder { netClusterNodes: [" + others + "] } }, clientConnector { port: "
                        + ports.get(NODES + i) + " }, rest { port: " + ports.get(2 * NODES + i)
                        + " }, storage { profiles: [{ name: default, engine: aipersist, sizeBytes: 67108864 }] } }");
                cluster.nodes.add(cluster.launch(built, i, configuration));
            }
            cluster.awaitReady();
            return cluster;
        } catch (IOException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private Process launch(Path built, int node, Path configuration) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx400m", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-Dio.netty.tryReflectionSetAccessible=true", "-jar", built.resolve("gajah-ignite.jar").toString(), "node" + node,
                configuration.toString(), directory.resolve("node" + node).toString()));
        if (node == 0) {
            command.add(String.join(",", IntStream.range(0, NODES).mapToObj(i -> "node" + i).toList()));
        }
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log(node).toFile()).start();
    }

    private Path log(int node) {
        return directory.resolve("node" + node + ".log");
    }

    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        for (int i = 0; i < NODES; i++) {
            while (!Files.readString(log(i)).contains("\nready")) {
                if (!nodes.get(i).isAlive() || System.nanoTime() > deadline) {
                    String said = Files.readString(log(i));
                    throw new IOException("node " + i + " does not start: " + said.substring(Math.max(0, said.length() - 2000)));
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    }

    /** Where clients connect, as a URL of the driver that is built beside the nodes. */
    String url() {
        return "jdbc:ignite-client:" + String.join(",", clientPorts.stream().map(p -> "127.0.0.1:" + p).toList());
    }

    /** Where one node's clients connect. */
    String url(int node) {
        return "jdbc:ignite-client:127.0.0.1:" + clientPorts.get(node);
    }

    /** Kills a node as a power cut would. */
    void kill(int node) {
        nodes.get(node).destroyForcibly();
    }

    @Override
    public void close() throws IOException {
        nodes.forEach(Process::destroyForcibly);
        for (Process p : nodes) {
            p.onExit().join();
        }
        PostgresPrograms.deleteTree(directory);
    }
}
