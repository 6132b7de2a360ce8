package io.meridian.edge.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Stands between callers and a server on the loopback interface. What it does with connections and bytes is its {@link Conduct}, which
 * can be exchanged at any time and holds from the next bytes on.
 */
public final class TcpProxy implements AutoCloseable {
    private static final int BACKLOG = 64;
    private static final int CHUNK = 1 << 16;

    /** What is done with connections and bytes. A method that blocks holds up one direction of one connection. */
    public interface Conduct {
        /** Everything passes. */
        Conduct FAITHFUL = new Conduct() {};

        /** Somebody connects. False tears the connection. */
        default boolean accepts() throws InterruptedException {
            return true;
        }

        /** Bytes on their way to the server. */
        default void request(Line line, byte[] bytes) throws IOException, InterruptedException {
            line.toServer(bytes);
        }

        /** How long an answer that comes now is on its way, milliseconds; answers do not overtake each other. */
        default int delayMillis() {
            return 0;
        }

        /** Bytes on their way to the caller. */
        default void answer(Line line, byte[] bytes) throws IOException, InterruptedException {
            line.toCaller(bytes);
        }

        /** One side has ended the connection. */
        default void ended(Line line) {
            line.close();
        }
    }

    /** One connection through the proxy. */
    public static final class Line {
        /** No bytes: the end. */
        private record Chunk(long dueNanos, byte[] bytes) {
            boolean isEnd() {
                return bytes.length == 0;
            }
        }

        private static final Chunk END = new Chunk(0, new byte[0]);

        private final Socket caller;
        private final Socket server;
        private final BlockingQueue<Chunk> underWay = new LinkedBlockingQueue<>();
        private volatile boolean abandoned;

        private Line(Socket caller, Socket server) throws IOException {
            this.caller = caller;
            this.server = server;
            caller.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        }

        public void toServer(byte[] bytes) throws IOException {
            server.getOutputStream().write(bytes);
        }

        public void toCaller(byte[] bytes) throws IOException {
            caller.getOutputStream().write(bytes);
        }

        /** Ends both sides in an orderly way. */
        public void close() {
            end(caller, false);
            end(server, false);
        }

        /** Tears both sides with a TCP reset. */
        public void reset() {
            end(caller, true);
            end(server, true);
        }

        /** Only the server notices; the conduct has to keep the caller's side open and silent. */
        public void abandon() {
            abandoned = true;
            end(server, false);
        }

        /** Tells the caller what {@link #abandon} kept from it. */
        public void resetIfAbandoned() {
            if (abandoned) {
                reset();
            }
        }

        private static void end(Socket socket, boolean torn) {
            try {
                if (torn) {
                    socket.setSoLinger(true, 0);
                }
                socket.close();
            } catch (IOException e) {
                // Ended already.
            }
        }
    }

    private final int target;
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();
    private volatile Conduct conduct;
    private volatile ServerSocket listening;
    private volatile boolean closed;

    /** @param target port of a server on the loopback interface */
    public TcpProxy(int target) {
        this(target, Conduct.FAITHFUL);
    }

    /** With a conduct that holds from the first connection on. */
    public TcpProxy(int target, Conduct conduct) {
        this.target = target;
        this.conduct = conduct;
        this.listening = listen(0);
    }

    /** Where callers reach it. */
    public int port() {
        return listening.getLocalPort();
    }

    /** What is done from now on. */
    public void conduct(Conduct next) {
        conduct = next;
    }

    /** Nobody listens any more: attempts to connect are refused. Connections stand. */
    public void deafen() {
        stop(listening);
    }

    /** After {@link #deafen}, on the same port. */
    public void listenAgain() {
        if (listening.isClosed()) {
            listening = listen(listening.getLocalPort());
        }
    }

    /** The connections that stand. */
    public List<Line> lines() {
        return List.copyOf(lines);
    }

    /** Tears all connections with a TCP reset. */
    public void reset() {
        lines().forEach(Line::reset);
    }

    @Override
    public void close() {
        closed = true;
        stop(listening);
        reset();
    }

    private ServerSocket listen(int port) {
        try {
            ServerSocket server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            daemon("accept", () -> accept(server));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(ServerSocket server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket caller = server.accept();
                daemon("connect", () -> connect(caller));
            } catch (IOException e) {
                // Not listening any more, or the caller has gone before it was accepted.
            }
        }
    }

    private void connect(Socket caller) {
        try {
            if (conduct.accepts()) {
                Line line = new Line(caller, new Socket(InetAddress.getLoopbackAddress(), target));
                lines.add(line);
                if (closed) {
                    line.reset();
                }
                daemon("answers", () -> answers(line));
                daemon("delivery", () -> deliver(line));
                requests(line);
                return;
            }
        } catch (IOException | InterruptedException e) {
            // The server is down.
        }
        Line.end(caller, true);
    }

    private void requests(Line line) {
        try {
            InputStream in = line.caller.getInputStream();
            byte[] buffer = new byte[CHUNK];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                conduct.request(line, Arrays.copyOf(buffer, read));
            }
            conduct.ended(line);
        } catch (IOException | InterruptedException e) {
            line.close();
        }
        lines.remove(line);
    }

    private void answers(Line line) {
        try {
            InputStream in = line.server.getInputStream();
            byte[] buffer = new byte[CHUNK];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(conduct.delayMillis());
                line.underWay.add(new Line.Chunk(due, Arrays.copyOf(buffer, read)));
            }
        } catch (IOException e) {
            // Torn: told to the caller like an end, after what came before it.
        }
        line.underWay.add(Line.END);
    }

    private void deliver(Line line) {
        try {
            for (Line.Chunk chunk = line.underWay.take(); !chunk.isEnd(); chunk = line.underWay.take()) {
                TimeUnit.NANOSECONDS.sleep(chunk.dueNanos() - System.nanoTime());
                conduct.answer(line, chunk.bytes());
            }
            conduct.ended(line);
        } catch (IOException | InterruptedException e) {
            line.close();
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, "tcp-proxy-" + name);
        thread.setDaemon(true);
        thread.start();
    }
}
