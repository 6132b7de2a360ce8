package io.meridian.edge.adapter.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret from which a region's pseudonyms and its mark are made. Never printed. */
public final class RegionKey {
    /** The fewest bytes taken: as many as HMAC-SHA-256 gives. */
    public static final int MIN_BYTES = 32;

    /** The most bytes a key file may have. */
    private static final long MAX_FILE_BYTES = 4096;

    private final SecretKeySpec key;

    /** Throws IllegalArgumentException for fewer than {@value #MIN_BYTES} bytes. */
    public RegionKey(byte[] bytes) {
        if (bytes.length < MIN_BYTES) {
            throw new IllegalArgumentException("a region key has at least " + MIN_BYTES + " bytes");
        }
        key = new SecretKeySpec(bytes, "HmacSHA256");
    }

    /** A key written in Base64 (either alphabet). Throws IllegalArgumentException if it is not, or too short. */
    public static RegionKey ofBase64(String text) {
        String normal = text.strip().replace('-', '+').replace('_', '/');
        return new RegionKey(Base64.getDecoder().decode(normal));
    }

    /** Reads a file that holds the key in Base64. Throws IllegalArgumentException as {@link #ofBase64} does. */
    public static RegionKey read(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new IllegalArgumentException("a region key file has at most " + MAX_FILE_BYTES + " bytes");
        }
        return ofBase64(Files.readString(file, StandardCharsets.US_ASCII));
    }

    /**
     * A secret of its own for another use, so that no two uses share one.
     *
     * @param use names it, for example {@code tokens}
     * @return 32 bytes
     */
    public byte[] derive(String use) {
        Mac mac = newMac();
        // What pseudonyms and the region's mark are made of never starts with 0xff: no UTF-8 does.
        mac.update((byte) 0xff);
        return mac.doFinal(use.getBytes(StandardCharsets.UTF_8));
    }

    /** A keyed HMAC-SHA-256 for one thread. */
    Mac newMac() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /** Hides the key. */
    @Override
    public String toString() {
        return "RegionKey[…]";
    }
}
