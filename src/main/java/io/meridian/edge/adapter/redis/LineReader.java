package io.meridian.edge.adapter.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Goes through the lines of a file, whatever their length, in bounded memory. After {@link #next} the line is in {@link #bytes}. */
final class LineReader implements AutoCloseable {
    /** The longest line that is looked at, in bytes. */
    static final int MAX_LINE = 64 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 20];
    private int from;
    private int filled;
    private int start;
    private int length;
    private boolean tooLong;
    private long offset;

    /** @param offset where to begin: the first byte of a line */
    LineReader(Path file, long offset) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        channel.position(offset);
        this.in = Channels.newInputStream(channel);
        this.offset = offset;
    }

    /** Goes to the next line; false at the end of the file. */
    boolean next() throws IOException {
        tooLong = false;
        while (true) {
            int end = lineEnd();
            if (end >= 0) {
                take(end);
                return true;
            }
            if (filled - from > MAX_LINE) {
                // Not kept: only counted until its end.
                offset += filled - from;
                from = filled;
                tooLong = true;
            }
            if (!fill()) {
                if (from == filled && !tooLong) {
                    return false;
                }
                take(filled);
                return true;
            }
        }
    }

    byte[] bytes() {
        return buffer;
    }

    int start() {
        return start;
    }

    /** Without the line's end. */
    int length() {
        return length;
    }

    /** True if the line is longer than {@value #MAX_LINE} bytes; it is not in the buffer then. */
    boolean tooLong() {
        return tooLong;
    }

    /** Where the next line begins. */
    long offset() {
        return offset;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private int lineEnd() {
        for (int i = from; i < filled; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void take(int end) {
        start = from;
        length = end - from;
        if (length > 0 && buffer[end - 1] == '\r') {
            length--;
        }
        tooLong |= length > MAX_LINE;
        int after = Math.min(end + 1, filled);
        offset += after - from;
        from = after;
    }

    private boolean fill() throws IOException {
        System.arraycopy(buffer, from, buffer, 0, filled - from);
        filled -= from;
        from = 0;
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read < 0) {
            return false;
        }
        filled += read;
        return true;
    }
}
