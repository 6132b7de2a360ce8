package io.meridian.edge.faults;

import io.meridian.edge.testing.PlainRedis;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.embedded.core.ExecutableProvider;

/** A real Redis that keeps on disk whatever it has acknowledged, to be stopped, killed, and started again with or without it. */
final class RedisProcess implements AutoCloseable {
    private final Path folder;
    private final Path data;
    private final String binary;
    private final int port;
    private Process process;

    /** Starts one and returns when it answers. */
    RedisProcess(Path folder) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        this.data = folder.resolve("data");
        this.binary =
                ExecutableProvider.newJarResourceProvider(folder.toFile()).get().getPath();
        try (ServerSocket socket = new ServerSocket(0)) {
            this.port = socket.getLocalPort();
        }
        start();
    }

    int port() {
        return port;
    }

    /** A connection past every proxy. */
    PlainRedis connect() {
        return new PlainRedis(port);
    }

    /** One command past every proxy. */
    void call(Object... command) {
        try (PlainRedis redis = connect()) {
            redis.call(command);
        }
    }

    /** Ends it at once, as a crash would. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts it with what it has on disk. */
    void start() throws IOException, InterruptedException {
        Files.createDirectories(data);
        List<String> command = List.of(
                binary,
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                data.toString(),
                "--save",
                "",
                "--appendonly",
                "yes",
                "--appendfsync",
                "always",
                "--rdbcompression",
                "no");
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("redis.log").toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Await.until("Redis to answer", this::answers);
    }

    /** Sends a signal, by its name without SIG. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor(10, TimeUnit.SECONDS);
    }

    /** After {@link #kill}: what was on disk is put aside, and the next start finds nothing. */
    void forget() throws IOException {
        Files.move(data, folder.resolve("aside"));
    }

    /** After {@link #forget} and another {@link #kill}: what was put aside is back. */
    void remember() throws IOException {
        Folders.delete(data);
        Files.move(folder.resolve("aside"), data);
    }

    /** A folder Redis may be pointed at. */
    Path data() {
        return data;
    }

    private boolean answers() {
        try (PlainRedis redis = connect()) {
            return "PONG".equals(redis.call("PING"));
        } catch (RuntimeException e) {
            if (!process.isAlive()) {
                throw new AssertionError("Redis has ended with " + process.exitValue());
            }
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
