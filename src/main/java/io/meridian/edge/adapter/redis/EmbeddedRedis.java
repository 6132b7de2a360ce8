package io.meridian.edge.adapter.redis;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis out of a jar, for demonstrations and tests: on a free port of the loopback interface, nothing kept on disk, ended with the
 * JVM. Always the one from the jar, never one found on the machine, so that everybody sees the same version.
 */
public final class EmbeddedRedis implements AutoCloseable {
    private static final int START_MILLIS = 10_000;

    private final Path folder;
    private final File binary;
    private final int port;
    private final Thread atExit = new Thread(this::end, "embedded-redis-end");
    private Process process;

    private EmbeddedRedis(Path folder, File binary, int port) throws IOException {
        this.folder = folder;
        this.binary = binary;
        this.port = port;
        this.process = launch();
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Starts one and returns when it answers. */
    public static EmbeddedRedis start() {
        try {
            Path folder = Files.createTempDirectory("meridian-redis");
            File binary =
                    ExecutableProvider.newJarResourceProvider(folder.toFile()).get();
            return new EmbeddedRedis(folder, binary, freePort());
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded Redis does not start", e);
        }
    }

    /** As {@link RedisSettings#url()} takes it. */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** The operating system's number of the process. */
    public long pid() {
        return process.pid();
    }

    /** Ends it at once, as a crash would; everything in it is gone. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts it again after {@link #kill}: same port, empty. */
    public void restart() {
        try {
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded Redis does not start", e);
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is ending already; ending twice does no harm.
        }
        end();
    }

    private void end() {
        kill();
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            // A folder left in the temporary directory harms nobody.
        }
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(binary.getPath()));
        command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", ""));
        command.addAll(List.of("--appendonly", "no", "--daemonize", "no", "--dir", folder.toString()));
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_MILLIS);
        while (!answers()) {
            if (!started.isAlive() || System.nanoTime() > deadline) {
                started.destroyForcibly();
                throw new IOException("redis-server ended or did not answer within " + START_MILLIS + " ms");
            }
            pause();
        }
        return started;
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            socket.setSoTimeout(200);
            socket.getOutputStream().write("PING\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == '+';
        } catch (IOException e) {
            return false;
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
