package io.meridian.edge.core.release;

import io.meridian.edge.core.model.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle says of itself. Its bytes are what is signed.
 *
 * @param revision grows with every change; 1 or more
 * @param base content digest of the configuration it was made from; null if there was none
 * @param notBefore taken from then on; null for at once
 * @param notAfter taken until then, inclusive; null for ever. What was taken in time stays active
 * @param content content digest of its files
 * @param files every file, sorted by path
 */
public record Manifest(
        long revision,
        @Nullable String base,
        @Nullable Instant notBefore,
        @Nullable Instant notAfter,
        String content,
        List<Entry> files) {

    /** The version of the format. */
    public static final int FORMAT = 1;

    /**
     * A file of the configuration.
     *
     * @param path relative to the configuration's folder, with {@code /}
     * @param size in bytes
     * @param sha256 of its bytes, lower-case hex
     */
    public record Entry(String path, int size, String sha256) {}

    /** The manifest of these files. */
    public static Manifest of(
            long revision,
            @Nullable String base,
            @Nullable Instant notBefore,
            @Nullable Instant notAfter,
            SortedMap<String, byte[]> files) {
        List<Entry> entries = new ArrayList<>();
        SortedMap<String, String> digests = new TreeMap<>();
        files.forEach((path, bytes) -> {
            String sha256 = Sha256.hex(bytes);
            entries.add(new Entry(path, bytes.length, sha256));
            digests.put(path, sha256);
        });
        return new Manifest(revision, base, notBefore, notAfter, ContentDigest.of(digests), List.copyOf(entries));
    }

    /** SHA-256 of every file in hex, by path. */
    public SortedMap<String, String> digests() {
        SortedMap<String, String> digests = new TreeMap<>();
        files.forEach(file -> digests.put(file.path(), file.sha256()));
        return digests;
    }
}
