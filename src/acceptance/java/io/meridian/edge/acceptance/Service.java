package io.meridian.edge.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A started region. */
final class Service implements AutoCloseable {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(180);

    private final Process process;
    private final Path log;
    private final int[] ports;

    private Service(Process process, Path log, int[] ports) {
        this.process = process;
        this.log = log;
        this.ports = ports;
    }

    /**
     * Starts one on free ports; it need not answer yet.
     *
     * @param folder where it runs: has {@code edge-config} and {@code models} unless the arguments name others
     */
    static Service start(Path folder, String... arguments) throws IOException {
        return start(folder, Map.of(), arguments);
    }

    /** The same with variables of the environment more. */
    static Service start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        return start(freePorts(), folder, environment, arguments);
    }

    /** The same on given ports: of decisions, management, administration. */
    static Service start(int[] ports, Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> all = new ArrayList<>(List.of("serve"));
        all.addAll(List.of(
                "--port=" + ports[0],
                "--management-port=" + ports[1],
                "--admin-port=" + ports[2],
                "--config=" + Path.of("edge-config").toAbsolutePath(),
                "--models=" + Path.of("models").toAbsolutePath()));
        all.addAll(List.of(arguments));
        Path log = Files.createTempFile(folder, "serve", ".log");
        ProcessBuilder command = new ProcessBuilder(Executable.command(all.toArray(String[]::new)))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        command.environment().putAll(environment);
        return new Service(command.start(), log, ports);
    }

    /** Three that were free at the same time. */
    static int[] freePorts() throws IOException {
        int[] ports = new int[3];
        List<ServerSocket> sockets = new ArrayList<>();
        for (int i = 0; i < ports.length; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            ports[i] = socket.getLocalPort();
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }

    /** Returns when it is ready to decide. */
    Service ready() throws Exception {
        Http management = management();
        await("ready", () -> management.get("/q/health/ready").statusCode() == 200);
        return this;
    }

    /** Something that comes true; what throws an {@link IOException} is not true yet. */
    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    /** Waits while the process lives. */
    void await(String what, Condition condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE;
        while (!holds(condition)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("not " + what + ":\n" + log());
            }
            Thread.sleep(1);
        }
    }

    private static boolean holds(Condition condition) throws InterruptedException {
        try {
            return condition.holds();
        } catch (IOException e) {
            return false;
        }
    }

    Http decisions(String key) {
        return new Http(URI.create("http://127.0.0.1:" + ports[0]), key);
    }

    Http management() {
        return new Http(URI.create("http://127.0.0.1:" + ports[1]), "");
    }

    String adminUrl() {
        return "http://127.0.0.1:" + ports[2];
    }

    Http admin(String key) {
        return new Http(URI.create(adminUrl()), key);
    }

    String log() throws IOException {
        return Executable.text(log);
    }

    /** Of decisions. */
    int port() {
        return ports[0];
    }

    long pid() {
        return process.pid();
    }

    /** Asks it to end, as an orchestrator does. */
    void terminate() {
        process.destroy();
    }

    /** Its exit code, once it ended. */
    int exit() throws InterruptedException, IOException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("still there a minute after SIGTERM:\n" + log());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
