package io.meridian.edge.adapter.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/** Files that are there whole or not at all, whenever the process or the machine stops. */
public final class DurableFile {
    /** Ends the name of a file that is still being written. */
    static final String UNFINISHED = ".unfinished";

    /** What file systems say that flush no folders, as some do that are shared (EINVAL). */
    private static final String UNSUPPORTED = "Invalid argument";

    private DurableFile() {}

    /** Puts the bytes in the file's place. When this returns they have reached the disk; of two who write at once, one is the last. */
    public static void write(Path file, byte[] bytes) throws IOException {
        // Not by Files.createTempFile, whose files nobody else may read.
        Path unfinished = file.resolveSibling(file.getFileName() + "."
                + Long.toHexString(ThreadLocalRandom.current().nextLong()) + UNFINISHED);
        try {
            try (FileChannel channel =
                    FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            // Not there any more if it was moved.
            Files.deleteIfExists(unfinished);
        }
        flush(file.resolveSibling("."));
    }

    /** Makes names that were given or taken in a folder last, where folders can be flushed. */
    static void flush(Path folder) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(folder, StandardOpenOption.READ);
        } catch (AccessDeniedException notOpened) {
            // Windows opens no folder, and nowhere is one opened for those who may write into it and not list it.
            return;
        }
        try (channel) {
            channel.force(true);
        } catch (IOException failed) {
            if (!UNSUPPORTED.equals(failed.getMessage())) {
                throw failed;
            }
        }
    }

    /** A file's bytes; IOException if there are more than so many. */
    static byte[] read(Path file, int limit) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw new IOException(file.getFileName() + " is larger than " + limit + " bytes");
            }
            return bytes;
        }
    }
}
