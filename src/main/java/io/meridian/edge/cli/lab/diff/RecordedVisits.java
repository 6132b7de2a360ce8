package io.meridian.edge.cli.lab.diff;

import io.meridian.edge.cli.lab.BadVisit;
import io.meridian.edge.cli.lab.Visit;
import io.meridian.edge.cli.lab.VisitReader;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Visits from a file, one JSON object per line; empty lines are passed over. */
public final class RecordedVisits implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final InputStream in;
    private final VisitReader reader;
    private long line;

    public RecordedVisits(Path file, VisitReader reader) throws IOException {
        this.file = file;
        this.in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        this.reader = reader;
    }

    /** The next visit, null at the end. Throws {@link BadVisit}, with the line, for one that cannot be read. */
    public @Nullable Visit next() throws IOException, BadVisit {
        for (byte[] bytes = nextLine(); bytes != null; bytes = nextLine()) {
            if (bytes.length > 0) {
                try {
                    return reader.read(bytes);
                } catch (BadVisit bad) {
                    throw new BadVisit(file + ":" + line + ": " + bad.getMessage());
                }
            }
        }
        return null;
    }

    /** The line of the last visit, from 1. */
    public long line() {
        return line;
    }

    /** Passes over the rest. Returns how many visits that is, whether they can be read or not. */
    public int rest() throws IOException {
        int rest = 0;
        for (byte[] bytes = nextLine(); bytes != null; bytes = nextLine()) {
            rest += bytes.length > 0 ? 1 : 0;
        }
        return rest;
    }

    private byte @Nullable [] nextLine() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        line++;
        int read = in.read();
        if (read < 0) {
            return null;
        }
        // One byte more than a visit may have: the reader then says that it is too large.
        for (; read >= 0 && read != '\n'; read = in.read()) {
            if (read != '\r' && bytes.size() <= VisitReader.MAX_BYTES) {
                bytes.write(read);
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
