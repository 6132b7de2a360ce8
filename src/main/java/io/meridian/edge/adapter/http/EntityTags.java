package io.meridian.edge.adapter.http;

import io.meridian.edge.core.model.Sha256;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Entity tags (RFC 9110, section 8.8.3). */
public final class EntityTags {
    private static final int DIGEST_BYTES = 16;

    private EntityTags() {}

    /** A strong entity tag, which anybody can compute who has the body: for answers that everybody may have. */
    public static String of(byte[] body) {
        return ofHash(Sha256.of(body));
    }

    /** A strong entity tag made of a hash. */
    static String ofHash(byte[] hash) {
        return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, DIGEST_BYTES)) + '"';
    }

    /** True if {@code If-None-Match} names the tag, by weak comparison (RFC 9110, section 13.1.2). */
    public static boolean matches(@Nullable String ifNoneMatch, String tag) {
        if (ifNoneMatch == null) {
            return false;
        }
        for (String part : ifNoneMatch.split(",", 64)) {
            String candidate = part.trim();
            if (candidate.equals("*") || candidate.equals(tag) || candidate.equals("W/" + tag)) {
                return true;
            }
        }
        return false;
    }
}
