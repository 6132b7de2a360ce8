package io.meridian.edge.core.release;

import java.security.PublicKey;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose signature counts for what. Comes from whoever runs the edge, never from a bundle. Immutable.
 */
public final class TrustPolicy {
    /** The most keys. */
    public static final int MAX_KEYS = 1_000;

    /** How a key's id is written, for messages. */
    public static final String ID_ADVICE =
            "write lower-case letters, digits and hyphens, beginning with a letter, at most 64";

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    /**
     * A key somebody signs with.
     *
     * @param id named by signatures
     * @param name of the person; two keys of one name are one person
     * @param publicKey an Ed25519 key
     */
    public record Key(String id, String name, PublicKey publicKey, Set<Role> roles) {
        /** True if a signature of this key counts for a scope that changes. */
        public boolean may(Act act, String scope) {
            boolean all = !scope.equals(Scopes.LOCKED) && roles.contains(Role.of(act, Scopes.ALL));
            return all || roles.contains(Role.of(act, scope));
        }

        /** True if it may for some scope. */
        public boolean mayAnywhere(Act act) {
            return roles.stream().anyMatch(role -> role.act() == act);
        }

        /** True if it may order a step back. */
        public boolean mayRollBack() {
            return roles.contains(Role.ROLLBACK);
        }

        /** The same for all keys of one person: case, spacing and compatible characters do not make another. */
        public String person() {
            return Normalizer.normalize(name, Normalizer.Form.NFKC)
                    .strip()
                    .replaceAll("\\s+", " ")
                    .toLowerCase(Locale.ROOT);
        }

        /** {@code id (name)}, for the screen of somebody who has the policy. */
        public String withName() {
            return id + " (" + name + ")";
        }

        /** The id alone: what is logged, audited or answered names keys, not people. */
        @Override
        public String toString() {
            return id;
        }
    }

    private final Map<String, Key> keys = new LinkedHashMap<>();

    private TrustPolicy(Collection<Key> listed) {
        if (listed.size() > MAX_KEYS) {
            throw new IllegalArgumentException("at most " + MAX_KEYS + " keys");
        }
        Map<String, String> owners = new LinkedHashMap<>();
        for (Key key : listed) {
            if (keys.put(key.id(), key) != null) {
                throw new IllegalArgumentException("there are two keys " + key.id());
            }
            // Listed twice, one key could author under one name and approve under another.
            String other = owners.put(HexFormat.of().formatHex(Ed25519.raw(key.publicKey())), key.id());
            if (other != null) {
                throw new IllegalArgumentException(key.id() + " and " + other + " are the same key");
            }
        }
    }

    /** Throws {@link IllegalArgumentException} for two keys of one id, one key of two ids, or more than {@link #MAX_KEYS}. */
    public static TrustPolicy of(Collection<Key> keys) {
        return new TrustPolicy(keys);
    }

    /** True if a key can have this id. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** Null if there is none of that id. */
    public @Nullable Key key(String id) {
        return keys.get(id);
    }

    /** In the order they are listed. */
    public List<Key> keys() {
        return new ArrayList<>(keys.values());
    }
}
