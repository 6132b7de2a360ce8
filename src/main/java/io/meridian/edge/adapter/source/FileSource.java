package io.meridian.edge.adapter.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A file, on whatever is mounted there. */
public final class FileSource implements ArchiveSource {
    private final Path file;
    private final int maxBytes;
    private byte @Nullable [] fetched;
    private byte @Nullable [] inUse;

    public FileSource(Path file, int maxBytes) {
        this.file = file;
        this.maxBytes = maxBytes;
    }

    @Override
    public byte @Nullable [] fetch() throws IOException {
        // A pipe could keep whoever opens it waiting for ever.
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException(file + " is not a regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new IOException(file + " is larger than " + maxBytes + " bytes");
            }
            fetched = bytes;
            return Arrays.equals(bytes, inUse) ? null : bytes;
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file, e);
        }
    }

    @Override
    public void taken() {
        inUse = fetched;
    }
}
