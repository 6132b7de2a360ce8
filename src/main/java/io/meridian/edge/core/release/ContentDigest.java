package io.meridian.edge.core.release;

import io.meridian.edge.core.model.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Names configurations by what is in them: SHA-256 (FIPS 180-4) over a line {@code <path> <sha256>} for every file, by path. A folder
 * and the bundle made of it have the same content digest.
 */
public final class ContentDigest {
    private static final String PREFIX = "sha256:";
    private static final Pattern DIGEST = Pattern.compile(PREFIX + "[0-9a-f]{64}");

    private ContentDigest() {}

    /**
     * Of a configuration.
     *
     * @param sha256 of each file's bytes in lower-case hex, by path
     * @return {@code sha256:} and 64 hex digits
     */
    public static String of(Map<String, String> sha256) {
        MessageDigest digest = Sha256.begin();
        new TreeMap<>(sha256)
                .forEach((path, hash) -> digest.update((path + " " + hash + "\n").getBytes(StandardCharsets.UTF_8)));
        return PREFIX + HexFormat.of().formatHex(digest.digest());
    }

    /** SHA-256 of every file in lower-case hex, by path. */
    public static SortedMap<String, String> each(Map<String, byte[]> files) {
        SortedMap<String, String> digests = new TreeMap<>();
        files.forEach((path, bytes) -> digests.put(path, Sha256.hex(bytes)));
        return digests;
    }

    /** {@code sha256:} and SHA-256 in lower-case hex. */
    public static String named(byte[] bytes) {
        return PREFIX + Sha256.hex(bytes);
    }

    /** True if it is written as {@link #of} and {@link #named} write. */
    public static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }
}
