package io.meridian.edge.adapter.http;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Entity tags only this region can make: of answers to one visitor, which a tag must not let anybody confirm who guesses them. Their key
 * is for this alone, so that no tag can ever be taken for something else that is signed.
 */
public final class KeyedTags {
    private static final int MIN_SECRET_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final ThreadLocal<Mac> macs;

    /** @param secret at least 32 random bytes */
    public KeyedTags(byte[] secret) {
        if (secret.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("a key of tags has at least 32 bytes");
        }
        SecretKeySpec key = new SecretKeySpec(secret, ALGORITHM);
        this.macs = ThreadLocal.withInitial(() -> mac(key));
    }

    /** A strong entity tag. */
    public String of(byte[] body) {
        return EntityTags.ofHash(macs.get().doFinal(body));
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HmacSHA256", e);
        }
    }
}
