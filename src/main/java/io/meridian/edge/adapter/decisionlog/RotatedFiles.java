package io.meridian.edge.adapter.decisionlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files {@code decisions-0000000001.jsonl}, {@code decisions-0000000002.jsonl} … of one folder; the highest number is written to. Only whole
 * batches stay: whatever a failed write or a killed process left of a line is cut off before the next one. One thread only, and one
 * process per folder.
 */
final class RotatedFiles {
    private static final String PREFIX = "decisions-";
    private static final String SUFFIX = ".jsonl";
    private static final int DIGITS = 10;

    private final Path directory;
    private final long maxFileBytes;
    private final int maxFiles;
    private @Nullable FileChannel channel;
    /** The highest file; 0 until one was opened. */
    private long number;
    /** Where the next batch begins in it. */
    private long end;

    RotatedFiles(Path directory, long maxFileBytes, int maxFiles) {
        this.directory = directory;
        this.maxFileBytes = maxFileBytes;
        this.maxFiles = maxFiles;
    }

    /** Appends all of the batch or, if it throws, nothing that would be seen after the next success. */
    void append(ByteBuffer batch) throws IOException {
        try {
            FileChannel file = fileFor(batch.remaining());
            long position = end;
            while (batch.hasRemaining()) {
                position += file.write(batch, position);
            }
            end = position;
        } catch (IOException | RuntimeException failed) {
            close();
            throw failed;
        }
    }

    void close() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException ignored) {
                // What was appended has been handed to the operating system; there is nothing left to do with this
                // file.
            }
        }
    }

    private FileChannel fileFor(int bytes) throws IOException {
        FileChannel file = channel == null ? reopen() : channel;
        if (end > 0 && end + bytes > maxFileBytes) {
            close();
            number++;
            end = 0;
            file = open(number);
        }
        return file;
    }

    private FileChannel reopen() throws IOException {
        Files.createDirectories(directory);
        if (number > 0) {
            FileChannel file = open(number);
            // Beyond it is what a failed write left; the file may also have been cut from outside.
            end = Math.min(end, file.size());
            file.truncate(end);
            return file;
        }
        List<Long> numbers = numbers();
        long highest = numbers.isEmpty() ? 1 : numbers.get(numbers.size() - 1);
        FileChannel file = open(highest);
        end = endOfLastLine(file);
        file.truncate(end);
        number = highest;
        return file;
    }

    private FileChannel open(long which) throws IOException {
        FileChannel file = FileChannel.open(
                path(which), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        channel = file;
        prune();
        return file;
    }

    private void prune() throws IOException {
        List<Long> numbers = numbers();
        for (int i = 0; i < numbers.size() - maxFiles; i++) {
            Files.deleteIfExists(path(numbers.get(i)));
        }
    }

    /** The numbers of the files there are, ascending. */
    private List<Long> numbers() throws IOException {
        List<Long> numbers = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String digits = name.substring(PREFIX.length(), name.length() - SUFFIX.length());
                if (digits.length() == DIGITS && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
                    numbers.add(Long.parseLong(digits));
                }
            }
        }
        Collections.sort(numbers);
        return numbers;
    }

    private Path path(long which) {
        String digits = Long.toString(which);
        return directory.resolve(PREFIX + "0".repeat(DIGITS - digits.length()) + digits + SUFFIX);
    }

    /** Just after the last line feed. */
    private static long endOfLastLine(FileChannel file) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(8192);
        long blockEnd = file.size();
        while (blockEnd > 0) {
            long blockStart = Math.max(0, blockEnd - block.capacity());
            block.clear().limit((int) (blockEnd - blockStart));
            while (block.hasRemaining() && file.read(block, blockStart + block.position()) > 0) {
                // Reads on until the block is full or the file ends.
            }
            for (int i = block.position() - 1; i >= 0; i--) {
                if (block.get(i) == '\n') {
                    return blockStart + i + 1;
                }
            }
            blockEnd = blockStart;
        }
        return 0;
    }
}
