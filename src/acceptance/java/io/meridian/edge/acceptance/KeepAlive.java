package io.meridian.edge.acceptance;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A caller that keeps one connection to each port for its next call, and tries nothing twice: clients of the platform repeat some calls
 * without a word when a kept connection turns out to be closed, which hides what these tests look for. Not thread-safe.
 */
final class KeepAlive implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final Map<Integer, SocketChannel> kept = new HashMap<>();
    private final String key;

    /** @param key the caller's API key */
    KeepAlive(String key) {
        this.key = key;
    }

    /**
     * What came back.
     *
     * @param closing true if the service said that it ends the connection
     */
    record Answer(int status, String body, boolean closing) {}

    /** Makes a call, once. A kept connection that is known to have ended is not used again. */
    Answer call(int port, String method, String path, String type, String body) throws IOException {
        SocketChannel channel = usable(port);
        boolean keep = false;
        try {
            channel.socket().setSoTimeout(PATIENCE_MILLIS);
            channel.write(ByteBuffer.wrap(request(method, path, type, body)));
            Answer answer = read(channel.socket().getInputStream());
            keep = !answer.closing();
            return answer;
        } finally {
            if (keep) {
                kept.put(port, channel);
            } else {
                channel.close();
            }
        }
    }

    private SocketChannel usable(int port) throws IOException {
        SocketChannel channel = kept.remove(port);
        if (channel != null) {
            channel.configureBlocking(false);
            boolean open = ended(channel) == 0;
            channel.configureBlocking(true);
            if (open) {
                return channel;
            }
            channel.close();
        }
        SocketChannel fresh = SocketChannel.open();
        try {
            fresh.socket().connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            return fresh;
        } catch (IOException e) {
            fresh.close();
            throw e;
        }
    }

    /** 0 if it is open and silent, as it should be. */
    private static int ended(SocketChannel channel) {
        try {
            return channel.read(ByteBuffer.allocate(1));
        } catch (IOException e) {
            return -1;
        }
    }

    private byte[] request(String method, String path, String type, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key
                + (body.isEmpty() ? "" : "\r\nContent-Type: " + type + "\r\nContent-Length: " + bytes.length)
                + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.UTF_8);
    }

    private static Answer read(InputStream in) throws IOException {
        String line = line(in);
        int status = Integer.parseInt(line.split(" ")[1]);
        int length = 0;
        boolean closing = false;
        for (line = line(in); !line.isEmpty(); line = line(in)) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring(header.indexOf(':') + 1).strip());
            } else if (header.startsWith("transfer-encoding:")) {
                throw new IOException("an answer of unknown length: " + line);
            } else if (header.startsWith("connection:")) {
                closing |= header.contains("close");
            }
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("after " + body.length + " of " + length + " bytes of an answer");
        }
        return new Answer(status, new String(body, StandardCharsets.UTF_8), closing);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("instead of an answer's head, after \"" + line + "\"");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : kept.values()) {
            channel.close();
        }
    }
}
