package io.meridian.edge.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/**
 * A process of the embedded Redis's binary, as a Redis, a node of a cluster or a sentinel; what it has on disk survives {@link #kill} and
 * {@link #start}, and what it stores is on disk if its arguments say so. Ended with the JVM.
 */
public final class RedisProcess implements AutoCloseable {
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final String PLAIN = "--port";
    private static final Path BINARY = binary();

    private final Path folder;
    /** Whether the folder goes with the process. */
    private final boolean passing;

    private final int port;
    private final boolean plain;
    private final List<String> command;
    private final Thread atExit = new Thread(this::end, "redis-end");
    private Process process;

    /** @param arguments without the port, host and folder, which are added */
    public RedisProcess(int port, String portArgument, List<String> arguments) {
        this(temporary("meridian-redis-node"), true, port, portArgument, arguments);
    }

    private RedisProcess(Path folder, boolean passing, int port, String portArgument, List<String> arguments) {
        this.folder = folder;
        this.passing = passing;
        this.port = port;
        this.plain = portArgument.equals(PLAIN);
        this.command = new ArrayList<>(List.of(BINARY.toString()));
        command.addAll(arguments);
        command.addAll(List.of("--bind", "127.0.0.1", portArgument, Integer.toString(port)));
        command.addAll(List.of("--dir", data().toString(), "--daemonize", "no"));
        Runtime.getRuntime().addShutdownHook(atExit);
        start();
    }

    /** A Redis without TLS. */
    public static RedisProcess plain(int port, String... arguments) {
        return new RedisProcess(port, PLAIN, List.of(arguments));
    }

    /** A Redis without TLS that has on disk whatever it has acknowledged, in this folder, which stays. */
    public static RedisProcess durable(Path folder) {
        List<String> arguments =
                List.of("--save", "", "--appendonly", "yes", "--appendfsync", "always", "--rdbcompression", "no");
        return new RedisProcess(folder, false, freePort(), PLAIN, arguments);
    }

    /** A port nobody listens on now, and whose neighbour 10,000 above, that a cluster takes too, is none. */
    public static int freePort() {
        for (int attempt = 0; attempt < 100; attempt++) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                int port = socket.getLocalPort();
                if (port < 55_000) {
                    return port;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new IllegalStateException("no free port below 55,000");
    }

    public int port() {
        return port;
    }

    /** Where it keeps what it has on disk. */
    public Path data() {
        return folder.resolve("data");
    }

    /** A connection to one without TLS. */
    public PlainRedis connect() {
        return new PlainRedis(port);
    }

    /** One command to one without TLS. */
    public void call(Object... command) {
        try (PlainRedis redis = connect()) {
            redis.call(command);
        }
    }

    /** Starts it, again if it was killed, and waits until it answers, or only listens where it speaks TLS. */
    public void start() {
        try {
            Files.createDirectories(data());
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("log").toFile()))
                    .start();
            long deadline = System.nanoTime() + START_NANOS;
            while (!answers()) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IllegalStateException("no Redis on port " + port + ":\n" + log());
                }
                LockSupport.parkNanos(5_000_000);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it at once, as a crash would. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Keeps it from running; its connections stand. */
    public void freeze() {
        signal("-STOP");
    }

    /** Lets it run again. */
    public void thaw() {
        signal("-CONT");
    }

    /** Puts aside what it has on disk; to be called while it is down. */
    public void forget() {
        move(data(), folder.resolve("aside"));
    }

    /** Brings back what {@link #forget} has put aside, instead of what came since; to be called while it is down. */
    public void remember() {
        delete(data());
        move(folder.resolve("aside"), data());
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it wrote to its log. */
    public String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return "";
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
        if (passing) {
            delete(folder);
        }
    }

    private static void delete(Path what) {
        try (Stream<Path> paths = Files.walk(what)) {
            paths.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            // A folder left in the temporary directory harms nobody.
        }
    }

    private void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill " + name + " ended with " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private boolean answers() {
        return plain ? pongs() : listens();
    }

    private boolean pongs() {
        try (PlainRedis redis = connect()) {
            return "PONG".equals(redis.call("PING"));
        } catch (PlainRedis.RedisError e) {
            // One that wants to know first who asks is up, one that still loads is not.
            return !String.valueOf(e.getMessage()).startsWith("LOADING");
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static Path temporary(String name) {
        try {
            return Files.createTempDirectory(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path binary() {
        try {
            Path folder = temporary("meridian-redis-binary");
            Path binary = ExecutableProvider.newJarResourceProvider(folder.toFile())
                    .get()
                    .toPath();
            binary.toFile().deleteOnExit();
            return binary;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
