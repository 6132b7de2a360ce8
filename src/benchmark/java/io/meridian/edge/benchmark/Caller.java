package io.meridian.edge.benchmark;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One connection over HTTP/1.1, one request at a time, as bare as can be: whoever asks has to share the processors with who is asked, and a full HTTP
 * client costs about as much as an answer. Knows answers with a {@code Content-Length} only, which are all that the service gives.
 */
final class Caller {
    /** Who waits for an answer. */
    interface Answered {
        /**
         * @param status of the answer; 0 if there was none, and then the connection is a new one
         * @param body null unless it was asked for
         */
        void answered(Caller caller, int status, byte[] body) throws IOException;
    }

    private static final byte[] LENGTH = "\r\ncontent-length:".getBytes(StandardCharsets.US_ASCII);
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final int ROOM = 16 * 1024;

    private final int port;
    private final Selector selector;
    private volatile SocketChannel channel;
    private ByteBuffer in = ByteBuffer.allocate(ROOM);
    private volatile Answered waiting;
    private volatile boolean keeps;
    private int headEnds = -1;
    private int length;

    /** Connects. */
    Caller(int port, Selector selector) throws IOException {
        this.port = port;
        this.selector = selector;
        connect();
    }

    private void connect() throws IOException {
        channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** A request to be sent again and again; its body is null for a GET. */
    static ByteBuffer request(String path, String body) {
        byte[] content = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        String head = (body == null ? "GET " : "POST ") + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                + (body == null ? "" : "Content-Type: application/json\r\nContent-Length: " + content.length + "\r\n")
                + "\r\n";
        byte[] first = head.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer request = ByteBuffer.allocateDirect(first.length + content.length);
        request.put(first).put(content).flip();
        return request.asReadOnlyBuffer();
    }

    /** Sends; nobody may be waiting for an answer. Any thread. */
    void ask(ByteBuffer request, boolean keepBody, Answered then) throws IOException {
        keeps = keepBody;
        waiting = then;
        ByteBuffer out = request.duplicate();
        channel.write(out);
        if (out.hasRemaining()) {
            throw new IOException("one request is more than the socket takes");
        }
    }

    /** Something can be read; on the one thread that reads. */
    void read() throws IOException {
        try {
            if (channel.read(in) < 0) {
                throw new EOFException();
            }
        } catch (IOException gone) {
            channel.close();
            in.clear();
            headEnds = -1;
            connect();
            tell(0, null);
            return;
        }
        if (headEnds < 0) {
            head();
        }
        if (headEnds >= 0 && in.position() >= headEnds + length) {
            if (in.position() > headEnds + length) {
                throw new IOException("more than one answer to a request");
            }
            byte[] bytes = in.array();
            int status =
                    (bytes[STATUS_AT] - '0') * 100 + (bytes[STATUS_AT + 1] - '0') * 10 + bytes[STATUS_AT + 2] - '0';
            byte[] body = keeps ? Arrays.copyOfRange(bytes, headEnds, headEnds + length) : null;
            in.clear();
            headEnds = -1;
            tell(status, body);
        } else if (!in.hasRemaining()) {
            in = ByteBuffer.allocate(in.capacity() * 2).put(in.flip());
        }
    }

    private void tell(int status, byte[] body) throws IOException {
        Answered whom = waiting;
        waiting = null;
        if (whom != null) {
            whom.answered(this, status, body);
        }
    }

    private void head() throws IOException {
        byte[] bytes = in.array();
        int lengthAt = -1;
        for (int i = 0; i + 4 <= in.position(); i++) {
            if (bytes[i] == '\r') {
                if (bytes[i + 2] == '\r' && bytes[i + 3] == '\n') {
                    if (lengthAt < 0) {
                        throw new IOException(
                                "an answer without a length: " + new String(bytes, 0, i, StandardCharsets.US_ASCII));
                    }
                    length = number(bytes, lengthAt);
                    headEnds = i + 4;
                    return;
                }
                if (matches(bytes, i)) {
                    lengthAt = i + LENGTH.length;
                }
            }
        }
    }

    private static boolean matches(byte[] bytes, int at) {
        for (int i = 0; i < LENGTH.length; i++) {
            byte one = at + i < bytes.length ? bytes[at + i] : 0;
            if (LENGTH[i] != (one >= 'A' && one <= 'Z' ? one + ('a' - 'A') : one)) {
                return false;
            }
        }
        return true;
    }

    private static int number(byte[] bytes, int at) {
        int number = 0;
        for (int i = at; bytes[i] != '\r'; i++) {
            number = bytes[i] == ' ' ? number : number * 10 + bytes[i] - '0';
        }
        return number;
    }
}
