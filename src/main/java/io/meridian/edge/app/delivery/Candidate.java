package io.meridian.edge.app.delivery;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;

/**
 * A configuration that may become active.
 *
 * @param files by path; not to be changed
 * @param content digest of all files
 */
record Candidate(SortedMap<String, byte[]> files, String content) {
    static Candidate of(SortedMap<String, byte[]> files) {
        MessageDigest digest = sha256();
        MessageDigest each = sha256();
        files.forEach((path, bytes) -> digest.update(
                (path + " " + HexFormat.of().formatHex(each.digest(bytes)) + "\n").getBytes(StandardCharsets.UTF_8)));
        return new Candidate(files, "sha256:" + HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
