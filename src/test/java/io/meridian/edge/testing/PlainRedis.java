package io.meridian.edge.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A blocking Redis client of the simplest kind, to look at and to disturb what others have stored. One thread. */
public final class PlainRedis implements AutoCloseable {
    /** What Redis answers with a minus sign. */
    public static final class RedisError extends RuntimeException {
        RedisError(String message) {
            super(message);
        }
    }

    private final Socket socket;
    private final InputStream in;

    public PlainRedis(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a command of {@code String} and {@code byte[]} and gives {@code null, Long, String (status), byte[] or List}. */
    public @Nullable Object call(Object... parts) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(("*" + parts.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            for (Object part : parts) {
                byte[] bytes =
                        part instanceof byte[] raw ? raw : part.toString().getBytes(StandardCharsets.UTF_8);
                out.writeBytes(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.writeBytes(bytes);
                out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            socket.getOutputStream().write(out.toByteArray());
            return answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A value as bytes, null if there is none. */
    public byte @Nullable [] get(Object key) {
        return (byte[]) call("GET", key);
    }

    /** All key names, sorted. */
    public List<String> keys() {
        List<?> found = (List<?>) call("KEYS", "*");
        return found.stream()
                .map(key -> new String((byte[]) key, StandardCharsets.UTF_8))
                .sorted()
                .toList();
    }

    /** A field of INFO. */
    public String info(String field) {
        String text = new String((byte[]) call("INFO", "everything"), StandardCharsets.UTF_8);
        for (String line : text.split("\r\n")) {
            if (line.startsWith(field + ":")) {
                return line.substring(field.length() + 1);
            }
        }
        throw new IllegalArgumentException(field);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable Object answer() throws IOException {
        String line = line();
        String rest = line.substring(1);
        switch (line.charAt(0)) {
            case '+':
                return rest;
            case '-':
                throw new RedisError(rest);
            case ':':
                return Long.parseLong(rest);
            case '$':
                int length = Integer.parseInt(rest);
                if (length < 0) {
                    return null;
                }
                byte[] bytes = in.readNBytes(length);
                in.readNBytes(2);
                return bytes;
            case '*':
                int count = Integer.parseInt(rest);
                List<@Nullable Object> list = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    list.add(answer());
                }
                return list;
            default:
                throw new IOException("unexpected answer " + line);
        }
    }

    private String line() throws IOException {
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
}
