package io.meridian.edge.adapter.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Appends events to {@code audit.jsonl}, each flushed to disk before {@link #append} returns. Every line names the hash of the line
 * before, so that one that is changed, taken out or put in shows ({@link AuditChain}). A file that has grown large becomes {@code
 * audit-<number of its first event>.jsonl}, and of those the oldest go. For one thread.
 */
public final class AuditLog implements AutoCloseable {
    /** A file is closed once it has so many bytes. */
    public static final long MAX_FILE_BYTES = 4 << 20;

    /** As many closed files are kept. */
    public static final int MAX_FILES = 20;

    private final Path folder;
    private final Path file;
    private final long maxFileBytes;
    private final int maxFiles;
    private @Nullable FileChannel channel;
    private long end;
    private long firstInFile;
    private long sequence;
    private String previous = AuditChain.BEGIN;

    /** Opens nothing yet: a folder that cannot be written fails the first {@link #append}. */
    public AuditLog(Path folder) {
        this(folder, MAX_FILE_BYTES, MAX_FILES);
    }

    AuditLog(Path folder, long maxFileBytes, int maxFiles) {
        this.folder = folder;
        this.file = folder.resolve(AuditFiles.CURRENT);
        this.maxFileBytes = maxFileBytes;
        this.maxFiles = maxFiles;
    }

    /** Writes the event down for good. If this throws it did not happen, as far as the audit goes. */
    public void append(AuditEvent event) throws IOException {
        try {
            FileChannel open = channel == null ? open() : channel;
            if (end >= maxFileBytes) {
                open = rotate();
            }
            String line = event.line(sequence + 1, previous);
            ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
            long position = end;
            while (bytes.hasRemaining()) {
                position += open.write(bytes, position);
            }
            open.force(false);
            end = position;
            sequence++;
            previous = AuditChain.hash(line);
        } catch (IOException failed) {
            // What was written of the line is cut off before the next one.
            close();
            throw failed;
        }
    }

    private FileChannel open() throws IOException {
        AuditFiles.Tail tail = AuditFiles.tail(folder);
        FileChannel open = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel = open;
        end = tail.endOfLastLine();
        open.truncate(end);
        DurableFile.flush(folder);
        sequence = tail.sequence();
        previous = tail.previous();
        firstInFile = tail.firstInFile();
        return open;
    }

    private FileChannel rotate() throws IOException {
        close();
        Files.move(file, folder.resolve(AuditFiles.name(firstInFile)), StandardCopyOption.ATOMIC_MOVE);
        List<Path> closed = AuditFiles.closed(folder);
        for (Path old : closed.subList(0, Math.max(0, closed.size() - maxFiles))) {
            Files.deleteIfExists(old);
        }
        return open();
    }

    /** Lets the file go; the next event opens it again. */
    @Override
    public void close() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException flushedAlready) {
                // Every event was flushed when it was written.
            }
        }
    }
}
