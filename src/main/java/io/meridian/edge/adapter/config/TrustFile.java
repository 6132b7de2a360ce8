package io.meridian.edge.adapter.config;

import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.core.bundle.definition.Where;
import io.meridian.edge.core.release.Ed25519;
import io.meridian.edge.core.release.Role;
import io.meridian.edge.core.release.TrustPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code trust.yaml}: whose signatures count for what. Kept beside the edge's own settings, never in a configuration folder, which
 * is what it guards.
 */
public final class TrustFile {
    private static final String NAME = "trust.yaml";
    private static final String KEY_ADVICE =
            "the 32 bytes of an Ed25519 public key in Base64url, as meridian new-signing-key prints it";

    private final Problems problems = new Problems();
    private final Map<String, Where> ids = new HashMap<>();
    private final Map<PublicKey, String> owners = new HashMap<>();

    private TrustFile() {}

    /** What came of reading. */
    public sealed interface Outcome {
        record Read(TrustPolicy policy) implements Outcome {}

        /** @param problems at least one, with the file as it was named to us */
        record Rejected(List<Problem> problems) implements Outcome {}
    }

    /** Reads a trust policy. Never throws for what the file is or holds. */
    public static Outcome read(Path file) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(ConfigFolder.MAX_FILE_BYTES + 1);
        } catch (IOException unreadable) {
            String why = Files.exists(file) ? "the file cannot be read" : "there is no such file";
            return new Outcome.Rejected(List.of(new Problem(file.toString(), 0, 0, "unreadable", why, "")));
        }
        TrustFile reader = new TrustFile();
        List<TrustPolicy.Key> keys = reader.keys(bytes);
        if (reader.problems.count() == 0) {
            return new Outcome.Read(TrustPolicy.of(keys));
        }
        return new Outcome.Rejected(reader.problems.all().stream()
                .map(problem -> new Problem(
                        file.toString(),
                        problem.line(),
                        problem.column(),
                        problem.code(),
                        problem.message(),
                        problem.advice()))
                .sorted()
                .toList());
    }

    private List<TrustPolicy.Key> keys(byte[] bytes) {
        Fields root =
                ConfigFolder.of(new TreeMap<>(Map.of(NAME, bytes)), problems).fields(NAME);
        if (root == null) {
            return List.of();
        }
        root.require("keys", "a list of keys; meridian new-signing-key prints an entry");
        root.nonEmpty("keys", "without a key no bundle is ever taken");
        List<TrustPolicy.Key> keys = new ArrayList<>();
        for (Fields fields : root.children("keys")) {
            TrustPolicy.Key key = key(fields);
            if (key != null) {
                keys.add(key);
            }
        }
        root.end();
        if (keys.size() > TrustPolicy.MAX_KEYS) {
            problems.add(
                    root.where("keys"),
                    "too-large",
                    "there are " + keys.size() + " keys",
                    "at most " + TrustPolicy.MAX_KEYS);
        }
        return keys;
    }

    private TrustPolicy.@Nullable Key key(Fields fields) {
        Located<String> id = fields.requiredWord("id", Format.ID);
        Located<String> name = fields.requiredWord("name", Format.WORD);
        fields.require("key", KEY_ADVICE);
        Located<PublicKey> key = fields.parsed("key", TrustFile::publicKey, KEY_ADVICE);
        Set<Role> roles = roles(fields);
        fields.end();
        if (id != null) {
            refuseSecond(id);
        }
        if (id == null || name == null || key == null) {
            return null;
        }
        String other = owners.putIfAbsent(key.value(), id.value());
        if (other != null) {
            problems.add(
                    key.where(),
                    "duplicate",
                    "this is the key of '" + other + "' too",
                    "one person has one entry; with two, one could author and approve");
        }
        return new TrustPolicy.Key(id.value(), name.value(), key.value(), roles);
    }

    private void refuseSecond(Located<String> id) {
        Where first = ids.putIfAbsent(id.value(), id.where());
        if (first != null) {
            problems.add(
                    id.where(),
                    "duplicate",
                    "'" + id.value() + "' is there already, in line " + first.line(),
                    "give every key an id of its own");
        }
    }

    private Set<Role> roles(Fields fields) {
        fields.require("roles", "a list of " + Role.ADVICE);
        fields.nonEmpty("roles", "a key without a role is good for nothing; take it out");
        Set<Role> roles = new LinkedHashSet<>();
        for (Located<String> written : fields.words("roles", Format.WORD)) {
            Role role = Role.parse(written.value());
            if (role == null) {
                problems.add(
                        written.where(),
                        "unknown-value",
                        "'" + written.value() + "' is no role",
                        "write " + Role.ADVICE);
            } else {
                roles.add(role);
            }
        }
        return roles;
    }

    private static @Nullable PublicKey publicKey(String text) {
        try {
            byte[] raw = Base64.getUrlDecoder().decode(text);
            return raw.length == Ed25519.KEY_BYTES ? Ed25519.publicKey(raw) : null;
        } catch (IllegalArgumentException notAKey) {
            return null;
        }
    }
}
