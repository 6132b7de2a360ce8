package io.meridian.edge.core.release;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
        MessageDigest digest = sha256();
        new TreeMap<>(sha256)
                .forEach((path, hash) -> digest.update((path + " " + hash + "\n").getBytes(StandardCharsets.UTF_8)));
        return PREFIX + HexFormat.of().formatHex(digest.digest());
    }

    /** SHA-256 of every file in lower-case hex, by path. */
    public static SortedMap<String, String> each(Map<String, byte[]> files) {
        SortedMap<String, String> digests = new TreeMap<>();
        files.forEach((path, bytes) -> digests.put(path, hex(bytes)));
        return digests;
    }

    /** SHA-256 in lower-case hex. */
    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    /** {@code sha256:} and SHA-256 in lower-case hex. */
    public static String named(byte[] bytes) {
        return PREFIX + hex(bytes);
    }

    /** True if it is written as {@link #of} and {@link #named} write. */
    public static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
