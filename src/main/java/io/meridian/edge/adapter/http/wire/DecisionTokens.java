package io.meridian.edge.adapter.http.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that tie an event to the decision it answers: key id, decision id, offer, variant, probability and expiry under an
 * HMAC. Nothing about the subject is in them: whoever sees one learns no more than which offer was shown.
 *
 * <p>A token is base64url of: format (1 byte), length of the key id (1 byte) and key id, decision id (16 bytes), expiry in epoch seconds (8
 * bytes), probability (4 bytes), length of the offer (1 byte) and offer, likewise the variant, and the first 16 bytes of
 * HMAC-SHA-256 over all of that.
 */
public final class DecisionTokens {
    /** The longest token there is, in characters. */
    public static final int MAX_LENGTH = 512;

    private static final byte FORMAT = 1;
    private static final int TAG_BYTES = 16;
    private static final int MAX_PART = 64;
    private static final int ROOM = 2 + MAX_PART + 16 + 8 + 4 + 2 * (1 + MAX_PART) + TAG_BYTES;
    private static final int MIN_SECRET_BYTES = 32;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final String ALGORITHM = "HmacSHA256";

    /**
     * A key.
     *
     * @param id 1 to 64 ASCII characters, told in every token
     * @param secret at least 32 random bytes
     */
    public record Key(String id, byte[] secret) {
        public Key {
            if (id.isEmpty() || id.length() > MAX_PART || secret.length < MIN_SECRET_BYTES) {
                throw new IllegalArgumentException("a token key needs an id and at least 32 bytes");
            }
            secret = secret.clone();
        }

        /** Hides the secret. */
        @Override
        public String toString() {
            return "Key[" + id + "]";
        }
    }

    /**
     * What a token says.
     *
     * @param probability with which this variant was drawn, 0 to 1; 1 if nothing was drawn
     * @param expiresAt epoch seconds
     */
    public record Claims(UUID decisionId, String offer, String variant, float probability, long expiresAt) {}

    private final List<Key> keys;
    private final List<ThreadLocal<Mac>> macs;
    private final ThreadLocal<ByteBuffer> scratch = ThreadLocal.withInitial(() -> ByteBuffer.allocate(ROOM));
    private final long timeToLiveSeconds;

    /**
     * @param keys the first signs, all are accepted: that is how a key is changed
     * @param timeToLiveSeconds how long a token can be used
     */
    public DecisionTokens(List<Key> keys, long timeToLiveSeconds) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a token key is needed");
        }
        this.keys = List.copyOf(keys);
        this.macs = this.keys.stream()
                .map(key -> ThreadLocal.withInitial(() -> mac(key)))
                .toList();
        this.timeToLiveSeconds = timeToLiveSeconds;
    }

    /**
     * A token for one item of a decision.
     *
     * @param decisionId the decision's UUID
     * @param probability with which the variant was drawn, 0 to 1; 1 if nothing was drawn
     * @param now epoch seconds
     */
    public String issue(String decisionId, String offer, String variant, float probability, long now) {
        UUID id = UUID.fromString(decisionId);
        ByteBuffer buffer = scratch.get().clear();
        buffer.put(FORMAT);
        put(buffer, keys.get(0).id());
        buffer.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        buffer.putLong(now + timeToLiveSeconds);
        buffer.putFloat(probability);
        put(buffer, offer);
        put(buffer, variant);
        byte[] tag = tag(0, buffer.array(), buffer.position());
        buffer.put(tag, 0, TAG_BYTES);
        return new String(ENCODER.encode(buffer.flip()).array(), StandardCharsets.ISO_8859_1);
    }

    /** What a token says; null if it is not one of ours or has expired. {@code now} in epoch seconds. */
    public @Nullable Claims verify(String token, long now) {
        if (token.length() > MAX_LENGTH) {
            return null;
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            return null;
        }
        // Only a token whose tag is right is taken apart, so its shape needs no further distrust.
        int signed = bytes.length - TAG_BYTES;
        if (signed < 2 || bytes[0] != FORMAT || bytes[1] < 1 || 2 + bytes[1] > signed) {
            return null;
        }
        int key = indexOf(new String(bytes, 2, bytes[1], StandardCharsets.UTF_8));
        if (key < 0 || !MessageDigest.isEqual(Arrays.copyOf(tag(key, bytes, signed), TAG_BYTES), tail(bytes, signed))) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 2 + bytes[1], signed - 2 - bytes[1]);
        UUID id = new UUID(buffer.getLong(), buffer.getLong());
        long expiresAt = buffer.getLong();
        float probability = buffer.getFloat();
        return expiresAt < now ? null : new Claims(id, text(buffer), text(buffer), probability, expiresAt);
    }

    private int indexOf(String keyId) {
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i).id().equals(keyId)) {
                return i;
            }
        }
        return -1;
    }

    private byte[] tag(int key, byte[] bytes, int length) {
        Mac mac = macs.get(key).get();
        mac.update(bytes, 0, length);
        return mac.doFinal();
    }

    private static byte[] tail(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }

    private static void put(ByteBuffer buffer, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_PART) {
            throw new IllegalArgumentException("an id of more than 64 bytes");
        }
        buffer.put((byte) bytes.length).put(bytes);
    }

    private static String text(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.get()];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Mac mac(Key key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.secret(), ALGORITHM));
            return mac;
        } catch (InvalidKeyException e) {
            throw new IllegalArgumentException("token key " + key.id() + " cannot be used", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HmacSHA256", e);
        }
    }
}
