package io.meridian.edge.adapter.http.access;

import io.meridian.edge.adapter.http.wire.Problem;
import io.meridian.edge.adapter.http.wire.ProblemException;
import io.meridian.edge.adapter.http.wire.ProblemType;
import io.meridian.edge.core.model.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Knows callers by their keys. Every stored hash is compared with, in full, so that the time taken tells nothing.
 *
 * <p>Immutable: changed keys are a new object.
 */
public final class ApiKeys {
    /** The most keys one region takes. */
    public static final int MAX_KEYS = 1000;

    private static final String BEARER = "Bearer ";
    private static final int MAX_KEY_LENGTH = 256;

    /**
     * A key as stored.
     *
     * @param id names it to people
     * @param sha256 of the key's ASCII characters, in hex
     * @param roles as {@link Role#id()}, {@code author:<market>} or {@code approve:<market>}
     */
    public record Entry(String id, String sha256, List<String> roles) {}

    private record Stored(byte[] hash, Caller caller) {}

    private final List<Stored> keys = new ArrayList<>();
    private final boolean open;

    private ApiKeys(List<Entry> entries, boolean open) {
        if (entries.size() > MAX_KEYS) {
            throw new IllegalArgumentException("at most " + MAX_KEYS + " keys");
        }
        this.open = open;
        for (Entry entry : entries) {
            byte[] hash = HexFormat.of().parseHex(entry.sha256());
            if (hash.length != 32) {
                throw new IllegalArgumentException("key " + entry.id() + ": sha256 has 64 hex digits");
            }
            keys.add(new Stored(hash, Caller.of(entry.id(), entry.roles())));
        }
    }

    /** Only these keys. Throws {@link IllegalArgumentException} for a hash or role that is none. */
    public static ApiKeys of(List<Entry> entries) {
        return new ApiKeys(entries, false);
    }

    /** No key needed, everybody may do everything: for demonstrations on loopback. */
    public static ApiKeys open() {
        return new ApiKeys(List.of(), true);
    }

    /**
     * Whoever sends these headers ({@code Authorization: Bearer …} or {@code X-API-Key}). Throws a problem of type {@link
     * ProblemType#UNAUTHENTICATED} if it is nobody we know.
     *
     * @param headers those of the request
     */
    public Caller caller(Headers headers) {
        if (open) {
            return Caller.ANYBODY;
        }
        String key = presented(headers);
        Caller caller = key == null || key.length() > MAX_KEY_LENGTH ? null : find(key);
        if (caller == null) {
            throw new ProblemException(Problem.of(
                    ProblemType.UNAUTHENTICATED,
                    "send a known API key as \"Authorization: Bearer <key>\" or \"X-API-Key: <key>\""));
        }
        return caller;
    }

    /**
     * Checks that these keys administrate and do nothing else. Throws {@link IllegalArgumentException} if one decides, writes or looks into
     * decisions, or is among the others too.
     *
     * @param others keys that open the other doors
     */
    public void requireApartFrom(ApiKeys others) {
        for (Stored stored : keys) {
            if (stored.caller().decidesOrWrites()) {
                throw new IllegalArgumentException("key " + stored.caller().id()
                        + ": those who administrate have the roles operate, author:<scope> and approve:<scope> only");
            }
            for (Stored other : others.keys) {
                if (MessageDigest.isEqual(stored.hash(), other.hash())) {
                    throw new IllegalArgumentException("key " + stored.caller().id()
                            + " is a key of meridian.api-keys-file too; administration takes keys of its own");
                }
            }
        }
    }

    /** What is stored of a key: SHA-256 in hex. */
    public static String hash(String key) {
        return HexFormat.of().formatHex(sha256(key));
    }

    private @Nullable Caller find(String key) {
        byte[] hash = sha256(key);
        Caller found = null;
        for (int i = 0; i < keys.size(); i++) {
            if (MessageDigest.isEqual(keys.get(i).hash(), hash)) {
                found = keys.get(i).caller();
            }
        }
        return found;
    }

    private static @Nullable String presented(Headers headers) {
        String authorization = headers.get("Authorization");
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return authorization.substring(BEARER.length()).trim();
        }
        return headers.get("X-API-Key");
    }

    private static byte[] sha256(String key) {
        return Sha256.of(key.getBytes(StandardCharsets.UTF_8));
    }
}
