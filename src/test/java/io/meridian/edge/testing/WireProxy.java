package io.meridian.edge.testing;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and Redis: records every command, and can delay or swallow answers, tear connections or refuse new ones.
 *
 * <p>Commands are recorded as {@code NAME arg arg …} in Latin-1, so that any byte can be looked for.
 */
public final class WireProxy implements AutoCloseable {
    private final ServerSocket server;
    private final int target;
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile int delayMillis;
    private volatile boolean blackHole;
    private volatile boolean refusing;

    /** @param target port of a Redis on the loopback interface */
    public WireProxy(int target) {
        this.target = target;
        try {
            server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /** The URL under which the client is to see Redis. */
    public String url() {
        return "redis://127.0.0.1:" + server.getLocalPort();
    }

    /** All commands so far, handshake and checks of the region's mark included. */
    public List<String> commands() {
        return commands;
    }

    /** The commands so far that name a subject's keys: those have braces. */
    public List<String> subjectCommands() {
        return commands.stream()
                .filter(command -> command.contains("{") && !command.startsWith("SCRIPT"))
                .toList();
    }

    /** Each answer waits so long. */
    public void delay(int millis) {
        delayMillis = millis;
    }

    /** Answers vanish; connections stand. */
    public void blackHole(boolean on) {
        blackHole = on;
    }

    /** New connections are torn at once. */
    public void refuse(boolean on) {
        refusing = on;
    }

    /** Tears all connections with a TCP reset. */
    public void reset() {
        for (Socket socket : sockets) {
            tear(socket);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reset();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (refusing) {
                    tear(client);
                    continue;
                }
                Socket redis = connect();
                if (redis == null) {
                    tear(client);
                    continue;
                }
                client.setTcpNoDelay(true);
                redis.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(redis);
                daemon(() -> requests(client, redis));
                daemon(() -> answers(redis, client));
            } catch (IOException e) {
                // The proxy is closed.
            }
        }
    }

    private @Nullable Socket connect() {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException e) {
            // Redis is down.
            return null;
        }
    }

    private void requests(Socket client, Socket redis) {
        try {
            DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
            OutputStream out = redis.getOutputStream();
            while (true) {
                List<byte[]> parts = new ArrayList<>();
                int count = Integer.parseInt(line(in).substring(1));
                StringBuilder text = new StringBuilder();
                for (int i = 0; i < count; i++) {
                    byte[] part = new byte[Integer.parseInt(line(in).substring(1))];
                    in.readFully(part);
                    in.readFully(new byte[2]);
                    parts.add(part);
                    text.append(i == 0 ? "" : " ").append(new String(part, StandardCharsets.ISO_8859_1));
                }
                commands.add(upperCaseName(text.toString()));
                out.write(encode(parts));
            }
        } catch (IOException e) {
            tear(client);
            tear(redis);
        }
    }

    private void answers(Socket redis, Socket client) {
        try {
            InputStream in = redis.getInputStream();
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (delayMillis > 0) {
                    Thread.sleep(delayMillis);
                }
                if (!blackHole) {
                    client.getOutputStream().write(buffer, 0, read);
                }
            }
            tear(client);
        } catch (IOException | InterruptedException e) {
            tear(client);
            tear(redis);
        }
    }

    private void tear(Socket socket) {
        sockets.remove(socket);
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // Closed already.
        }
    }

    private static String upperCaseName(String command) {
        int end = command.indexOf(' ') < 0 ? command.length() : command.indexOf(' ');
        return command.substring(0, end).toUpperCase(java.util.Locale.ROOT) + command.substring(end);
    }

    private static byte[] encode(List<byte[]> parts) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        out.writeBytes(("*" + parts.size() + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (byte[] part : parts) {
            out.writeBytes(("$" + part.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(part);
            out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        return out.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\r'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            line.append((char) c);
        }
        in.read();
        return line.toString();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "wire-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
