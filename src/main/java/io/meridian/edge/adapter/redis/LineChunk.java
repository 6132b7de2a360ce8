package io.meridian.edge.adapter.redis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some following lines of a load file, copied out of the reader, and what became of them. Filled by one thread, parsed by another, then
 * read by the first.
 */
final class LineChunk {
    /** The most lines. Checkpoints come after whole chunks. */
    static final int LINES = 250;

    /** A chunk of long lines ends after so many bytes, and the line that reaches it. */
    private static final int BYTES = 256 * 1024;

    private byte[] bytes = new byte[64 * 1024];
    private final int[] starts = new int[LINES];
    private final int[] lengths = new int[LINES];
    private final @Nullable String[] reasons = new String[LINES];
    private final List<EncodedProfile> profiles = new ArrayList<>(LINES);
    private int filled;
    private int count;
    private long offsetAfter;

    /** Takes lines until it is full or the file ends. */
    void fill(LineReader reader) throws IOException {
        while (count < LINES && filled < BYTES && reader.next()) {
            int length = reader.tooLong() ? 0 : reader.length();
            if (bytes.length - filled < length) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, filled + length));
            }
            System.arraycopy(reader.bytes(), reader.start(), bytes, filled, length);
            starts[count] = filled;
            lengths[count] = length;
            if (reader.tooLong()) {
                reasons[count] = "longer than " + LineReader.MAX_LINE + " bytes; not kept aside";
            }
            filled += length;
            count++;
        }
        offsetAfter = reader.offset();
    }

    /** Leaves out the byte order mark with which some exports begin. */
    void skipByteOrderMark() {
        if (count > 0
                && lengths[0] >= 3
                && (bytes[0] & 0xFF) == 0xEF
                && (bytes[1] & 0xFF) == 0xBB
                && (bytes[2] & 0xFF) == 0xBF) {
            starts[0] = 3;
            lengths[0] -= 3;
        }
    }

    /** Reads every line that is not empty. */
    void parse(ProfileLineParser parser) {
        for (int i = 0; i < count; i++) {
            if (reasons[i] == null && lengths[i] > 0) {
                try {
                    profiles.add(parser.parse(bytes, starts[i], lengths[i]));
                } catch (ProfileLineParser.BadLine e) {
                    reasons[i] = String.valueOf(e.getMessage());
                }
            }
        }
    }

    int count() {
        return count;
    }

    /** The good lines in their order, once parsed. */
    List<EncodedProfile> profiles() {
        return profiles;
    }

    /** Why a line is not loaded; null if it is, or if it is empty. */
    @Nullable
    String reason(int line) {
        return reasons[line];
    }

    byte[] bytes() {
        return bytes;
    }

    int start(int line) {
        return starts[line];
    }

    /** Without the line's end; 0 for a line too long to be kept. */
    int length(int line) {
        return lengths[line];
    }

    /** Where in the file the line after these begins. */
    long offsetAfter() {
        return offsetAfter;
    }
}
