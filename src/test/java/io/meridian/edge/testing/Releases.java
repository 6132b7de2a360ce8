package io.meridian.edge.testing;

import io.meridian.edge.adapter.config.ConfigFiles;
import io.meridian.edge.adapter.release.Archive;
import io.meridian.edge.adapter.release.ReleaseRefused;
import io.meridian.edge.adapter.release.RollbackOrders;
import io.meridian.edge.adapter.release.SigningKeys;
import io.meridian.edge.core.release.Act;
import io.meridian.edge.core.release.ContentDigest;
import io.meridian.edge.core.release.Role;
import io.meridian.edge.core.release.RollbackOrder;
import io.meridian.edge.core.release.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * People with keys, the trust policy that lists them, and what they sign, in memory.
 *
 * <pre>
 * Releases people = new Releases().person("anna", "author:*", "author:locked").person("ben", "approve:*", "approve:locked");
 * byte[] archive = people.signed(people.bundle(files, null), "anna", "ben");
 * </pre>
 */
public final class Releases {
    private final Map<String, KeyPair> keys = new HashMap<>();
    private final List<TrustPolicy.Key> listed = new ArrayList<>();

    /** Somebody the policy lists, whose name is the id. */
    public Releases person(String id, String... roles) {
        return key(id, id, roles);
    }

    /** A key of a person who may have others. */
    public Releases key(String id, String name, String... roles) {
        stranger(id);
        Set<Role> parsed = new LinkedHashSet<>();
        for (String role : roles) {
            parsed.add(Objects.requireNonNull(Role.parse(role), role));
        }
        listed.add(new TrustPolicy.Key(id, name, keys.get(id).getPublic(), parsed));
        return this;
    }

    /** Somebody with a key the policy does not list. */
    public Releases stranger(String id) {
        keys.put(id, SigningKeys.generate());
        return this;
    }

    public TrustPolicy trust() {
        return TrustPolicy.of(listed);
    }

    public KeyPair keys(String id) {
        return keys.get(id);
    }

    /** The policy as a file has it. */
    public String trustYaml() {
        StringBuilder yaml = new StringBuilder("keys:\n");
        for (TrustPolicy.Key key : listed) {
            yaml.append("  - id: ").append(key.id()).append('\n');
            yaml.append("    name: \"").append(key.name()).append("\"\n");
            yaml.append("    key: \"").append(SigningKeys.text(key.publicKey())).append("\"\n");
            yaml.append("    roles:\n");
            key.roles().forEach(role -> yaml.append("      - \"").append(role).append("\"\n"));
        }
        return yaml.toString();
    }

    /** The files of a configuration that can be read. */
    public static SortedMap<String, byte[]> files(Path folder) {
        ConfigFiles read = ConfigFiles.read(folder);
        if (!read.problems().isEmpty()) {
            throw new AssertionError(read.problems().toString());
        }
        return read.files();
    }

    /** The same files, with one that holds another text, or one more. */
    public static SortedMap<String, byte[]> with(SortedMap<String, byte[]> files, String path, String text) {
        SortedMap<String, byte[]> changed = new TreeMap<>(files);
        changed.put(path, text.getBytes(StandardCharsets.UTF_8));
        return changed;
    }

    /** The same files as revision so many: the first line of {@code bundle.yaml} that begins with {@code revision:} is replaced. */
    public static SortedMap<String, byte[]> revision(SortedMap<String, byte[]> files, long revision) {
        String head = new String(files.get("bundle.yaml"), StandardCharsets.UTF_8);
        return with(files, "bundle.yaml", head.replaceFirst("(?m)^revision:.*$", "revision: " + revision));
    }

    /** Content digest of a configuration. */
    public static String content(SortedMap<String, byte[]> files) {
        return ContentDigest.of(ContentDigest.each(files));
    }

    /** A bundle of these files, valid for ever, that nobody has signed; {@code base} null for none. Its revision is that of {@code bundle.yaml}. */
    public static Archive bundle(SortedMap<String, byte[]> files, String base) {
        String head = new String(files.get("bundle.yaml"), StandardCharsets.UTF_8);
        long revision = head.lines()
                .filter(line -> line.startsWith("revision:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring("revision:".length()).strip()))
                .findFirst()
                .orElseThrow();
        return bundle(revision, base, null, null, files);
    }

    /** A bundle with everything given. */
    public static Archive bundle(
            long revision, String base, Instant notBefore, Instant notAfter, SortedMap<String, byte[]> files) {
        try {
            return Archive.of(revision, base, notBefore, notAfter, files);
        } catch (ReleaseRefused refused) {
            throw new AssertionError(refused);
        }
    }

    /** The archive with one signature more. */
    public Archive sign(Archive archive, String id, Act act) {
        try {
            return archive.signed(id, act, keys.get(id).getPrivate());
        } catch (ReleaseRefused refused) {
            throw new AssertionError(refused);
        }
    }

    /** The bytes of a bundle with an author and an approver. */
    public byte[] signed(Archive archive, String author, String approver) {
        return sign(sign(archive, author, Act.AUTHOR), approver, Act.APPROVE).write();
    }

    /** An order to step back as it travels. */
    public String order(RollbackOrder order, String id) {
        return RollbackOrders.sign(order, id, keys.get(id).getPrivate());
    }
}
